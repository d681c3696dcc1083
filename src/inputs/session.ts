import type { Credential, CredentialKind, CredentialReader, UserDemand } from '../credentials/kind.js'
import type { FailureCode } from '../failures.js'
import type { HomeserverAddress } from '../matrix/homeserver-address.js'
import { parseUser, type UserIdentifier } from '../matrix/identifiers.js'
import { lazyPattern } from '../redaction.js'
import type { InputSource, Masks } from '../runner/ports.js'
import type { SecretForm } from '../secret.js'
import type { Inputs } from './declared.js'
import {
  explainMissingSecrets,
  type MissingSecretsCause,
  missingSecretsCause,
  type RunTrigger,
} from './missing-credentials.js'
import type { InputPorts } from './screen.js'
import {
  checkToken,
  choiceValue,
  lifetimeValue,
  type Problems,
  readAllowHttp,
  readHomeserver,
  readMaxWait,
  secretText,
} from './values.js'

/** The selected credential, and which other inputs its kind needs. */
interface ChosenCredential {
  readonly kind: CredentialKind
  /** `undefined` if a part is missing; the problem was added. */
  readonly credential: Credential | undefined
  readonly user: UserDemand
}

/** Masks the runner variables that hold a secret of a credential that is set. */
export function maskSecretVariables(inputs: InputSource, kinds: readonly CredentialKind[], masks: Masks): void {
  for (const kind of kinds.filter((each) => isSet(inputs, each))) {
    for (const name of kind.secretVariables ?? []) {
      const value = inputs.environment(name) ?? ''
      if (value !== '') masks.mask(value)
    }
  }
}

/** Reads exactly one credential. @returns `none` if none is set; `undefined` if a problem was added */
function readCredential(
  inputs: InputSource,
  kinds: readonly CredentialKind[],
  cause: MissingSecretsCause,
  problems: Problems,
): ChosenCredential | 'none' | undefined {
  const [kind, ...others] = kinds.filter((each) => isSet(inputs, each))
  if (kind === undefined) return 'none'
  if (others.length > 0) {
    const names = [kind, ...others].map(({ input }) => input)
    problems.add(`Only one credential may be set, but there are ${names.length}: ${inputList(names, ', ')}.`)
    return undefined
  }
  const reader = readerFor(inputs, kind, problems)
  const chosen = { kind, user: kind.needsUser(reader) }
  const incomplete = kind.incomplete?.(reader)
  if (incomplete === undefined) {
    if (kind.form === 'token') checkToken(kind.input, reader.secret, problems)
    return { ...chosen, credential: kind.read(reader) }
  }
  // In a run that gets no secrets from GitHub, the remaining inputs are not a credential.
  if (cause !== 'unknown' && !isSecretSet(inputs, kind)) return 'none'
  problems.add(incomplete.text, incomplete.code, incomplete.hint)
  return { ...chosen, credential: undefined }
}

/** Reports inputs that the selected kind does not use and would silently ignore. */
function reportForeignOptions(
  inputs: InputSource,
  kinds: readonly CredentialKind[],
  chosen: CredentialKind,
  problems: Problems,
): void {
  const known = new Set(chosen.options ?? [])
  for (const option of new Set(kinds.flatMap(({ options = [] }) => options))) {
    if (known.has(option) || inputs.input(option).trim() === '') continue
    const owners = kinds.filter(({ options = [] }) => options.includes(option)).map(({ input }) => input)
    problems.add(`\`${option}\` goes with ${inputList(owners, ' and ')} only, not with \`${chosen.input}\`.`)
  }
}

function inputList(names: readonly string[], separator: string): string {
  return names.map((name) => `\`${name}\``).join(separator)
}

function secretInputsOf(kind: CredentialKind): { readonly input: string; readonly form: SecretForm }[] {
  return [kind, ...(kind.companions ?? []).map((input) => ({ input, form: 'token' as const }))]
}

function isSet(inputs: InputSource, kind: CredentialKind): boolean {
  return secretInputsOf(kind).some(({ input }) => inputs.input(input).trim() !== '')
}

function isSecretSet(inputs: InputSource, kind: CredentialKind): boolean {
  return secretInputsOf(kind).some(({ input, form }) => form !== 'text' && inputs.input(input).trim() !== '')
}

function readerFor(inputs: InputSource, kind: CredentialKind, problems: Problems): CredentialReader {
  const forms = new Map(secretInputsOf(kind).map(({ input, form }) => [input, form]))
  const value = (input: string) => {
    const form = forms.get(input)
    return form === undefined ? '' : (secretText(inputs.input(input), form)?.value ?? '')
  }
  return {
    secret: value(kind.input),
    companion: value,
    text: (name) => inputs.input(name).trim(),
    environment: (name) => inputs.environment(name) ?? '',
    validForMs: lifetimeValue('valid-for', inputs.input('valid-for'), problems),
  }
}

