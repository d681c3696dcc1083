import { execFileSync, spawn } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { REPOSITORY } from '../../../support/publisher.js'
import { findLeaks } from '../../../support/runner/leaks.js'
import { installed } from '../../support/real-process.js'

export interface ActOptions {
  /** YAML. */
  readonly workflow: string
  readonly secrets?: Readonly<Record<string, string>>
  readonly vars?: Readonly<Record<string, string>>
  /** Files of the repository, besides the action itself. */
  readonly files?: Readonly<Record<string, string>>
  readonly event?: string
  /** On top of the environment that act starts with; steps inherit it. */
  readonly env?: Readonly<Record<string, string>>
  /** `GITHUB_API_URL`. act takes it from its own options only; the `env` of a step does not reach an action. */
  readonly apiUrl?: string
  /** Told what act prints, as it prints it; may interrupt it, as Ctrl-C does. */
  readonly onOutput?: (text: string, interrupt: () => void) => void
}

export interface ActRun {
  readonly exitCode: number | null
  /** All that act printed, with act's own masking. */
  readonly log: string
  /** Where a secret shows in it. */
  leaks(secrets: readonly string[]): readonly string[]
}

/** A repository with the action in it, as it stands in the working tree, and act to run its workflows. */
export interface ActRunner {
  run(options: ActOptions): Promise<ActRun>
  /** A path beside the repository. */
  path(name: string): string
  stop(): Promise<void>
}

const TIMEOUT_MS = 240_000

/** `through`: a command that runs act, as {@link PrivateNames} has one. */
export function createActRunner(through: readonly string[] = []): ActRunner {
  const root = mkdtempSync(join(tmpdir(), 'act-'))
  const repository = join(root, 'repository')
  copyAction(repository)
  const command = [...through, installed('MATRIX_TEST_ACT')]
  return {
    run: (options) => run(command, root, repository, options),
    path: (name) => join(root, name),
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
    writeFileSync(path, content, { mode: name.endsWith('.sh') ? 0o755 : 0o644 })
  }
}

/** Values in the form of a `.env` file; act reads it with a parser that knows double quotes. */
function variables(values: Readonly<Record<string, string>> = {}): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}\n`)
    .join('')
}

async function run(command: readonly string[], root: string, repository: string, options: ActOptions): Promise<ActRun> {
  const { workflow, secrets, vars, files } = options
  rmSync(join(repository, '.github'), { recursive: true, force: true })
  write(repository, {
    '.github/workflows/workflow.yml': workflow,
    ...files,
  })
  git(repository, 'add', '--all')
  git(repository, 'commit', '--quiet', '--allow-empty', '--message', 'Test')
  // By default an address at which nothing listens: no test asks GitHub anything.
  const github = variables({ GITHUB_API_URL: options.apiUrl ?? 'http://127.0.0.1:9' })
  write(root, { secrets: variables(secrets), vars: variables(vars), env: github, empty: '' })
  return start(command, root, repository, options)
}

/** Secrets go in a file, not on the command line; nothing of this machine's settings is used. */
function start(
  [program = '', ...before]: readonly string[],
  root: string,
  repository: string,
  { event = 'push', env, onOutput }: ActOptions,
): Promise<ActRun> {
  const action = ['--use-new-action-cache', '--local-repository', `${REPOSITORY}@v1=${repository}`]
  const inputs = ['--secret-file', join(root, 'secrets'), '--var-file', join(root, 'vars')]
  const others = ['--env-file', join(root, 'env'), '--input-file', join(root, 'empty')]
  const host = ['-P', 'ubuntu-latest=-self-hosted', '--no-cache-server', '--action-offline-mode', '--pull=false']
  const child = spawn(program, [...before, event, ...host, ...action, ...inputs, ...others], {
    cwd: repository,
    env: {
      PATH: `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}`,
      HOME: root,
      XDG_CACHE_HOME: join(root, 'cache'),
      // Asked for otherwise, through the gh command.
      GITHUB_TOKEN: 'ghs_no_real_token_of_anybody_000000',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  return new Promise((resolve, reject) => {
    let log = ''
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (chunk: string) => {
        log += chunk
        onOutput?.(log, () => child.kill('SIGINT'))
      })
    const timer = setTimeout(() => child.kill('SIGKILL'), TIMEOUT_MS)
    child.on('error', reject)
    child.on('close', (exitCode) => {
      clearTimeout(timer)
      resolve({ exitCode, log, leaks: (secrets) => leaksIn(log, secrets) })
    })
  })
}

/** act has masked already, so the log is held to what the raw output of an action is held to. */
function leaksIn(log: string, secrets: readonly string[]): string[] {
  const lines = log.split('\n').map((text) => ({ stream: 'stdout' as const, text }))
  const nothingElse = { masks: [], earlierMasks: [], rawSummary: '', annotationTitles: [], fileValues: {} }
  return findLeaks({ lines, ofScript: false, ...nothingElse }, secrets)
}
