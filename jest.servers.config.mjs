import base from './jest.config.mjs'

/** The suites against real homeservers: started by scripts/test-servers.mjs, which installs what they need. */
export default {
  ...base,
  roots: ['<rootDir>/__tests__/servers'],
  testMatch: ['<rootDir>/__tests__/servers/**/*.test.ts'],
  testPathIgnorePatterns: ['<rootDir>/__tests__/servers/runner/'],
  // The built action, in a process of its own.
  setupFiles: [],
  testTimeout: 120_000,
  maxWorkers: 1,
  setupFilesAfterEnv: ['<rootDir>/__tests__/servers/support/after-each-file.ts'],
  // A set-up that fails half way leaves servers of its own open: it shall fail, not hang.
  forceExit: true,
}
