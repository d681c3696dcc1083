// npm run lint:workflows: actionlint (with shellcheck) and zizmor over the workflows of this repository, the examples, and every
// workflow and script in the READMEs. Installs the tools, pinned with their hashes, into an ignored folder; needs
// Python 3.10 or newer and Go. MATRIX_TEST_CACHE names another folder to keep them in.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const tools = join(process.env.MATRIX_TEST_CACHE ?? join(root, '.cache'), 'lint')
const bin = join(tools, process.platform === 'win32' ? 'Scripts' : 'bin')
const pins = join(root, '.github/lint')
const zizmor = (config) => ['--config', config, '--offline', '--no-progress', '--quiet']
const PEDANTIC = ['--persona', 'pedantic', '--strict-collection']

function run(command, args, options = {}) {
  const env = { ...process.env, PATH: `${bin}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH}` }
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit', env, ...options })
  if (error !== undefined) console.error(`${command} cannot be run: ${error.message}`)
  return status === 0
}

function must(command, args, options) {
  if (run(command, args, options)) return
  console.error(
    `${command} ${args.slice(0, 3).join(' ')} failed. npm run lint:workflows needs python3 (with venv) and go.`,
  )
  process.exit(1)
}

/** Once for each set of pins. */
function install() {
  const wanted = ['requirements.txt', 'go.mod', 'go.sum'].map((file) => readFileSync(join(pins, file), 'utf8')).join('')
  const stamp = join(tools, 'installed.txt')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  console.log('Installing actionlint, shellcheck and zizmor…')
  mkdirSync(tools, { recursive: true })
  must('python3', ['-m', 'venv', '--clear', tools])
  const requirements = ['--require-hashes', '--only-binary', ':all:', '--requirement', join(pins, 'requirements.txt')]
  must(join(bin, 'python'), ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...requirements])
  must('go', ['install', 'github.com/rhysd/actionlint/cmd/actionlint'], {
    cwd: pins,
    env: { ...process.env, GOBIN: bin, GOFLAGS: '-mod=readonly' },
  })
  writeFileSync(stamp, wanted)
}

const yamlFiles = (folder) =>
  readdirSync(join(root, folder))
    .filter((file) => /\.ya?ml$/.test(file))
    .map((file) => join(folder, file))

/** Steps alone become a job, so that there is a workflow to look at. */
function asWorkflow(text) {
  const value = parse(text)
  if (!Array.isArray(value)) return value !== null && typeof value === 'object' && 'jobs' in value ? text : undefined
  const steps = text.trimEnd().replace(/^/gm, '      ')
  return `on: push\npermissions: {}\njobs:\n  job:\n    runs-on: ubuntu-latest\n    steps:\n${steps}\n`
}

/** The workflows and scripts in the Markdown, each in a file that is named after where it stands. */
function extract() {
  const folder = 'build/lint'
  rmSync(join(root, folder), { recursive: true, force: true })
  mkdirSync(join(root, folder), { recursive: true })
  const documents = ['.', 'logout', 'rotate', 'unseal', 'verify', 'docs', 'docs/credentials', 'docs/decisions'].flatMap(
    (path) =>
      readdirSync(join(root, path))
        .filter((file) => file.endsWith('.md'))
        .map((file) => join(path, file)),
  )
  const found = { workflows: [], scripts: [] }
  for (const document of documents) {
    const text = readFileSync(join(root, document), 'utf8')
    for (const { 1: language, 2: block, index } of text.matchAll(/^```(yaml|sh)\n([\s\S]*?)^```$/gm)) {
      const content = language === 'sh' ? block : asWorkflow(block)
      if (content === undefined) continue
      const line = text.slice(0, index).split('\n').length
      const file = join(
        folder,
        `${document.replaceAll(/[/\\]/g, '_')}-line-${line}.${language === 'sh' ? 'sh' : 'yml'}`,
      )
      writeFileSync(join(root, file), content)
      found[language === 'sh' ? 'scripts' : 'workflows'].push(file)
    }
  }
  return found
}

install()
const { workflows, scripts } = extract()
const own = [...yamlFiles('.github/workflows'), ...yamlFiles('examples')]
const shell = ['e2e', 'release'].flatMap((folder) =>
  readdirSync(join(root, '.github', folder))
    .filter((file) => file.endsWith('.sh'))
    .map((file) => join('.github', folder, file)),
)
const results = [
  run(join(bin, 'actionlint'), [...own, ...workflows]),
  run(join(bin, 'shellcheck'), ['--shell', 'bash', ...shell, ...scripts]),
  run(join(bin, 'zizmor'), [...zizmor('.github/zizmor.yml'), ...PEDANTIC, '.github']),
  run(join(bin, 'zizmor'), [...zizmor('.github/lint/zizmor-examples.yml'), ...PEDANTIC, ...yamlFiles('examples')]),
  // What is pasted from a README is kept short: no names for jobs and the like.
  run(join(bin, 'zizmor'), [...zizmor('.github/zizmor.yml'), ...workflows]),
]
console.log(
  `${own.length} workflows, ${workflows.length} workflows and ${scripts.length} scripts in Markdown, ${shell.length} scripts.`,
)
if (results.includes(false)) process.exitCode = 1
