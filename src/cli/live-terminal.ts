import { hostname } from 'node:os'
import openInBrowser from 'open'
import { claimEnvironment } from './environment.js'
import { askLine } from './prompt.js'
import { NobodyReadsError, type Terminal } from './terminal.js'

/** The process that a command runs in: the only file of the command line that knows it. */
export interface LiveProcess {
  readonly argv: readonly string[]
  readonly terminal: Terminal
  /** Aborted when the person, or the machine, wants it to end. */
  readonly interrupted: AbortSignal
  /** What the process ends with, once everything is said. */
  exitWith(status: number): void
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
/** As shells have it for SIGINT. */
const INTERRUPTED = 130

export function liveProcess(): LiveProcess {
  // Should the event loop run dry while work is pending, that is a failure and not a success.
  process.exitCode = 1
  const interruption = new AbortController()
  const interrupt = () => {
    // Whoever asks twice does not want to wait for what is under way.
    if (interruption.signal.aborted) process.exit(INTERRUPTED)
    process.stderr.write('Interrupting: what is under way is finished first. Again, and it ends at once.\n')
    interruption.abort()
  }
  for (const signal of SIGNALS) process.on(signal, interrupt)
  const { signal: interrupted } = interruption
  return {
    argv: process.argv.slice(2),
    interrupted,
    terminal: liveTerminal(interrupted, interrupt),
    exitWith: (status) => {
      process.exitCode = status
      // A pipe that was read from keeps the process alive until its other end is closed, also when it is paused.
      process.stdin.destroy()
    },
  }
}

function liveTerminal(interrupted: AbortSignal, interrupt: () => void): Terminal {
  const { stdin: input, stdout, stderr: output } = process
  // `open` takes no environment: the browser inherits that of this process.
  const environment = claimEnvironment(process.env)
  const streams = { input, output, interrupted, interrupt }
  // A closed pipe is an event as well as the result of a write; without a listener it would end the process.
  stdout.on('error', () => {})
  output.on('error', () => {})
  return {
    asksSomebody: input.isTTY === true,
    showsOutput: stdout.isTTY === true,
    hostName: hostname(),
    environment: (name) => environment[name],
    say: (text) => void output.write(`${text}\n`),
    print,
    confirm: async (question) => isYes(await askLine(question, streams, (answer) => (isYes(answer) ? 'yes' : 'no'))),
    askSecret: (question) => askLine(question, streams, () => ''),
    openBrowser,
  }
}

function isYes(answer: string): boolean {
  return /^y(es)?$/i.test(answer.trim())
}

function print(line: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(`${line}\n`, (error) => {
      if (error) reject(new NobodyReadsError({ cause: error }))
      else resolve()
    })
  })
}

async function openBrowser(url: string): Promise<boolean> {
  try {
    const browser = await openInBrowser(url)
    browser.on('error', () => {})
    return true
  } catch {
    return false
  }
}

/**
 * `NODE_TLS_REJECT_UNAUTHORIZED=0` would send a password to whoever intercepts the connection. Node reads the variable at
 * each handshake, so taking it away is enough. @returns whether it was there
 */
export function enforceCertificateChecks(): boolean {
  const ignored = process.env['NODE_TLS_REJECT_UNAUTHORIZED'] === '0'
  if (ignored) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED']
  return ignored
}
