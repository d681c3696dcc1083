import base from './jest.servers.config.mjs'

/** The suites on a real runner: started by scripts/test-runner.mjs, which installs what they need. */
export default {
  ...base,
  testMatch: ['<rootDir>/__tests__/servers/runner/*.test.ts'],
  testPathIgnorePatterns: [],
  testTimeout: 300_000,
}
