/** Everything but what needs real servers or processes of its own. Actions run in the process of the tests. */
export default {
  testEnvironment: 'node',
  // A bound on hanging, not a measure of speed: tests spawn processes, and machines differ.
  testTimeout: 60_000,
  globalSetup: '<rootDir>/scripts/jest-setup.mjs',
  roots: ['<rootDir>/src', '<rootDir>/__tests__'],
  testMatch: ['<rootDir>/__tests__/**/*.test.ts'],
  setupFiles: ['<rootDir>/__tests__/support/in-process.ts'],
  testPathIgnorePatterns: ['servers', 'bundle', 'cli'].map((folder) => `<rootDir>/__tests__/${folder}/`),
  // On a machine of two cores Jest would use one of them.
  maxWorkers: '100%',
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  coverageProvider: 'v8',
  collectCoverageFrom: ['src/**/*.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'es6' } },
    ],
  },
}
