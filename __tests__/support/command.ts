import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { stopLater } from './fixture.js'
import { refuseStaleDist } from './runner/launch.js'
import { holds } from './runner/leaks.js'

/** A person's machine, as far as `matrix-access-token` can tell. Every run is searched for secrets where none may be. */
export interface CommandOptions {
  readonly args: readonly string[]
  /** Typed or piped in; absent: standard input is empty. */
  readonly input?: string
  /** Leaves standard input open, for {@link RunningCommand.type}. */
  readonly keepInput?: true
  readonly env?: Readonly<Record<string, string>>
  /** Every secret there is; asked after the run. */
  readonly secrets?: () => readonly string[]
  /** Pauses pass a hundred times as fast. */
  readonly fast?: true
  /** A browser that `xdg-open` starts. */
  readonly browser?: true
}

export interface CommandResult {
  readonly status: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
  /** Of a second or more, in milliseconds; with `fast`. */
  readonly pauses: readonly number[]
}

export interface RunningCommand {
  readonly result: Promise<CommandResult>
  /** Resolves with the first match of what was said so far and is said from now on. */
  said(pattern: RegExp): Promise<RegExpExecArray>
  /** The address that the browser was started with. */
  opened(): Promise<string>
  /** The lines of `env` in the process that opened the browser; call after {@link opened}. */
  browserEnvironment(): readonly string[]
  type(line: string): void
  kill(signal: NodeJS.Signals): void
  /** Nobody reads standard output any more. */
  closeOutput(): void
}

const TIMEOUT_MS = 60_000

export function runCommand(options: CommandOptions): Promise<CommandResult> {
  return startCommand(options).result
}

/** Starts the built command, until `clearFixtures` at the latest, in a home, a folder and a temporary folder of its own, in which nothing may be written. */
export function startCommand(options: CommandOptions): RunningCommand {
  refuseStaleDist()
  const machine = makeMachine(options)
  const node = process.env['MATRIX_TEST_NODE'] ?? process.execPath
  const child = spawn(node, [resolve('dist/cli.js'), ...options.args], {
    cwd: machine.home,
    env: { ...machine.env, ...options.env },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  // Where a test fails half way, the command goes with it.
  stopLater({ stop: () => Promise.resolve(void child.kill('SIGKILL')) })
  if (options.keepInput !== true) child.stdin.end(options.input ?? '')
  const output = collect(child)
  const result = ended(child).then(({ status, signal }) => {
    const finished = { status, signal, stdout: output.stdout(), stderr: output.stderr(), ...machine.traces() }
    const problems = [...machine.litter(), ...leaks(finished.stderr, options.secrets?.() ?? [])]
    machine.remove()
    if (problems.length > 0) throw new Error(`The command leaves traces: ${problems.join('; ')}`)
    return finished
  })
  return {
    result,
    said: output.said,
    opened: machine.opened,
    browserEnvironment: machine.browserEnvironment,
    type: (line) => void child.stdin.write(`${line}\n`),
    kill: (signal) => void child.kill(signal),
    closeOutput: () => void child.stdout.destroy(),
  }
}

function makeMachine({ fast, browser }: CommandOptions) {
  const root = mkdtempSync(join(tmpdir(), 'command-'))
  const folder = (name: string) => {
    mkdirSync(join(root, name))
    return join(root, name)
  }
  const [home, temp, bin, notes] = [folder('home'), folder('temp'), folder('bin'), folder('notes')]
  const [pauses, opened, inherited] = [join(notes, 'pauses'), join(notes, 'opened'), join(notes, 'inherited')]
  for (const file of [pauses, opened, inherited]) writeFileSync(file, '')
  if (browser === true) {
    writeFileSync(join(bin, 'xdg-open'), `#!/bin/sh\nenv > '${inherited}'\nprintf '%s\\n' "$1" >> '${opened}'\n`)
    chmodSync(join(bin, 'xdg-open'), 0o755)
  }
  const preload = `--require ${resolve('__tests__/support/preload/fast-timers.cjs')}`
  return {
    home,
    // No shell of this machine: what `xdg-open` needs is in /bin.
    env: {
      PATH: `${bin}:${dirname(process.execPath)}:/bin`,
      HOME: home,
      TMPDIR: temp,
      ...(fast === true ? { NODE_OPTIONS: preload, PAUSES: pauses } : {}),
    },
    opened: () => firstLine(notes, opened),
    browserEnvironment: () => lines(inherited),
    traces: () => ({ pauses: lines(pauses).map(Number) }),
    litter: () => [home, temp].flatMap((path) => readdirSync(path)).map((name) => `a file ${name}`),
    remove: () => rmSync(root, { recursive: true, force: true }),
  }
}

const lines = (file: string) =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')

function firstLine(folder: string, file: string): Promise<string> {
  return new Promise((resolve) => {
    const look = () => {
      const [line] = lines(file)
      if (line === undefined) return
      watcher.close()
      resolve(line)
    }
    const watcher = watch(folder, look)
    look()
  })
}

function leaks(stderr: string, secrets: readonly string[]): string[] {
  return [...new Set(secrets)]
    .filter((secret) => secret.length >= 4 && holds(stderr, secret))
    .map((secret) => `a secret of ${secret.length} characters on standard error`)
}

function collect(child: ChildProcess) {
  let [stdout, stderr] = ['', '']
  const waiting = new Set<() => void>()
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk
  })
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk
    for (const look of waiting) look()
  })
  const said = (pattern: RegExp) =>
    new Promise<RegExpExecArray>((found, failed) => {
      const look = () => {
        const match = pattern.exec(stderr)
        if (match === null) return
        waiting.delete(look)
        found(match)
      }
      waiting.add(look)
      child.on('close', () => failed(new Error(`it never said ${pattern}, but: ${stderr}`)))
      look()
    })
  return { stdout: () => stdout, stderr: () => stderr, said }
}

function ended(child: ChildProcess): Promise<{ status: number | null; signal: NodeJS.Signals | null }> {
  return new Promise((done, failed) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      failed(new Error(`the command did not end within ${TIMEOUT_MS} ms`))
    }, TIMEOUT_MS)
    child.on('error', failed)
    child.on('close', (status, signal) => {
      clearTimeout(timer)
      done({ status, signal })
    })
  })
}
