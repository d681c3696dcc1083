// npm run test:runner: installs act, another implementation of the Actions runner, and a real Synapse, each pinned, and
// runs workflows on the one against the other. Arguments go to jest.
// MATRIX_TEST_CACHE names another folder to keep downloads in.
import { fail, works } from './install/cache.mjs'
import { installDebian } from './install/debian.mjs'
import { installGo } from './install/go.mjs'
import { installPython } from './install/python.mjs'
import { runJest } from './jest.mjs'

if (!works('git', '--version')) fail('act reads the checkout with git, which is not on the PATH.')
const env = {
  ...process.env,
  MATRIX_TEST_ACT: installGo('act', 'github.com/nektos/act'),
  MATRIX_TEST_SYNAPSE_PYTHON: installPython('synapse'),
  MATRIX_TEST_NGINX: installDebian('nginx', 'usr/sbin/nginx'),
}
process.exitCode = runJest(['--config', 'jest.runner.config.mjs', ...process.argv.slice(2)], env)
