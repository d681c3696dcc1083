import { explain } from '../explain.js'
import { toolkitTransport } from '../http/toolkit-transport.js'
import { type InputName, isInputName } from '../inputs/declared.js'
import { redact, registerSecret } from '../redaction.js'
import { clockUntil, liveRandom } from '../runner/live.js'
import type { InputSource, Log, Masks } from '../runner/ports.js'
import { USER_AGENT } from '../version.js'
import { type CommandName, OPTION_NAMES, parseArguments } from './arguments.js'
import { browserLogin, loginCommand, logoutCommand, whoamiCommand } from './commands/login.js'
import { sessions } from './commands/sessions.js'
import { createIdentityCommand, verifyCommand } from './commands/verification.js'
import { liveProcess, restoreCertificateChecks } from './live-terminal.js'
import { ClosedOutputError, type CommandPorts, InterruptedError, type Terminal, waitFor } from './terminal.js'

/** Runs `dist/cli.js`, the command `matrix-access-token`, with the live dependencies. */
export async function cli(): Promise<void> {
  const { argv, terminal, interrupted, exitWith } = liveProcess()
  if (restoreCertificateChecks())
    terminal.say('Warning: NODE_TLS_REJECT_UNAUTHORIZED=0 is ignored. For a private authority set NODE_EXTRA_CA_CERTS.')
  const status = await main(argv, {
    terminal,
    transport: toolkitTransport(USER_AGENT, terminal.environment),
    clock: clockUntil(interrupted),
    random: liveRandom,
    waitFor: (promise, ms) => waitFor(promise, ms, interrupted),
    isInterrupted: () => interrupted.aborted,
  })
  exitWith(status)
}

/** Exit statuses, by shell convention. */
const STATUS = { done: 0, failed: 1, misused: 2, interrupted: 130 } as const

const COMMANDS: Readonly<Record<CommandName, (ports: CommandPorts) => Promise<void>>> = {
  'browser-login': browserLogin,
  login: loginCommand,
  whoami: whoamiCommand,
  logout: logoutCommand,
  sessions,
  verify: verifyCommand,
  'create-identity': createIdentityCommand,
}

/** Runs one command line. @returns the exit status */
async function main(
  argv: readonly string[],
  outside: Omit<CommandPorts, 'inputs' | 'log' | 'masks' | 'options'>,
): Promise<number> {
  const { terminal } = outside
  const invocation = parseArguments(argv)
  if (invocation.kind === 'answer') {
    await terminal.print(invocation.text.trimEnd())
    return STATUS.done
  }
  if (invocation.kind === 'misuse') {
    terminal.say(invocation.text.trimEnd())
    return STATUS.misused
  }
  const { options } = invocation
  const ports = { ...outside, options, ...terminalPorts(terminal, options) }
  try {
    await COMMANDS[invocation.name](ports)
    return STATUS.done
  } catch (error) {
    return report(error, ports)
  }
}

function report(error: unknown, { log, clock, isInterrupted }: CommandPorts): number {
  const fail = (message: string) => log.info(`Error: ${message}`)
  if (isInterrupted() || error instanceof InterruptedError) {
    log.info('Interrupted.')
    return STATUS.interrupted
  }
  if (error instanceof ClosedOutputError) {
    fail('Standard output is closed: the command behind the pipe has ended.')
    return STATUS.failed
  }
  const { code, message, hint } = explain(error, clock.now())
  fail(hint === '' ? message : `${message}\n${hint}`)
  return code === 'invalid-input' ? STATUS.misused : STATUS.failed
}

/** The terminal implementation of the runner ports that the use cases need. */
export interface TerminalPorts {
  /** Options, by the names of the corresponding inputs. */
  readonly inputs: InputSource
  readonly log: Log
  readonly masks: Masks
}

/**
 * Creates the ports. All messages go to standard error; nothing is written to disk.
 * @param options by the names of the inputs
 */
export function terminalPorts(terminal: Terminal, options: ReadonlyMap<string, string>): TerminalPorts {
  const say = (message: string) => terminal.say(redact(nameOptions(message)))
  return {
    inputs: {
      input: (name) => options.get(name) ?? '',
      environment: (name) => terminal.environment(name),
      inputNames: () => [...options.keys()],
    },
    masks: { mask: registerSecret },
    log: {
      debug: () => {},
      info: say,
      notice: (message) => say(`Note: ${message}`),
      warning: (message) => say(`Warning: ${message}`),
      group: (title, lines) => say([title, ...lines].join('\n  ')),
    },
  }
}

/** The replacement for an input of the actions, if it is not the option of the same name. */
const PLACES: Partial<Record<InputName, string>> = {
  'store-token': 'GH_TOKEN',
  'store-in': '--store',
  'access-token': 'the access token',
  'login-token': 'the login token',
  'refresh-token': 'the refresh token',
  'oauth-client-id': 'the client ID',
  'device-id': 'the device ID',
  password: 'the password',
  'recovery-key': 'the recovery key',
  'recovery-passphrase': 'the recovery passphrase',
}

/** Terms that differ between a terminal and a workflow. */
const WORDS: readonly (readonly [pattern: RegExp, words: string])[] = [
  [/\bThe inputs have\b/g, 'The options have'],
  [/\bthe inputs named above\b/g, 'the options named above'],
  [/\ba bug in (?:the|this) action\b/g, 'a bug in this command'],
  [/\bThis action\b/g, 'This command'],
  [/\blet this action log in for each run\b/g, 'log in again'],
  [/\buse a self-hosted runner there\b/g, 'run the command there'],
  [/\bthe (?:runner|job)\b/g, 'this machine'],
]

/**
 * Replaces the names of inputs in a message by those of options. Messages have inputs in backticks, spelt as in YAML.
 * Other text in backticks, inputs of the actions that no command has, and quoted server text do not change.
 */
export function nameOptions(message: string): string {
  return message
    .split(/(“[^”]*”)/)
    .map((part) => (part.startsWith('“') ? part : translate(part)))
    .join('')
}

function translate(text: string): string {
  const named = text.replace(/`([a-z][a-z-]*)(?:: ([^`]*))?`/g, (all, name: string, value: string | undefined) => {
    const place = isInputName(name) ? PLACES[name] : undefined
    const option = place ?? (OPTION_NAMES.has(name) ? `--${name}` : undefined)
    if (option === undefined) return all
    return value === undefined || value === 'true' ? option : `${option} ${value}`
  })
  return WORDS.reduce((changed, [pattern, words]) => changed.replace(pattern, words), named)
}