/** The inputs of every action that opens a session, checked and typed. */
export interface SessionInputs {
  readonly homeserver: HomeserverAddress
  readonly user: UserIdentifier | undefined
  readonly credential: Credential
  /** Empty: a derived device ID. */
  readonly deviceId: string
  /** Empty: the default name. */
  readonly deviceName: string
  readonly maxWaitMs: number
  readonly allowHttp: boolean
  /** Returns what the inputs suggest as the cause of a failure with this code, as sentences for its hint. */
  readonly hintsFor: (code: FailureCode) => Promise<readonly string[]>
}

/** No credential is set, and `if-no-credentials: skip` allows that. */
export interface Skipped {
  readonly skipped: string
}

/** The source of the inputs of an action that opens a session, and of the event that started the run. */
export type SessionSource = InputPorts & RunTrigger

/** Reads the inputs of one action only. `kind` is `undefined` if no credential is set, or more than one. */
export type ReadExtra<Extra> = (kind: CredentialKind | undefined) => Extra

/**
 * Reads all inputs that login and rotate have in common.
 * @param inputs the screened inputs of the action
 * @param kinds the kinds of credential that this action accepts
 * @throws Failure that names all problems at once
 */
export function readSessionInputs<Extra>(
  source: SessionSource,
  inputs: InputSource,
  kinds: readonly CredentialKind[],
  problems: Problems,
  readExtra: ReadExtra<Extra>,
): (SessionInputs & Extra) | Skipped {
  maskSecretVariables(inputs, kinds, source)
  const cause = missingSecretsCause(source)
  const names = kinds.map(({ input }) => input)
  const missing = explainMissingSecrets(cause, names)
  const found = readCredential(inputs, kinds, cause, problems)
  const chosen = found === 'none' ? undefined : found
  const user = readUser(inputs, chosen, problems)
  if (chosen !== undefined) reportForeignOptions(inputs, kinds, chosen.kind, problems)
  const options = readOptions(inputs, problems)
  const extra = readExtra(chosen?.kind)
  const skip =
    choiceValue('if-no-credentials', inputs.input('if-no-credentials'), ['fail', 'skip'], problems) === 'skip'
  if (found === 'none' && skip && problems.isEmpty) return { skipped: `${missing.text} ${missing.hint}` }
  const homeserver = readHomeserver(inputs, user, options.allowHttp, problems)
  // A credential with a refused value is not missing.
  if (found === 'none' && !names.some((name) => problems.hasRefused(name))) {
    problems.add(missing.text, 'missing-credentials', missing.hint)
  }
  problems.throwIfAny()
  if (chosen?.credential === undefined || homeserver === undefined) throw new Error('invalid inputs were not reported')
  const suspects = { ...suspectSecret(inputs, chosen.kind), user, homeserver }
  const { credential } = chosen
  const hintsFor = async (code: FailureCode) => (await import('./suspicions.js')).hintsFor(code, suspects)
  return { homeserver, user, credential, hintsFor, ...options, ...extra }
}

/** Returns the input that selected the credential, and its secret if it has one. */
function suspectSecret(inputs: InputSource, { input, form }: CredentialKind): { input: string; secret: string } {
  return { input, secret: form === 'text' ? '' : (secretText(inputs.input(input), form)?.value ?? '') }
}

/** Reads `user`, and refuses a form that the credential cannot use. */
export function readUser(
  inputs: Inputs<'user'>,
  chosen: { readonly kind: CredentialKind; readonly user: UserDemand } | undefined,
  problems: Problems,
): UserIdentifier | undefined {
  const raw = inputs.input('user')
  if (raw.trim() === '') {
    if (chosen !== undefined && chosen.user !== 'none') {
      problems.miss('user', `\`user\` is missing: \`${chosen.kind.input}\` needs one.`)
    }
    return undefined
  }
  const user = parseUser(raw.trim())
  const problem = 'problem' in user ? user.problem : chosen === undefined ? undefined : unfit(user, chosen)
  if (problem !== undefined) problems.refuse('user', raw, problem)
  return 'problem' in user || problem !== undefined ? undefined : user
}

/** Explains why a credential cannot use a user in this form. */
function unfit(
  user: UserIdentifier,
  { kind: { input }, user: demand }: { readonly kind: CredentialKind; readonly user: UserDemand },
): string | undefined {
  if (demand === 'user-id' && user.kind !== 'user-id') {
    return `is not a user ID: \`${input}\` needs the whole of it, @name:example.org, exactly as the server has it`
  }
  if (demand === 'name' && !('localpart' in user)) {
    return `is not a user ID: \`${input}\` needs @name:example.org, or name`
  }
  return undefined
}

const WHITE_SPACE = lazyPattern('[\\s\\p{Cc}]', 'u')

function readOptions(inputs: Inputs<'device-id' | 'device-name' | 'max-wait' | 'allow-http'>, problems: Problems) {
  const deviceId = inputs.input('device-id').trim()
  // The device ID is part of scopes, which spaces separate, and of paths.
  if (deviceId !== '' && WHITE_SPACE().test(deviceId)) problems.refuse('device-id', deviceId, 'has white space in it')
  return {
    deviceId,
    deviceName: inputs.input('device-name').trim(),
    maxWaitMs: readMaxWait(inputs, problems),
    allowHttp: readAllowHttp(inputs, problems),
  }
}
