import { hostname } from 'node:os'
import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import openInBrowser from 'open'
import { ClosedOutputError, InterruptedError, type Terminal } from './terminal.js'

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
    // A second signal does not wait for what is under way.
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
    isInteractive: input.isTTY === true,
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
      if (error) reject(new ClosedOutputError({ cause: error }))
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
 * `NODE_TLS_REJECT_UNAUTHORIZED=0` would send a password to an attacker on the way. Node reads the variable at
 * each handshake, so taking it away is enough. @returns whether it was there
 */
export function enforceCertificateChecks(): boolean {
  const ignored = process.env['NODE_TLS_REJECT_UNAUTHORIZED'] === '0'
  if (ignored) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED']
  return ignored
}

/** Where questions are asked, and answers typed. */
interface PromptStreams {
  readonly input: NodeJS.ReadStream
  readonly output: NodeJS.WriteStream
  /** Aborted by an interruption. */
  readonly interrupted: AbortSignal
  /** Called for Ctrl-C, which a terminal that is being read from hands over as a character. */
  readonly interrupt: () => void
}

/**
 * Asks for one line; where there is no terminal, takes the next one without asking. Nothing of it is kept in a history, and
 * nothing of it is ever shown: readline echoes to its output, which keeps everything to itself.
 * @param echo what the terminal shows in place of the answer
 * @returns the line; empty where the input has ended
 * @throws InterruptedError
 */
async function askLine(question: string, streams: PromptStreams, echo: (answer: string) => string): Promise<string> {
  const { input, output, interrupted, interrupt } = streams
  const terminal = input.isTTY === true
  const lines = createInterface({ input, output: silence(), terminal, historySize: 0 })
  return new Promise((resolve, reject) => {
    let answer = ''
    const stop = () => lines.close()
    interrupted.addEventListener('abort', stop, { once: true })
    lines.on('SIGINT', interrupt)
    lines.once('close', () => {
      interrupted.removeEventListener('abort', stop)
      // The line break that was typed is not shown either.
      if (terminal) output.write(interrupted.aborted ? '\n' : `${echo(answer)}\n`)
      if (interrupted.aborted) reject(new InterruptedError())
      else resolve(answer)
    })
    if (interrupted.aborted) return lines.close()
    // And not `question()`, which takes no last line that lacks its line break.
    lines.once('line', (line) => {
      answer = line
      lines.close()
    })
    // Only now: whatever is typed from here on, the terminal itself no longer shows.
    if (terminal) output.write(question)
    lines.setPrompt('')
    lines.prompt()
  })
}

function silence(): Writable {
  return new Writable({ write: (_chunk, _encoding, done) => done() })
}

/** Words in the names of variables whose values are secret. */
const SECRET_NAME =
  /TOKEN|SECRET|PASSW|PASSPHRASE|CREDENTIAL|(^|_)(PASS|PWD|PAT|KEY|AUTH|COOKIE|JWT|DSN)$|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY/i
/** Variables that this command reads and that no other program needs. */
const OWN_NAME = /^(MATRIX|MAS)_/i
/** Names that the patterns above match and whose values are not secret: the working directory of the shell. */
const PUBLIC_NAMES = new Set(['PWD', 'OLDPWD'])
/** Prefixes of tokens of Matrix servers and of forges. */
const TOKEN_PREFIX = /(^|[^A-Za-z0-9])(syt_|syr_|m[acpr][tr]_|gh[a-z]_|github_pat_|glpat-)/
/** A user and a password in a URL. */
const URL_PASSWORD = /^[a-z][\w+.-]*:\/\/[^/?#@\s]*:[^/?#@\s]*@/i
/** This process itself needs the password of its proxy. */
const PROXY_NAME = /^(https?|all|ftp|no)_proxy$/i

type Environment = Record<string, string | undefined>

/** Whether a program that the command starts, such as the browser, must not receive a variable. */
export function isSecretVariable(name: string, value: string): boolean {
  if (PUBLIC_NAMES.has(name)) return false
  if (OWN_NAME.test(name) || SECRET_NAME.test(name) || TOKEN_PREFIX.test(value)) return true
  return URL_PASSWORD.test(value) && !PROXY_NAME.test(name)
}

/**
 * Moves the environment out of reach of the programs that this process starts: copies all variables, then deletes the
 * secret ones from `environment`, which child processes inherit.
 *
 * @param environment the environment of this process; changed
 * @returns the copy, with all variables
 */
export function claimEnvironment(environment: Environment): Readonly<Environment> {
  const claimed = { ...environment }
  for (const [name, value = ''] of Object.entries(claimed)) {
    if (isSecretVariable(name, value)) delete environment[name]
  }
  return claimed
}
