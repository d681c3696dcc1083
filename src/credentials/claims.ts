import { parseJsonObject } from '../matrix/json.js'
import { cleanServerText } from '../matrix/server-text.js'
import type { Secret } from '../secret.js'

/**
 * The claims of a JSON Web Token (RFC 7519), a line each. Only what it says, never the token itself nor its signature, so
 * that a trust policy can be debugged from the log.
 */
export function describeClaims(token: Secret): readonly string[] {
  const [, payload, signature] = token.reveal().split('.')
  const claims = payload === undefined || signature === undefined ? undefined : decode(payload)
  if (claims === undefined) return ['It is no JSON Web Token: three parts with dots between them, the second one JSON.']
  return Object.entries(claims).map(([name, value]) => cleanServerText(`${name}: ${JSON.stringify(value)}`))
}

function decode(payload: string): Readonly<Record<string, unknown>> | undefined {
  return parseJsonObject(Buffer.from(payload, 'base64url'))
}
