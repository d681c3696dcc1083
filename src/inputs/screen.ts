import type { InputSource, Log, Masks } from '../runner/ports.js'
import { type ActionName, DECLARED_INPUTS, INPUT_FORMS, type InputName } from './declared.js'
import { findToken, isInvisiblyWrapped, trimInvisible, unusualCharacters } from './text.js'
import { type Problems, secretText } from './values.js'

/** The source of the inputs, with the masks and the log for warnings about them. */
export type InputPorts = InputSource & Masks & Pick<Log, 'warning'>

/** A secret input that is set. */
interface SecretInput {
  readonly name: InputName
  readonly value: string
}

/** Minimum length of a secret that is searched for in other inputs, in characters: a shorter text occurs by chance. */
const MIN_CONTAINED = 8
const MIN_CONTAINED_IN_NAME = 12

/**
 * Reads all inputs of an action once, before any other code: masks the secret ones, warns of removed and of unintended
 * characters, and refuses public inputs that hold a secret.
 * @returns the inputs that other code may read: public ones trimmed, and empty if they hold a secret, so that no
 *   message can show it
 */
export function screenInputs(action: ActionName, source: InputPorts, problems: Problems): InputSource {
  const names: readonly InputName[] = DECLARED_INPUTS[action]
  const secrets = names.flatMap((name) => takeSecret(name, source))
  for (const secret of secrets) refuseForeignToken(secret, problems)
  warnAboutUnknownInputs(source, names)
  const texts = new Map<string, string>()
  for (const name of names) {
    if (INPUT_FORMS[name] === 'text') texts.set(name, takeText(name, secrets, source, problems))
  }
  return {
    input: (name) => texts.get(name) ?? source.input(name),
    environment: (name) => source.environment(name),
    inputNames: () => source.inputNames(),
  }
}

/** Masks every secret input of any action that is set. For a post step, in which a server may echo it as well. */
export function maskSecretInputs(source: InputSource & Masks, names: readonly InputName[]): void {
  for (const name of names) {
    const form = INPUT_FORMS[name]
    const secret = form === 'password' || form === 'token' ? secretText(source.input(name), form) : undefined
    if (secret !== undefined) source.mask(secret.value)
  }
}

function takeSecret(name: InputName, source: InputPorts): readonly SecretInput[] {
  const form = INPUT_FORMS[name]
  const secret = form === 'password' || form === 'token' ? secretText(source.input(name), form) : undefined
  if (secret === undefined) return []
  source.mask(secret.value)
  const { value, dropped } = secret
  if (dropped.length > 0) {
    source.warning(
      `\`${name}\` has ${dropped.join(', and ')}, which is left out. Store the secret without it: ` +
        'printf %s "$VALUE" | gh secret set NAME',
    )
  }
  const unusual = unusualCharacters(value)
  if (unusual.length > 0) {
    source.warning(`\`${name}\` has ${unusual.join(', and ')}. It is used as it is; is that part of the secret?`)
  }
  return [{ name, value }]
}

/** Refuses a token that would be sent to a server that it does not belong to. */
function refuseForeignToken({ name, value }: SecretInput, problems: Problems): void {
  if (INPUT_FORMS[name] !== 'token') return
  const wanted = name === 'store-token' ? 'forge' : 'matrix'
  const found = findToken(value)
  if (found === undefined || found.issuer === 'any' || found.issuer === wanted) return
  problems.refuse(name, value, `holds what looks like ${found.description}; it was not sent`)
}

function takeText(name: InputName, secrets: readonly SecretInput[], source: InputPorts, problems: Problems): string {
  const raw = source.input(name)
  if (raw === '') return ''
  const text = trimInvisible(raw)
  const token = findToken(text)
  const secret = secrets.find(({ value }) => linesOf(value).some((line) => holds(name, text, line)))
  if (token !== undefined) source.mask(token.match)
  if (token === undefined && secret === undefined) {
    if (isInvisiblyWrapped(raw)) source.warning(`\`${name}\` has invisible characters around it, which are left out.`)
    if (name === 'user') warnAboutUser(text, source)
    return text
  }
  const what = secret === undefined ? `what looks like ${token?.description}` : `the value of \`${secret.name}\``
  problems.refuse(name, raw, `holds ${what}; nothing was sent`, 'invalid-input', MISPLACED)
  return ''
}

