import type { Credential, CredentialKind, CredentialReader, UserDemand } from '../credentials/kind.js'
import type { Runner } from '../runner/ports.js'
import { missingSecretsCause } from './missing-credentials.js'
import type { Problems } from './problems.js'
import { checkToken } from './token.js'
import { lifetimeValue, type SecretForm, type SecretText, secretText } from './values.js'

/** The one credential that is set, with what its kind demands of the other inputs. */
export interface ChosenCredential {
  readonly kind: CredentialKind
  /** `undefined` where something of it is missing, which was noted. */
  readonly credential: Credential | undefined
  readonly user: UserDemand
}

/** Masks every secret input, whatever else is wrong with the inputs: a mistake must not print a password. */
export function maskSecretInputs(runner: Runner, kinds: readonly CredentialKind[]): void {
  for (const kind of kinds) {
    for (const { input, form } of secretInputsOf(kind)) {
      const secret = form === 'text' ? undefined : secretText(runner.input(input), form)
      if (secret !== undefined) runner.mask(secret.value)
    }
    if (!isSet(runner, kind)) continue
    for (const name of kind.secretVariables ?? []) {
      const value = runner.environment(name) ?? ''
      if (value !== '') runner.mask(value)
    }
  }
}

/** Exactly one credential, `none`, or `undefined` with the problem noted. Warns where white space was dropped. */
export function readCredential(
  runner: Runner,
  kinds: readonly CredentialKind[],
  problems: Problems,
): ChosenCredential | 'none' | undefined {
  const [kind, ...others] = kinds.filter((each) => isSet(runner, each))
  if (kind === undefined) return 'none'
  if (others.length > 0) {
    const names = [kind, ...others].map(({ input }) => input)
    problems.add(`Only one credential may be set, but there are ${names.length}: ${names.join(', ')}.`)
    return undefined
  }
  const reader = readerFor(runner, kind, problems)
  const chosen = { kind, user: kind.needsUser(reader) }
  const incomplete = kind.incomplete?.(reader)
  if (incomplete === undefined) {
    if (kind.form === 'token') checkToken(kind.input, reader.secret, problems)
    return { ...chosen, credential: kind.read(reader) }
  }
  // In runs that GitHub gives no secrets to, what is left is no credential.
  if (missingSecretsCause(runner) !== 'unknown' && !isSecretSet(runner, kind)) return 'none'
  problems.add(incomplete.text, incomplete.word, incomplete.hint)
  return { ...chosen, credential: undefined }
}

/** Inputs that the chosen kind does not know would be ignored in silence. */
export function reportForeignOptions(
  runner: Runner,
  kinds: readonly CredentialKind[],
  chosen: CredentialKind,
  problems: Problems,
): void {
  const known = new Set(chosen.options ?? [])
  for (const option of new Set(kinds.flatMap(({ options = [] }) => options))) {
    if (known.has(option) || runner.input(option).trim() === '') continue
    const owners = kinds.filter(({ options = [] }) => options.includes(option)).map(({ input }) => input)
    problems.add(`${option} goes with ${owners.join(' and ')} only, not with ${chosen.input}.`)
  }
}

function secretInputsOf(kind: CredentialKind): { readonly input: string; readonly form: SecretForm }[] {
  return [kind, ...(kind.companions ?? []).map((input) => ({ input, form: 'token' as const }))]
}

function isSet(runner: Runner, kind: CredentialKind): boolean {
  return secretInputsOf(kind).some(({ input }) => runner.input(input).trim() !== '')
}

function isSecretSet(runner: Runner, kind: CredentialKind): boolean {
  return secretInputsOf(kind).some(({ input, form }) => form !== 'text' && runner.input(input).trim() !== '')
}

function readerFor(runner: Runner, kind: CredentialKind, problems: Problems): CredentialReader {
  const texts = new Map<string, SecretText>()
  for (const { input, form } of secretInputsOf(kind)) {
    const text = secretText(runner.input(input), form)
    if (text === undefined) continue
    texts.set(input, text)
    warnAboutDropped(runner, input, text.dropped)
  }
  const value = (input: string) => texts.get(input)?.value ?? ''
  return {
    secret: value(kind.input),
    companion: value,
    text: (name) => runner.input(name).trim(),
    environment: (name) => runner.environment(name) ?? '',
    validForMs: lifetimeValue('valid-for', runner.input('valid-for'), problems),
  }
}

function warnAboutDropped(runner: Runner, input: string, dropped: SecretText['dropped']): void {
  if (dropped === undefined) return
  const what = dropped === 'line-break' ? 'a line break at its end' : 'white space around it'
  runner.warning(
    `${input} has ${what}, which is left out. Store the secret without it: printf %s "$VALUE" | gh secret set NAME`,
  )
}
