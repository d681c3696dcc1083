import { Failure } from '../failures.js'
import { readAllowHttp, readHomeserver, readMaxWait } from '../inputs/homeserver.js'
import { Problems } from '../inputs/problems.js'
import { readUser } from '../inputs/session.js'
import { listedLines, readForge, readSecretName, readTargets, refuseSameNames } from '../inputs/store.js'
import { choiceValue, secretText } from '../inputs/values.js'
import type { HomeserverAddress } from '../matrix/homeserver-address.js'
import type { UserIdentifier } from '../matrix/identifiers.js'
import type { InputSource } from '../runner/ports.js'
import type { StoreAccess } from '../stores/write.js'
import type { CommandPorts } from './terminal.js'

/** What goes to standard output. */
export const OUTPUT_FORMS = ['access-token', 'refresh-token', 'json'] as const
export type OutputForm = (typeof OUTPUT_FORMS)[number]

/** The server, and how to connect to it. */
export interface ServerOptions {
  readonly homeserver: HomeserverAddress
  readonly maxWaitMs: number
  readonly allowHttp: boolean
}

/** A store of secrets, and the secret names for a session. */
interface StoreOptions extends StoreAccess {
  readonly secretName: string
  readonly refreshSecretName: string
}

/** The options of a command that opens a session, checked and typed. */
export interface SessionOptions extends AccountOptions {
  /** Empty: the default name. */
  readonly deviceName: string
  /** Absent: standard output. */
  readonly store: StoreOptions | undefined
  readonly form: OutputForm
}

/** Reads the options that select the server. @throws Failure that names all problems at once */
export function readServerOptions({ inputs: runner }: Pick<CommandPorts, 'inputs'>): ServerOptions {
  const problems = new Problems()
  const allowHttp = readAllowHttp(runner, problems)
  const homeserver = readHomeserver(runner, 'no-such-input', allowHttp, problems)
  const maxWaitMs = readMaxWait(runner, problems)
  problems.throwIfAny()
  if (homeserver === undefined) throw new Error('invalid options were not reported')
  return { homeserver, maxWaitMs, allowHttp }
}

/** The server and the account. */
export interface AccountOptions extends ServerOptions {
  readonly user: UserIdentifier | undefined
}

/** Reads the options of every command about an account. Problems are collected; the caller throws them. */
export function readAccountOptions(inputs: InputSource, problems: Problems): AccountOptions | undefined {
  const allowHttp = readAllowHttp(inputs, problems)
  const user = readUser(inputs, undefined, problems)
  const homeserver = readHomeserver(inputs, user, allowHttp, problems)
  const maxWaitMs = readMaxWait(inputs, problems)
  return homeserver === undefined ? undefined : { homeserver, user, allowHttp, maxWaitMs }
}

/** Reads all options of a command that opens a session. @throws Failure that names all problems at once */
export function readSessionOptions(ports: CommandPorts): SessionOptions {
  const { inputs, options } = ports
  const problems = new Problems()
  const account = readAccountOptions(inputs, problems)
  const form = choiceValue('--output', options.get('output') ?? '', OUTPUT_FORMS, problems)
  const store = readStore(ports, problems)
  if (store !== undefined && options.has('output'))
    problems.add('--output is about standard output, where nothing goes with --store.')
  problems.throwIfAny()
  if (account === undefined) throw new Error('invalid options were not reported')
  return { ...account, deviceName: inputs.input('device-name').trim(), store, form }
}

/** Returns the user, which a password login requires. @throws Failure if it is not set */
export function requireUser({ user }: Pick<SessionOptions, 'user'>): UserIdentifier {
  if (user !== undefined) return user
  throw new Failure('invalid-input', '--user is missing: whose password is it?', 'Give --user @name:example.org.')
}

function readStore(ports: CommandPorts, problems: Problems): StoreOptions | undefined {
  const { inputs } = ports
  const secretName = readSecretName(inputs, 'secret-name', 'MATRIX_ACCESS_TOKEN', problems)
  const refreshSecretName = readSecretName(inputs, 'refresh-secret-name', 'MATRIX_REFRESH_TOKEN', problems)
  const access = readStoreAccess(ports, problems)
  if (access === undefined) return undefined
  refuseSameNames(secretName, refreshSecretName, problems)
  return { ...access, secretName, refreshSecretName }
}

/** Reads `--store` and the token for it; `undefined` if it is not set. */
export function readStoreAccess({ inputs, options, masks }: CommandPorts, problems: Problems): StoreAccess | undefined {
  const lines = listedLines(options.get('store') ?? '')
  if (lines.length === 0) return undefined
  const forge = readForge(inputs, problems)
  const targets = readTargets(lines, { forge, reportMalformed: true }, problems)
  const storeToken = secretText(inputs.environment('GH_TOKEN') ?? '', 'token')?.value ?? ''
  if (storeToken === '') problems.add(NO_STORE_TOKEN)
  else masks.mask(storeToken)
  return { targets, forge, storeToken }
}

const NO_STORE_TOKEN =
  '--store needs a token that may write secrets, in the variable GH_TOKEN, for example GH_TOKEN="$(gh auth token)".'
