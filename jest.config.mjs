/** Everything but what needs real servers or many processes. Actions run in the process of the tests. */
export default {
  testEnvironment: 'node',
  // A bound on hanging, not a measure of speed: tests spawn processes, and machines differ.
  testTimeout: 60_000,
  globalSetup: '<rootDir>/scripts/jest-setup.mjs',
  roots: ['<rootDir>/src', '<rootDir>/__tests__'],
  testMatch: ['<rootDir>/__tests__/**/*.test.ts'],
  setupFiles: ['<rootDir>/__tests__/support/in-process.ts'],
  testPathIgnorePatterns: ['<rootDir>/__tests__/servers/', '<rootDir>/__tests__/bundle/'],
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
