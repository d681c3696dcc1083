import { explain } from '../explain.js'
import { toolkitTransport } from '../http/toolkit-transport.js'
import { clockUntil, liveRandom } from '../runner/live.js'
import { USER_AGENT } from '../version.js'
import { type CommandName, parseArguments } from './arguments.js'
import { browserLogin } from './commands/browser-login.js'
import { sessions } from './commands/sessions.js'
import { loginCommand, logoutCommand, whoamiCommand } from './commands/token.js'
import { createIdentityCommand, verifyCommand } from './commands/verification.js'
import { liveProcess, restoreCertificateChecks } from './live-terminal.js'
import { ClosedOutputError, type CommandPorts, InterruptedError, waitFor } from './terminal.js'
import { terminalPorts } from './terminal-ports.js'

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
