import base from './jest.config.mjs'

/** The tests that have to notice a mutant of a pure module: in milliseconds, without servers, without processes. */
export default {
  ...base,
  testMatch: ['<rootDir>/__tests__/{unit,http}/*.test.ts'],
}
