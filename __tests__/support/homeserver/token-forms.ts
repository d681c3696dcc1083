import { randomBytes, randomInt } from 'node:crypto'
import { crc32 } from 'node:zlib'

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const ALPHANUMERIC = `${LETTERS}0123456789`
const BASE62 = `0123456789${LETTERS}`

const pick = (alphabet: string, length: number) =>
  Array.from({ length }, () => alphabet.charAt(randomInt(alphabet.length))).join('')

/** Letters and digits, as Tuwunel, Continuwuity and Conduit use them alone. */
export const alphanumeric = (length: number) => pick(ALPHANUMERIC, length)

/** Dendrite's: 32 bytes, so the first character may be `-` or `_`. */
export const dendriteToken = () => randomBytes(32).toString('base64url')

/** Synapse's: synapse/handlers/auth.py, generate_access_token, generate_refresh_token. */
export function synapseToken(prefix: 'syt' | 'syr', localpart: string): string {
  const encoded = Buffer.from(localpart).toString('base64').replace(/=+$/, '')
  return withChecksum(`${prefix}_${encoded}_${pick(LETTERS, 20)}`)
}

/** synapse/handlers/auth.py, generate_login_token. */
export const synapseLoginToken = () => withChecksum(`syl_${pick(LETTERS, 20)}`)

/** Whether it has the shape of a refresh token of Synapse: it is looked at before the database is. */
export function isSynapseRefreshToken(token: string): boolean {
  const base = token.slice(0, token.lastIndexOf('_'))
  return /^syr_[^_]*_[^_]*_[^_]*$/.test(token) && withChecksum(base) === token
}

/** Those of Matrix Authentication Service: crates/data-model/src/tokens.rs. */
export type MasTokenPrefix = 'mat' | 'mar' | 'mct' | 'mcr' | 'mpt'

export const masToken = (prefix: MasTokenPrefix) => withChecksum(`${prefix}_${alphanumeric(30)}`)

/** `undefined` for what is no token of MAS. Tokens imported from Synapse count as those of the compatibility layer. */
export function masTokenKind(token: string): MasTokenPrefix | undefined {
  if (token.startsWith('syt_')) return 'mct'
  if (token.startsWith('syr_')) return 'mcr'
  const prefix = /^(mat|mar|mct|mcr|mpt)_/.exec(token)?.[1]
  return MAS_PREFIXES.find((known) => known === prefix)
}

const MAS_PREFIXES: readonly MasTokenPrefix[] = ['mat', 'mar', 'mct', 'mcr', 'mpt']

/** Synapse and MAS end their tokens with a CRC-32 of what stands before it, in base 62. */
function withChecksum(base: string): string {
  let [rest, digits] = [crc32(base), '']
  for (; rest > 0; rest = Math.floor(rest / 62)) digits = BASE62.charAt(rest % 62) + digits
  return `${base}_${digits.padStart(6, '0')}`
}
