import base from './jest.config.mjs'

/**
 * The built action as a runner starts it, a process for each step, and the built command: what is about the process itself
 * (killed at each moment, the shell scripts of the examples, a terminal), and all that `npm test` runs in one process.
 */
export default {
  ...base,
  testMatch: ['<rootDir>/__tests__/{bundle,cli,scenarios}/*.test.ts'],
  testPathIgnorePatterns: [],
  setupFiles: [],
  // One test of the sweep kills a rotation at every moment: on a busy machine of two cores that takes more than a minute.
  testTimeout: 240_000,
}
