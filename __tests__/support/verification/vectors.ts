import { readFileSync } from 'node:fs'
import type { JsonObject } from '../../../src/api/values.js'

/** An account as an independent client set it up, and what Synapse answered. */
export interface VectorAccount {
  readonly made_with: string
  readonly user_id: string
  readonly device_id: string
  readonly recovery_key: string
  readonly recovery_passphrase: string | null
  readonly storage_key_hex: string
  readonly account_data: Readonly<Record<string, JsonObject>>
  readonly private_keys_base64: Readonly<Record<'master' | 'self_signing' | 'user_signing', string>>
  readonly self_signing_public_key: string
  readonly keys_query_answer: KeysAnswer
  readonly expected: {
    readonly signed_bytes_utf8: string
    readonly key_id: string
    readonly signature: string
    readonly upload_body: JsonObject
  }
}

type ByUser<Value> = Record<string, Value>
/** A key object; tests change copies of it. */
export interface KeyObject {
  user_id: string
  device_id?: string
  usage?: string[]
  keys: Record<string, string>
  signatures: ByUser<Record<string, string>>
  [member: string]: unknown
}

interface KeysAnswer {
  device_keys: ByUser<Record<string, KeyObject>>
  master_keys: ByUser<KeyObject>
  self_signing_keys: ByUser<KeyObject>
  user_signing_keys: ByUser<KeyObject>
  failures?: JsonObject
  [member: string]: unknown
}

interface Vectors {
  readonly accounts: readonly [VectorAccount, VectorAccount]
  readonly canonical_json: {
    readonly object: JsonObject
    readonly signed_bytes_utf8: string
    readonly seed_hex: string
    readonly public_key: string
    readonly signature: string
  }
  readonly recovery_keys: { readonly bytes_0_to_31: string; readonly wrong: Readonly<Record<string, string>> }
}

/** Throw-away accounts and expected values, made by other programs: keys, answers and signatures are exact. */
export const VECTORS: Vectors = JSON.parse(readFileSync(new URL('vectors.json', import.meta.url), 'utf8'))

/** The parts of an answer that tests change. */
export interface AccountParts {
  readonly answer: KeysAnswer
  readonly device: KeyObject
  readonly master: KeyObject
  readonly selfSigning: KeyObject
}

/** A copy of what the server shows of an account, for a test to change. @throws Error where a part is missing */
export function partsOf({
  keys_query_answer: shown,
  user_id: userId,
  device_id: deviceId,
}: VectorAccount): AccountParts {
  const answer = structuredClone(shown)
  const device = answer.device_keys[userId]?.[deviceId]
  const master = answer.master_keys[userId]
  const selfSigning = answer.self_signing_keys[userId]
  if (device === undefined || master === undefined || selfSigning === undefined) throw new Error('incomplete vector')
  return { answer, device, master, selfSigning }
}
