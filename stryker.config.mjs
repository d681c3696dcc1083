// npm run test:mutation: changes the pure modules in every small way, and sees whether a test notices. Takes minutes, so
// it is not in CI. `npm run test:mutation -- --mutate src/session/device-id.ts` for one module.
import { existsSync } from 'node:fs'

/** Modules without effects: what they do is what they return. */
const PURE_MODULES = [
  'src/http/proxy.ts',
  'src/http/retry.ts',
  'src/inputs/characters.ts',
  'src/inputs/suspicions.ts',
  'src/inputs/tokens.ts',
  'src/inputs/values.ts',
  'src/matrix/homeserver-address.ts',
  'src/matrix/identifiers.ts',
  'src/oauth/polling.ts',
  'src/redaction.ts',
  'src/runner/masks.ts',
  'src/sealing/session-file.ts',
  'src/session/device-id.ts',
  'src/session/rotation.ts',
  'src/stores/store.ts',
  'src/verification/identity.ts',
  'src/verification/keys.ts',
  'src/verification/secret-storage.ts',
  'src/verification/signing.ts',
]

// Stryker itself only warns, and a module that was renamed would be tested no more.
const missing = PURE_MODULES.filter((path) => !existsSync(path))
if (missing.length > 0) throw new Error(`not there any more: ${missing.join(', ')}; correct stryker.config.mjs`)

export default {
  mutate: PURE_MODULES,
  testRunner: 'jest',
  plugins: ['@stryker-mutator/jest-runner'],
  jest: { configFile: 'jest.mutation.config.mjs' },
  testRunnerNodeArgs: ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
  coverageAnalysis: 'perTest',
  // TypeScript 7 has no API for Stryker, which would rewrite paths in the file of this name. There are none to rewrite.
  tsconfigFile: 'none',
  // What no test of a pure module reads.
  ignorePatterns: ['dist', '.cache', '.ci', '.github', 'bench', 'coverage', 'docs', 'examples'],
  tempDirName: 'build/stryker',
  reporters: ['clear-text', 'progress', 'json'],
  jsonReporter: { fileName: 'build/results/mutation.json' },
  thresholds: { high: 95, low: 90, break: 90 },
}
