import { type Answer, type Incoming, objectOf, parseJson, refuse } from '../answers.js'
import { missingText, strictJson } from '../mas/strict-json.js'
import type { ServerParts } from '../parts.js'
import type { Route } from './route.js'

export const refreshRoutes: readonly Route[] = [{ method: 'POST', path: /^\/refresh$/, handle: refresh }]

/** `POST /refresh`, without a token in its header: refresh_tokens.md of Synapse, MSC2918. */
function refresh(request: Incoming, { facts, refreshTokens }: ServerParts): Answer | undefined {
  if (facts.refresh === undefined) return undefined
  if (facts.refresh.kind === 'mas') {
    const strict = strictJson(request, (members) => missingText(members, 'refresh_token'))
    return 'refused' in strict ? strict.refused : refreshTokens.refresh(String(strict.members['refresh_token']))
  }
  const body = parseJson(request.body)
  if (body === undefined) return refuse({ status: 400, errcode: 'M_NOT_JSON', error: 'Content not JSON.' })
  const { refresh_token: token } = objectOf(body)
  if (typeof token === 'string') return refreshTokens.refresh(token)
  if (token !== undefined)
    return refuse({ status: 400, errcode: 'M_INVALID_PARAM', error: 'Invalid param: refresh_token' })
  return refuse({ status: 400, errcode: 'M_MISSING_PARAM', error: "Missing params: ['refresh_token']" })
}
