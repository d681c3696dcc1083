import base from './jest.config.mjs'

/**
 * The tests that have to notice a mutant: those that `scripts/mutation.mjs` names for its module, so that a mutant runs tens
 * of tests and not thousands. They need no servers, no processes and no `dist/`.
 */
export default {
  ...base,
  testMatch: (process.env.MUTATION_TESTS ?? '').split(',').map((name) => `<rootDir>/__tests__/${name}.test.ts`),
  globalSetup: undefined,
  setupFiles: [],
  maxWorkers: 1,
}
