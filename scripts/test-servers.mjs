// npm run test:servers: installs a pinned Synapse into an ignored folder, then runs the suites that need it.
// MATRIX_TEST_CACHE names another folder to keep downloads in; MATRIX_TEST_NODE another Node to run the action with.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const cache = process.env.MATRIX_TEST_CACHE ?? join(root, '.cache')
const requirements = join(root, '__tests__/servers/support/requirements-synapse.txt')

function fail(message) {
  console.error(message)
  process.exit(1)
}

function run(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options })
  if (error !== undefined || status !== 0)
    fail(`${command} ${args.slice(0, 3).join(' ')} failed: ${error?.message ?? `exit status ${status}`}`)
}

/** A virtual environment with what the requirements pin; made again when they change. */
function installSynapse() {
  const check = spawnSync('python3', ['-c', 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))'])
  if (check.error !== undefined || check.status !== 0) {
    fail(
      'npm run test:servers needs python3 3.10 or newer with the venv module on the PATH (Debian: apt-get install python3-venv).',
    )
  }
  const environment = join(cache, 'synapse')
  const installed = join(environment, 'installed.txt')
  const wanted = readFileSync(requirements, 'utf8')
  if (!existsSync(installed) || readFileSync(installed, 'utf8') !== wanted) {
    console.log('Installing Synapse…')
    mkdirSync(cache, { recursive: true })
    run('python3', ['-m', 'venv', '--clear', environment])
    run(join(environment, 'bin/python'), [
      '-m',
      'pip',
      'install',
      '--quiet',
      '--disable-pip-version-check',
      '-r',
      requirements,
    ])
    writeFileSync(installed, wanted)
  }
  return join(environment, 'bin/python')
}

const env = { ...process.env, MATRIX_TEST_SYNAPSE_PYTHON: installSynapse() }
const jest = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js']
run(process.execPath, [...jest, '--config', 'jest.servers.config.mjs', ...process.argv.slice(2)], { env })
