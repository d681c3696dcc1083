import { execFileSync, spawn } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { stringify } from 'yaml'
import { installed } from '../../support/real-process.js'

export interface ActOptions {
  /** A workflow, as YAML or as what YAML would be read to. */
  readonly workflow: string | object
  readonly secrets?: Readonly<Record<string, string>>
  readonly vars?: Readonly<Record<string, string>>
  /** Files of the repository, besides the action itself. */
  readonly files?: Readonly<Record<string, string>>
}

export interface ActRun {
  readonly exitCode: number | null
  /** All that act printed, with act's own masking. */
  readonly log: string
}

/** A repository with the action in it, as it stands in the working tree, and act to run its workflows. */
export interface ActRunner {
  run(options: ActOptions): Promise<ActRun>
  stop(): Promise<void>
}

const TIMEOUT_MS = 240_000

export function createActRunner(): ActRunner {
  const root = mkdtempSync(join(tmpdir(), 'act-'))
  const repository = join(root, 'repository')
  copyAction(repository)
  return {
    run: (options) => run(root, repository, options),
    stop: () => Promise.resolve(rmSync(root, { recursive: true, force: true, maxRetries: 5 })),
  }
}

/** What a checkout of the action holds: the tracked files, and those that are not ignored. */
function copyAction(repository: string): void {
  const files = git(process.cwd(), 'ls-files', '-z', '--cached', '--others', '--exclude-standard').split('\0')
  for (const file of files) {
    if (!/^(action\.yml|(dist|logout|rotate|unseal)\/.*)$/.test(file)) continue
    cpSync(file, join(repository, file))
  }
  git(repository, 'init', '--quiet', '--initial-branch=main')
  git(repository, 'remote', 'add', 'origin', 'https://github.com/octo/demo.git')
}

function git(directory: string, ...args: readonly string[]): string {
  const identity = ['-c', 'user.name=test', '-c', 'user.email=test@example.org', '-c', 'commit.gpgsign=false']
  return execFileSync('git', [...identity, ...args], { cwd: directory, encoding: 'utf8', maxBuffer: 1e8 })
}

function write(directory: string, files: Readonly<Record<string, string>>): void {
  for (const [name, content] of Object.entries(files)) {
    const path = join(directory, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, content)
  }
}

/** Values in the form of a `.env` file; act reads it with a parser that knows double quotes. */
function variables(values: Readonly<Record<string, string>> = {}): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}\n`)
    .join('')
}

async function run(root: string, repository: string, options: ActOptions): Promise<ActRun> {
  const { workflow, secrets, vars, files } = options
  rmSync(join(repository, '.github'), { recursive: true, force: true })
  write(repository, {
    '.github/workflows/workflow.yml': typeof workflow === 'string' ? workflow : stringify(workflow),
    ...files,
  })
  git(repository, 'add', '--all')
  git(repository, 'commit', '--quiet', '--allow-empty', '--message', 'Test')
  write(root, { secrets: variables(secrets), vars: variables(vars), empty: '' })
  return start(root, repository)
}

/** Secrets go in a file, not on the command line; nothing of this machine's settings is used. */
function start(root: string, repository: string): Promise<ActRun> {
  const action = ['--use-new-action-cache', '--local-repository', `OWNER/matrix-access-token@v1=${repository}`]
  const inputs = ['--secret-file', join(root, 'secrets'), '--var-file', join(root, 'vars')]
  const empty = ['--env-file', join(root, 'empty'), '--input-file', join(root, 'empty')]
  const host = ['-P', 'ubuntu-latest=-self-hosted', '--no-cache-server', '--action-offline-mode', '--pull=false']
  const child = spawn(installed('MATRIX_TEST_ACT'), ['push', ...host, ...action, ...inputs, ...empty], {
    cwd: repository,
    env: {
      PATH: `${dirname(process.execPath)}:${process.env.PATH ?? ''}`,
      HOME: root,
      XDG_CACHE_HOME: join(root, 'cache'),
      // Asked for otherwise, through the gh command.
      GITHUB_TOKEN: 'ghs_no_real_token_of_anybody_000000',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  return new Promise((resolve, reject) => {
    let log = ''
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (chunk: string) => {
        log += chunk
      })
    const timer = setTimeout(() => child.kill('SIGKILL'), TIMEOUT_MS)
    child.on('error', reject)
    child.on('close', (exitCode) => {
      clearTimeout(timer)
      resolve({ exitCode, log })
    })
  })
}
