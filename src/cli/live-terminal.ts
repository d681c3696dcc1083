import { hostname } from 'node:os'
import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import openInBrowser from 'open'
import { ClosedOutputError, InterruptedError, type Terminal } from './terminal.js'

/** The process of a command. No other file of the command line accesses the process. */
export interface LiveProcess {
  readonly argv: readonly string[]
  readonly terminal: Terminal
  /** Aborted when the user or the system interrupts the command. */
  readonly interrupted: AbortSignal
  /** Sets the exit status of the process, after all output is written. */
  exitWith(status: number): void
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
/** The exit status for SIGINT, by shell convention. */
const INTERRUPTED = 130

export function liveProcess(): LiveProcess {
  // If the event loop runs empty while work is pending, the command has failed.
  process.exitCode = 1
  const interruption = new AbortController()
  const interrupt = () => {
    // A second signal exits without waiting for pending work.
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
      // A pipe that was read keeps the process running until its other end is closed, even when it is paused.
      process.stdin.destroy()
    },
  }
}

function liveTerminal(interrupted: AbortSignal, interrupt: () => void): Terminal {
  const { stdin: input, stdout, stderr: output } = process
  // `open` does not take an environment: the browser inherits that of this process.
  const environment = claimEnvironment(process.env)
  const streams = { input, output, interrupted, interrupt }
  // A closed pipe emits an event in addition to the write error; without a listener the event ends the process.
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
 * Removes `NODE_TLS_REJECT_UNAUTHORIZED=0`, with which a password could be sent to an attacker. Node reads the variable
 * at each handshake, so removing it is sufficient. @returns whether it was set
 */
export function restoreCertificateChecks(): boolean {
  const ignored = process.env['NODE_TLS_REJECT_UNAUTHORIZED'] === '0'
  if (ignored) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED']
  return ignored
}

/** The streams for questions and answers. */
interface PromptStreams {
  readonly input: NodeJS.ReadStream
  readonly output: NodeJS.WriteStream
  /** Aborted when the command is interrupted. */
  readonly interrupted: AbortSignal
  /** Called for Ctrl-C, which a terminal in raw mode delivers as a character. */
  readonly interrupt: () => void
}

/**
 * Asks for one line; without a terminal, reads the next line without a prompt. The answer is not kept in a history and
 * is never printed: readline echoes to an output that discards everything.
 * @param echo what the terminal shows instead of the answer
 * @returns the line; empty at the end of the input
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
      // The typed line break is not echoed either.
      if (terminal) output.write(interrupted.aborted ? '\n' : `${echo(answer)}\n`)
      if (interrupted.aborted) reject(new InterruptedError())
      else resolve(answer)
    })
    if (interrupted.aborted) return lines.close()
    // Not `question()`, which ignores a last line without a line break.
    lines.once('line', (line) => {
      answer = line
      lines.close()
    })
    // Printed last: from here on the terminal does not echo what is typed.
    if (terminal) output.write(question)
    lines.setPrompt('')
    lines.prompt()
  })
}

function silence(): Writable {
  return new Writable({ write: (_chunk, _encoding, done) => done() })
}

/** Words in the names of variables with secret values. */
const SECRET_NAME =
  /TOKEN|SECRET|PASSW|PASSPHRASE|CREDENTIAL|(^|_)(PASS|PWD|PAT|KEY|AUTH|COOKIE|JWT|DSN)$|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY/i
/** Variables that only this command reads. */
const OWN_NAME = /^(MATRIX|MAS)_/i
/** Names that match the patterns above but hold no secret: the working directory of the shell. */
const PUBLIC_NAMES = new Set(['PWD', 'OLDPWD'])
/** Prefixes of tokens of Matrix servers and of forges. */
const TOKEN_PREFIX = /(^|[^A-Za-z0-9])(syt_|syr_|m[acpr][tr]_|gh[a-z]_|github_pat_|glpat-)/
/** A user and a password in a URL. */
const URL_PASSWORD = /^[a-z][\w+.-]*:\/\/[^/?#@\s]*:[^/?#@\s]*@/i
/** This process needs the password of its own proxy. */
const PROXY_NAME = /^(https?|all|ftp|no)_proxy$/i

type Environment = Record<string, string | undefined>

/** Returns whether a variable must not be passed to a program that the command starts, such as the browser. */
export function isSecretVariable(name: string, value: string): boolean {
  if (PUBLIC_NAMES.has(name)) return false
  if (OWN_NAME.test(name) || SECRET_NAME.test(name) || TOKEN_PREFIX.test(value)) return true
  return URL_PASSWORD.test(value) && !PROXY_NAME.test(name)
}

/**
 * Protects secret variables from the programs that this process starts: copies all variables, then deletes the secret
 * ones from `environment`, which child processes inherit.
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
