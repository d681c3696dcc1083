import type { Credential, CredentialKind, CredentialReader, UserDemand } from '../credentials/kind.js'
import type { InputSource, Masks } from '../runner/ports.js'
import type { MissingSecretsCause } from './missing-credentials.js'
import type { Problems } from './problems.js'
import { checkToken } from './tokens.js'
import { lifetimeValue, type SecretForm, secretText } from './values.js'

/** The one credential that is set, with what its kind demands of the other inputs. */
export interface ChosenCredential {
  readonly kind: CredentialKind
  /** `undefined` where something of it is missing, which was noted. */
  readonly credential: Credential | undefined
  readonly user: UserDemand
}

/** Masks the variables of the runner that hold a secret of a credential that is set. */
export function maskSecretVariables(inputs: InputSource, kinds: readonly CredentialKind[], masks: Masks): void {
  for (const kind of kinds.filter((each) => isSet(inputs, each))) {
    for (const name of kind.secretVariables ?? []) {
      const value = inputs.environment(name) ?? ''
      if (value !== '') masks.mask(value)
    }
  }
}

/** Reads exactly one credential. @returns `none`, or `undefined` with the problem reported */
export function readCredential(
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
  // In runs that GitHub gives no secrets to, what is left is no credential.
  if (cause !== 'unknown' && !isSecretSet(inputs, kind)) return 'none'
  problems.add(incomplete.text, incomplete.word, incomplete.hint)
  return { ...chosen, credential: undefined }
}

/** Inputs that the chosen kind does not know would be ignored in silence. */
export function reportForeignOptions(
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
