import { type HomeserverAddress, parseHomeserver } from '../matrix/homeserver-address.js'
import type { UserIdentifier } from '../matrix/identifiers.js'
import type { Inputs } from './declared.js'
import { booleanValue, type Problems, secondsValue } from './values.js'

const DEFAULT_MAX_WAIT_SECONDS = 120

/** Returns whether an input is not set. */
export function isBlank<Name extends string>(inputs: Inputs<Name>, name: Name): boolean {
  return inputs.input(name).trim() === ''
}

export function readAllowHttp(inputs: Inputs<'allow-http'>, problems: Problems): boolean {
  return booleanValue('allow-http', inputs.input('allow-http'), false, problems)
}

/** Reads the limit for all pauses of the step together, in milliseconds. */
export function readMaxWait(inputs: Inputs<'max-wait'>, problems: Problems): number {
  return secondsValue('max-wait', inputs.input('max-wait'), DEFAULT_MAX_WAIT_SECONDS, problems)
}

/**
 * Reads `homeserver`; if it is not set, the server of the user ID.
 * @param user `no-such-input` for an action without the input `user`, which is then not suggested
 */
export function readHomeserver(
  inputs: Inputs<'homeserver'>,
  user: UserIdentifier | undefined | 'no-such-input',
  allowHttp: boolean,
  problems: Problems,
): HomeserverAddress | undefined {
  const raw = inputs.input('homeserver')
  if (raw.trim() !== '') {
    const address = parseHomeserver(raw.trim(), allowHttp)
    if (!('problem' in address)) return address
    problems.refuse('homeserver', raw, address.problem, address.insecure ? 'insecure-url' : 'invalid-input')
    return undefined
  }
  if (user === 'no-such-input') {
    problems.miss('homeserver', MISSING)
    return undefined
  }
  if (user?.kind === 'user-id') return { kind: 'server-name', serverName: user.serverName }
  // If `user` is malformed, that is the problem to report.
  if (problems.hasRefused('user')) return undefined
  problems.miss('homeserver', MISSING_WITH_USER)
  return undefined
}

const MISSING =
  '`homeserver` is missing: set it to the server name (example.org) or the base URL (https://matrix.example.org).'

const MISSING_WITH_USER =
  '`homeserver` is missing, and `user` names no server: set `homeserver`, or set `user` to @name:example.org.'
