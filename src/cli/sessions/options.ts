import { Failure } from '../../failures.js'
import { Problems } from '../../inputs/problems.js'
import { lifetimeValue } from '../../inputs/values.js'
import type { SessionFilter } from '../../session/selection.js'
import { type AccountOptions, readAccountOptions } from '../options.js'
import type { CommandPorts } from '../terminal.js'

/** Options of `sessions`, checked and typed. */
export interface SessionsOptions extends AccountOptions {
  readonly filter: SessionFilter
  /** `list`: ends no session; `ask`: ends sessions after a question; `end`: ends sessions without a question. */
  readonly mode: 'list' | 'ask' | 'end'
}

/** Reads all options of `sessions`. @throws Failure that names all problems at once */
export function readSessionsOptions({ inputs, options, terminal }: CommandPorts): SessionsOptions {
  const problems = new Problems()
  const account = readAccountOptions(inputs, problems)
  const olderThanMs = lifetimeValue('older-than', options.get('older-than') ?? '', problems)
  const keep = readKeep(options.get('keep') ?? '0', problems)
  problems.throwIfAny()
  if (account === undefined) throw new Error('invalid options were not reported')
  const filter = { olderThanMs, name: options.get('name'), keep }
  const mode = options.has('end') ? (options.has('yes') ? 'end' : 'ask') : 'list'
  if (mode === 'ask' && !terminal.isInteractive) throw new Failure('invalid-input', NO_TERMINAL, 'Add --yes.')
  return { ...account, filter, mode }
}

const NO_TERMINAL = '--end asks before it ends sessions, but standard input is not a terminal. Nothing was done.'

function readKeep(raw: string, problems: Problems): number {
  if (/^\d{1,6}$/.test(raw.trim())) return Number(raw)
  problems.refuse('keep', raw, 'must be a whole number, 0 or more')
  return 0
}