const MISPLACED = 'Is a secret in the wrong input? If the log of an earlier run shows it, replace it.'

/** Returns the whole secret and each line of it: a multi-line file can be split into lines later. */
function linesOf(secret: string): readonly string[] {
  const lines = secret.split(/[\r\n]+/).filter((line) => line.length >= MIN_CONTAINED)
  return [secret, ...lines]
}

/** Returns whether a public input holds a secret. Ignores case, because host names are lower-cased. */
function holds(name: InputName, text: string, secret: string): boolean {
  const [folded, part] = [text.toLowerCase(), secret.trim().toLowerCase()]
  // On a test server the account `bot` may have the password `bot`.
  const isNamedAfterUser = name === 'user' || name === 'device-name'
  if (folded === part) return !isNamedAfterUser || part.length >= MIN_CONTAINED
  return part.length >= (isNamedAfterUser ? MIN_CONTAINED_IN_NAME : MIN_CONTAINED) && folded.includes(part)
}

/**
 * Warns about unusual characters in a user. Server names are ASCII, but old user names may hold any character, so this
 * is not an error.
 */
function warnAboutUser(text: string, source: InputPorts): void {
  const unusual = unusualCharacters(text)
  if (unusual.length > 0) source.warning(`\`user\` has ${unusual.join(', and ')}. Is that part of the name?`)
}

/** Input names of other actions, with the inputs that users probably mean. */
const OTHER_NAMES: ReadonlyMap<string, readonly InputName[]> = new Map<string, readonly InputName[]>([
  ['homeserver-url', ['homeserver']],
  ['matrix-homeserver', ['homeserver']],
  ['base-url', ['homeserver']],
  ['host', ['homeserver']],
  ['server', ['homeserver']],
  ['server-name', ['homeserver']],
  ['url', ['homeserver']],
  ['login', ['user']],
  ['mxid', ['user']],
  ['user-id', ['user']],
  ['username', ['user']],
  ['matrix-user', ['user']],
  ['pass', ['password']],
  ['pwd', ['password']],
  ['matrix-password', ['password']],
  ['token', ['access-token', 'current-token']],
  ['matrix-token', ['access-token', 'current-token']],
  ['github-token', ['store-token']],
  ['passphrase', ['seal-passphrase']],
  ['seal-passphrase', ['passphrase']],
])

/** An undeclared name that can be shown in a message. */
const PLAIN_NAME = /^[a-z0-9_-]{1,40}$/

/** Warns of undeclared inputs that resemble a declared one. The value is masked if the probable input is secret. */
function warnAboutUnknownInputs(
  source: InputSource & Masks & Pick<Log, 'warning'>,
  declared: readonly InputName[],
): void {
  for (const name of source.inputNames()) {
    const meant = PLAIN_NAME.test(name) ? meantInput(name, declared) : undefined
    // Some runners also pass the inputs of an outer action: a common name is then not a mistake.
    if (meant === undefined || (OTHER_NAMES.has(name) && source.input(meant).trim() !== '')) continue
    const form = INPUT_FORMS[meant]
    const value = source.input(name).trim()
    if (value !== '' && (form === 'password' || form === 'token')) source.mask(value)
    source.warning(`\`${name}\` is not an input of this action and is ignored. Did you mean \`${meant}\`?`)
  }
}

/** Returns the declared input that a name resembles; `undefined` for a declared name, and if none is similar. */
export function meantInput(name: string, declared: readonly InputName[]): InputName | undefined {
  if (declared.some((each) => each === name)) return undefined
  const written = name.replaceAll('_', '-')
  const known = (OTHER_NAMES.get(written) ?? []).find((each) => declared.includes(each))
  if (known !== undefined) return known
  const bare = (text: string) => text.replaceAll('-', '')
  const [nearest] = declared
    .map((each) => ({ each, distance: editDistance(bare(written), bare(each)) }))
    .sort((a, b) => a.distance - b.distance)
  const limit = Math.min(3, Math.floor(bare(written).length / 3))
  return nearest !== undefined && nearest.distance <= limit ? nearest.each : undefined
}

/** Returns the number of insertions, deletions and replacements between two texts (Levenshtein distance). */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (const [line, left] of [...a].entries()) {
    const next = [line + 1]
    for (const [column, right] of [...b].entries()) {
      const replaced = (row[column] ?? 0) + (left === right ? 0 : 1)
      next.push(Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
