// npm run test:sweep: the rotation and its crash sweep in full: every flavour, every mode, every moment. Takes minutes.
import { spawnSync } from 'node:child_process'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

const { status } = spawnSync(
  process.execPath,
  [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    'node_modules/jest/bin/jest.js',
    '__tests__/dist/rotate',
    ...process.argv.slice(2),
  ],
  {
    cwd: dirname(dirname(fileURLToPath(import.meta.url))),
    stdio: 'inherit',
    env: { ...process.env, MATRIX_TEST_SWEEP: 'full' },
  },
)
process.exitCode = status ?? 1
