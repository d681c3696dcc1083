import { type Answer, type Incoming, objectOf, parseJson, plainText, refuse } from '../answers.js'
import type { ServerParts } from '../parts.js'
import type { Route } from './route.js'

export const refreshRoutes: readonly Route[] = [{ method: 'POST', path: /^\/refresh$/, handle: refresh }]

/** `POST /refresh`, without a token in its header: refresh_tokens.md of Synapse, MSC2918. */
function refresh(request: Incoming, { facts, refreshTokens }: ServerParts): Answer | undefined {
  if (facts.refresh === undefined) return undefined
  const strict = facts.refresh.kind === 'mas' ? strictBody(request, 'refresh_token') : undefined
  if (strict !== undefined) return strict
  const body = parseJson(request.body)
  if (body === undefined) return refuse({ status: 400, errcode: 'M_NOT_JSON', error: 'Content not JSON.' })
  const { refresh_token: token } = objectOf(body)
  if (typeof token === 'string') return refreshTokens.refresh(token)
  return refuse({ status: 400, errcode: 'M_MISSING_PARAM', error: "Missing params: ['refresh_token']" })
}

/** The framework of MAS refuses before the route sees the request, and not as Matrix does: crates/handlers/src/compat/refresh.rs. */
function strictBody({ contentType, body }: Incoming, member: string): Answer | undefined {
  if (!/^application\/(.+\+)?json\b/.test(contentType ?? '')) {
    return plainText(415, 'Expected request with `Content-Type: application/json`')
  }
  const parsed = parseJson(body)
  if (parsed === undefined) return plainText(400, 'Failed to parse the request body as JSON')
  if (typeof objectOf(parsed)[member] === 'string') return undefined
  return plainText(422, `Failed to deserialize the JSON body into the target type: missing field \`${member}\``)
}
