// What scripts/mutation.mjs runs for each module.
export default {
  testRunner: 'jest',
  plugins: ['@stryker-mutator/jest-runner'],
  jest: { configFile: 'jest.mutation.config.mjs' },
  testRunnerNodeArgs: ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
  coverageAnalysis: 'perTest',
  // A mutant that loops for ever: the tests of a module take a second or two.
  timeoutMS: 3_000,
  // TypeScript 7 has no API for Stryker, which would rewrite paths in the file of this name. There are none to rewrite.
  tsconfigFile: 'none',
  // What no test of a pure module reads.
  ignorePatterns: ['dist', '.cache', '.ci', '.github', 'bench', 'build', 'coverage', 'docs', 'examples'],
  tempDirName: 'build/stryker',
  reporters: ['json'],
  jsonReporter: { fileName: 'build/results/mutation.json' },
  logLevel: 'warn',
  // Constants are read when the module is loaded, so each of their mutants loads it anew.
  warnings: { slow: false },
}
