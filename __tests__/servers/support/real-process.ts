import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const PATIENCE_MS = 60_000
const LAST_WARNING_MS = 10_000

/** A server that was started here, in a directory of its own; both go when it stops. */
export interface RealProcess {
  readonly pid: number
  /** What it printed. */
  log(): string
  stop(): Promise<void>
}

export function makeDirectory(name: string): string {
  return mkdtempSync(join(tmpdir(), `${name}-`))
}

/** What scripts/test-servers.mjs or scripts/test-runner.mjs found or installed. */
export function installed(variable: string): string {
  const value = process.env[variable]
  if (value === undefined) throw new Error(`${variable} is not set: start these tests with npm run test:servers`)
  return value
}

export interface RealProcessOptions {
  readonly command: string
  readonly args: readonly string[]
  /** Working directory, deleted in the end. */
  readonly directory: string
  /** Answers whether it is up; nothing tells from outside when a server is ready. */
  readonly isUp: () => Promise<boolean>
  /** Where it logs, if not to its standard output. */
  readonly logFile?: string
}

/** Starts a server and waits until it answers. */
export async function startRealProcess(options: RealProcessOptions): Promise<RealProcess> {
  const { command, args, directory, isUp } = options
  const output = join(directory, 'output.log')
  const file = openSync(output, 'a')
  const child = spawn(command, args, { cwd: directory, stdio: ['ignore', file, file] })
  running.set(child, directory)
  const started = once(child, 'spawn')
  const log = () => [output, options.logFile].map(readIfThere).join('').slice(-4000)
  await started
  const deadline = Date.now() + PATIENCE_MS
  while (!(await isUp())) {
    if (Date.now() > deadline || child.exitCode !== null) {
      child.kill('SIGKILL')
      throw new Error(`${command} did not come up: ${log()}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return { pid: child.pid ?? -1, log, stop: () => stop(child, directory) }
}

const running = new Map<ChildProcess, string>()

/** Ends what is left after a test that could not end it itself: jest would wait for it for ever. */
export async function stopAllProcesses(): Promise<void> {
  await Promise.all([...running].map(([child, directory]) => stop(child, directory)))
}

function readIfThere(file: string | undefined): string {
  try {
    return file === undefined ? '' : readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

function stop(child: ChildProcess, directory: string): Promise<void> {
  const clear = () => {
    running.delete(child)
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 })
  }
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(clear())
  return new Promise((resolve) => {
    const last = setTimeout(() => child.kill('SIGKILL'), LAST_WARNING_MS)
    child.on('exit', () => {
      clearTimeout(last)
      clear()
      resolve()
    })
    child.kill('SIGTERM')
  })
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => {
        if (typeof address === 'object' && address !== null) resolve(address.port)
        else reject(new Error('no port'))
      })
    })
  })
}

/** Whether a homeserver answers at a base URL. */
export function answersVersions(url: string): Promise<boolean> {
  return fetch(`${url}/_matrix/client/versions`).then(
    (response) => response.ok,
    () => false,
  )
}

/** Whether anything listens. */
export function accepts(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, host)
    socket.on('connect', () => resolve(true)).on('error', () => resolve(false))
    socket.on('connect', () => socket.destroy())
  })
}
