import type { InputSource, Log, Masks } from '../runner/ports.js'
import { INPUT_FORMS, type InputName } from './declared.js'

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
export function warnAboutUnknownInputs(
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
