import { Failure } from '../failures.js'
import { readAllowHttp, readHomeserver, readMaxWait } from '../inputs/homeserver.js'
import { Problems } from '../inputs/problems.js'
import { linesOf, readForge, readSecretName, readTargets } from '../inputs/store.js'
import { choiceValue, secretText } from '../inputs/values.js'
import type { HomeserverAddress } from '../matrix/homeserver-address.js'
import { parseUser, type UserIdentifier } from '../matrix/identifiers.js'
import type { InputSource } from '../runner/ports.js'
import type { Forge } from '../stores/index.js'
import type { Target } from '../stores/store.js'
import { OUTPUT_FORMS, type OutputForm } from './delivery.js'
import type { CommandPorts } from './terminal.js'

/** Which server, and how to get there. */
export interface ServerOptions {
  readonly homeserver: HomeserverAddress
  readonly maxWaitMs: number
  readonly allowHttp: boolean
}

/** A store of secrets, and what to keep there. */
interface StoreOptions {
  readonly targets: readonly Target[]
  readonly forge: Forge
  readonly storeToken: string
  readonly maxWaitMs: number
  readonly secretName: string
  readonly refreshSecretName: string
}

/** Everything that a command is told which opens a session, sound and typed. */
export interface SessionOptions extends ServerOptions {
  readonly user: UserIdentifier | undefined
  /** Empty: the default name. */
  readonly deviceName: string
  /** Absent: standard output. */
  readonly store: StoreOptions | undefined
  readonly form: OutputForm
}

/** @throws Failure that names all problems at once */
export function readServerOptions({ inputs: runner }: Pick<CommandPorts, 'inputs'>): ServerOptions {
  const problems = new Problems()
  const allowHttp = readAllowHttp(runner, problems)
  const homeserver = readHomeserver(runner, 'no-such-input', allowHttp, problems)
  const maxWaitMs = readMaxWait(runner, problems)
  problems.throwIfAny()
  if (homeserver === undefined) throw new Error('unsound options got by')
  return { homeserver, maxWaitMs, allowHttp }
}

/** @throws Failure that names all problems at once */
export function readSessionOptions(ports: CommandPorts): SessionOptions {
  const { inputs: runner, options } = ports
  const problems = new Problems()
  const allowHttp = readAllowHttp(runner, problems)
  const user = readUser(runner, problems)
  const homeserver = readHomeserver(runner, user, allowHttp, problems)
  const maxWaitMs = readMaxWait(runner, problems)
  const form = choiceValue('--output', options.get('output') ?? '', OUTPUT_FORMS, problems)
  const store = readStore(ports, options.get('store') ?? '', maxWaitMs, problems)
  if (store !== undefined && options.has('output'))
    problems.add('--output is about standard output, where nothing goes with --store.')
  problems.throwIfAny()
  if (homeserver === undefined) throw new Error('unsound options got by')
  return { homeserver, user, allowHttp, maxWaitMs, deviceName: runner.input('device-name').trim(), store, form }
}

/** A password is somebody's. @throws Failure */
export function requireUser({ user }: Pick<SessionOptions, 'user'>): UserIdentifier {
  if (user !== undefined) return user
  throw new Failure('invalid-input', '--user is missing: whose password is it?', 'Give --user @name:example.org.')
}

export function readUser(runner: InputSource, problems: Problems): UserIdentifier | undefined {
  const raw = runner.input('user').trim()
  if (raw === '') return undefined
  const user = parseUser(raw)
  if (!('problem' in user)) return user
  problems.refuse('user', raw, user.problem)
  return undefined
}

function readStore(
  { inputs: runner, masks }: CommandPorts,
  wanted: string,
  maxWaitMs: number,
  problems: Problems,
): StoreOptions | undefined {
  const lines = linesOf(wanted)
  const secretName = readSecretName(runner, 'secret-name', 'MATRIX_ACCESS_TOKEN', problems)
  const refreshSecretName = readSecretName(runner, 'refresh-secret-name', 'MATRIX_REFRESH_TOKEN', problems)
  if (lines.length === 0) return undefined
  const forge = readForge(runner, problems)
  const targets = readTargets(lines, { forge, reportMalformed: true }, problems)
  const storeToken = secretText(runner.environment('GH_TOKEN') ?? '', 'token')?.value ?? ''
  if (storeToken === '') problems.add(NO_STORE_TOKEN)
  else masks.mask(storeToken)
  if (secretName.toUpperCase() === refreshSecretName.toUpperCase())
    problems.add('`secret-name` and `refresh-secret-name` are the same: each token needs its own secret.')
  return { targets, forge, storeToken, maxWaitMs, secretName, refreshSecretName }
}

const NO_STORE_TOKEN =
  '--store needs a token that may write secrets, in the variable GH_TOKEN: GH_TOKEN="$(gh auth token)", say.'
