import { Failure } from '../../failures.js'
import { readAllowHttp, readHomeserver, readMaxWait } from '../../inputs/homeserver.js'
import { Problems } from '../../inputs/problems.js'
import { lifetimeValue } from '../../inputs/values.js'
import type { UserIdentifier } from '../../matrix/identifiers.js'
import type { SessionFilter } from '../../session/selection.js'
import { readUser, type ServerOptions } from '../options.js'
import type { CommandPorts } from '../terminal.js'

/** Options of `sessions`, checked and typed. */
export interface SessionsOptions extends ServerOptions {
  readonly user: UserIdentifier | undefined
  readonly filter: SessionFilter
  /** `list`: nothing is ended; `ask`: ends after a question; `end`: ends without one. */
  readonly mode: 'list' | 'ask' | 'end'
}

/** @throws Failure that names all problems at once */
export function readSessionsOptions({ inputs, options, terminal }: CommandPorts): SessionsOptions {
  const problems = new Problems()
  const allowHttp = readAllowHttp(inputs, problems)
  const user = readUser(inputs, problems)
  const homeserver = readHomeserver(inputs, user, allowHttp, problems)
  const maxWaitMs = readMaxWait(inputs, problems)
  const olderThanMs = lifetimeValue('older-than', options.get('older-than') ?? '', problems)
  const keep = readKeep(options.get('keep') ?? '0', problems)
  problems.throwIfAny()
  if (homeserver === undefined) throw new Error('unsound options got by')
  const filter = { olderThanMs, name: options.get('name'), keep }
  const mode = options.has('end') ? (options.has('yes') ? 'end' : 'ask') : 'list'
  if (mode === 'ask' && !terminal.asksSomebody) throw new Failure('invalid-input', NO_TERMINAL, 'Add --yes.')
  return { homeserver, user, allowHttp, maxWaitMs, filter, mode }
}

const NO_TERMINAL = '--end asks before it ends sessions, but standard input is not a terminal. Nothing was done.'

function readKeep(raw: string, problems: Problems): number {
  if (/^\d{1,6}$/.test(raw.trim())) return Number(raw)
  problems.refuse('keep', raw, 'must be a whole number, 0 or more')
  return 0
}
