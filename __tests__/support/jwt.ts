import { createHmac, createPublicKey, generateKeyPairSync, type JsonWebKey, KeyObject, sign, verify } from 'node:crypto'

/** Members of a JSON Web Token. Times are seconds since 1970: RFC 7519 §2, NumericDate. */
export type Claims = Readonly<Record<string, unknown>>

/** A pair of keys that signs tokens, as an issuer has it. */
export interface SigningKey {
  readonly privateKey: KeyObject
  /** As it stands in a JSON Web Key Set (RFC 7517), with its `kid`. */
  readonly publicJwk: JsonWebKey & { readonly kid: string }
}

/** A token that was taken apart and not believed yet. */
export interface ParsedJwt {
  readonly header: Claims
  readonly claims: Claims
  /** What the signature is over. */
  readonly signed: string
  readonly signature: string
}

/** A key made anew for each run: none stands in this repository. */
export function makeSigningKey(kid: string): SigningKey {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  return { privateKey, publicJwk: { ...publicKey.export({ format: 'jwk' }), kid } }
}

/** A token with an HMAC: RFC 7515, in compact form. */
export function signHs256(claims: Claims, secret: string): string {
  const signed = signingInput({ alg: 'HS256', typ: 'JWT' }, claims)
  return `${signed}.${hmac(signed, secret)}`
}

/** A token with an RSA signature, as GitHub's issuer makes them. */
export function signRs256(claims: Claims, { privateKey, publicJwk }: SigningKey): string {
  const signed = signingInput({ alg: 'RS256', typ: 'JWT', kid: publicJwk.kid }, claims)
  return `${signed}.${sign('sha256', Buffer.from(signed), privateKey).toString('base64url')}`
}

/** `undefined` for what is no token in compact form. */
export function parseJwt(token: string): ParsedJwt | undefined {
  const [header, payload, signature, ...rest] = token.split('.')
  if (header === undefined || payload === undefined || signature === undefined || rest.length > 0) return undefined
  try {
    const read = (part: string): Claims => ({ ...JSON.parse(Buffer.from(part, 'base64url').toString()) })
    return { header: read(header), claims: read(payload), signed: `${header}.${payload}`, signature }
  } catch {
    return undefined
  }
}

export function hasHs256Signature({ signed, signature }: ParsedJwt, secret: string): boolean {
  return signature === hmac(signed, secret)
}

export function hasRs256Signature({ signed, signature }: ParsedJwt, key: JsonWebKey | KeyObject): boolean {
  const publicKey = key instanceof KeyObject ? key : createPublicKey({ key, format: 'jwk' })
  return verify('sha256', Buffer.from(signed), publicKey, Buffer.from(signature, 'base64url'))
}

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const signingInput = (header: Claims, claims: Claims) => `${encode(header)}.${encode(claims)}`
const hmac = (text: string, secret: string) => createHmac('sha256', secret).update(text).digest('base64url')
