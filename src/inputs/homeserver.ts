import { type HomeserverAddress, parseHomeserver } from '../matrix/homeserver-address.js'
import type { UserIdentifier } from '../matrix/identifiers.js'
import type { Runner } from '../runner/ports.js'
import type { Problems } from './problems.js'
import { booleanValue, secondsValue, shown } from './values.js'

const DEFAULT_MAX_WAIT_SECONDS = 120

export function isBlank(runner: Runner, name: string): boolean {
  return runner.input(name).trim() === ''
}

export function readAllowHttp(runner: Runner, problems: Problems): boolean {
  return booleanValue('allow-http', runner.input('allow-http'), false, problems)
}

/** How long all pauses of the step may be together, in milliseconds. */
export function readMaxWait(runner: Runner, problems: Problems): number {
  return secondsValue('max-wait', runner.input('max-wait'), DEFAULT_MAX_WAIT_SECONDS, problems)
}

/** The input, or the server that the user ID names. */
export function readHomeserver(
  runner: Runner,
  user: UserIdentifier | undefined,
  allowHttp: boolean,
  problems: Problems,
): HomeserverAddress | undefined {
  const raw = runner.input('homeserver')
  if (!isBlank(runner, 'homeserver')) {
    const address = parseHomeserver(raw.trim(), allowHttp)
    if (!('problem' in address)) return address
    problems.add(`homeserver “${shown(raw)}” ${address.problem}.`, address.insecure ? 'insecure-url' : 'invalid-input')
    return undefined
  }
  if (user?.kind === 'user-id') return { kind: 'server-name', serverName: user.serverName }
  // Where `user` is malformed, that is the problem to report.
  if (user === undefined && !isBlank(runner, 'user')) return undefined
  problems.add('homeserver is missing, and user names no server: set homeserver, or user to @name:example.org.')
  return undefined
}
