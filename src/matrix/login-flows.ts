import { AnswerError } from './answers.js'
import { isUnrecognized, type MatrixClient } from './client.js'
import { isJsonObject, type JsonObject, stringMember } from './json.js'

/**
 * The login types of `GET /login`; `undefined` where the server has no such API (404 `M_UNRECOGNIZED`): then it offers OAuth
 * only, or a proxy does not forward this path.
 * https://spec.matrix.org/latest/client-server-api/#get_matrixclientv3login
 */
export async function fetchLoginFlows(client: MatrixClient): Promise<readonly string[] | undefined> {
  const operation = 'say which logins it offers'
  try {
    const answer = await client.send({ operation, method: 'GET', path: '/login' })
    const flows = flowTypes(answer)
    if (flows !== undefined) return flows
    throw new AnswerError({ kind: 'malformed', status: 200, what: 'it has no flows' }, client.baseUrl, operation, false)
  } catch (error) {
    if (isUnrecognized(error)) return undefined
    throw error
  }
}

function flowTypes({ flows }: JsonObject): readonly string[] | undefined {
  if (!Array.isArray(flows)) return undefined
  return flows
    .map((flow: unknown) => (isJsonObject(flow) ? stringMember(flow, 'type') : undefined))
    .filter((type) => type !== undefined)
}
