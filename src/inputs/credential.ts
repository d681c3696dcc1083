import type { Credential, CredentialKind } from '../credentials/credential.js'
import type { Runner } from '../runner/ports.js'
import type { Problems } from './problems.js'
import { secretText } from './values.js'

/** The one credential that is set, with what its kind demands of the other inputs. */
export interface ChosenCredential {
  readonly kind: CredentialKind
  readonly credential: Credential
}

/** Masks every secret input, whatever else is wrong with the inputs: a mistake must not print a password. */
export function maskSecretInputs(runner: Runner, kinds: readonly CredentialKind[]): void {
  for (const kind of kinds) {
    const secret = secretText(runner.input(kind.input), kind.form)
    if (secret !== undefined) runner.mask(secret.value)
  }
}

/** Exactly one credential, `none`, or `undefined` with the problem noted. Warns where white space was dropped. */
export function readCredential(
  runner: Runner,
  kinds: readonly CredentialKind[],
  problems: Problems,
): ChosenCredential | 'none' | undefined {
  const set = kinds.flatMap((kind) => {
    const secret = secretText(runner.input(kind.input), kind.form)
    return secret === undefined ? [] : [{ kind, secret }]
  })
  const [first, ...others] = set
  if (first === undefined) return 'none'
  if (others.length > 0) {
    problems.add(
      `Only one credential may be set, but there are ${set.length}: ${set.map(({ kind }) => kind.input).join(', ')}.`,
    )
    return undefined
  }
  const { kind, secret } = first
  warnAboutDropped(runner, kind.input, secret.dropped)
  return { kind, credential: kind.read(secret.value) }
}

function warnAboutDropped(runner: Runner, input: string, dropped: 'line-break' | 'white-space' | undefined): void {
  if (dropped === undefined) return
  const what = dropped === 'line-break' ? 'a line break at its end' : 'white space around it'
  runner.warning(
    `${input} has ${what}, which is left out. Store the secret without it: printf %s "$VALUE" | gh secret set NAME`,
  )
}
