import {
  type ApiError,
  describeRefusal,
  isRefusedWith,
  isUnrecognized,
  malformed,
  type Operation,
} from '../api/error.js'
import { isJsonObject, type JsonObject, type ServerText, stringMember } from '../api/values.js'
import { Failure, type FailureCode } from '../failures.js'
import { describeUser, isSameUser, type UserIdentifier } from './identifiers.js'

/** Creates the failure that explains a refusal. */
export function refusal(error: ApiError, code: FailureCode, hint?: string): Failure {
  return new Failure(code, describeRefusal(error), hint, { cause: error })
}

/** Checks the owner of a token. @throws Failure `wrong-user` if it is another user */
export function requireOwner(userId: ServerText, user: UserIdentifier | undefined): void {
  if (user === undefined || isSameUser(user, userId.raw)) return
  throw new Failure('wrong-user', `The access token belongs to ${userId}, not to ${describeUser(user)}.`)
}

const SERVER_LIMIT =
  'The server has reached a limit, such as its monthly active users, or its administrator blocks logins. The credential ' +
  'was not rejected: keep it, and ask the administrator of the server.'

const TERMS = 'Log in as this account with a client such as Element and accept the terms of the server.'

const SUSPENDED = 'The account is suspended. The credential was not rejected: ask the administrator of the server.'

/** Error codes with the same meaning for every credential, in which the credential is not the cause. */
const COMMON_ERRCODES: ReadonlyMap<string, { readonly code: FailureCode; readonly hint?: string }> = new Map([
  ['M_USER_DEACTIVATED', { code: 'account-deactivated' }],
  ['M_USER_LOCKED', { code: 'account-locked' }],
  ['M_USER_LIMIT_EXCEEDED', { code: 'device-limit' }],
  ['M_RESOURCE_LIMIT_EXCEEDED', { code: 'denied', hint: SERVER_LIMIT }],
  ['M_CONSENT_NOT_GIVEN', { code: 'denied', hint: TERMS }],
  ['M_USER_SUSPENDED', { code: 'denied', hint: SUSPENDED }],
])

/** Explains a refusal about the account or the server; `undefined` if the refusal is about the credential. */
export function accountFailure(error: ApiError): Failure | undefined {
  const { problem } = error
  if (problem.kind !== 'refused') return undefined
  const known = COMMON_ERRCODES.get(problem.errcode ?? '') ?? deviceLimit(problem.text)
  return known === undefined ? undefined : refusal(error, known.code, known.hint)
}

/**
 * Recognizes a full device list. Matrix Authentication Service has no errcode for it
 * (crates/handlers/src/compat/login.rs).
 */
function deviceLimit(text: ServerText | undefined): { readonly code: FailureCode; readonly hint?: string } | undefined {
  return text !== undefined && /device limit/i.test(text.raw) ? { code: 'device-limit' } : undefined
}

/** Explains why `whoami` refuses a token that was just issued. */
export function refusedNewToken(error: ApiError): Failure | undefined {
  if (!isRefusedWith(error, 401) && !isRefusedWith(error, 403)) return undefined
  const hint = 'The server issued this token a moment ago and rejects it. Its log or its administrator can tell why.'
  return accountFailure(error) ?? refusal(error, 'token-invalid', hint)
}

/** Explains a 401 or 403 for a token: it is unknown, expired or refused. @param input the input that held the token */
export function refusedToken(error: ApiError, input: string, hint: string): Failure | undefined {
  if (!isRefusedWith(error, 401) && !isRefusedWith(error, 403)) return undefined
  const known = accountFailure(error)
  if (known !== undefined) return known
  const message = `${describeRefusal(error)} It was given as \`${input}\`.`
  return new Failure('token-invalid', message, hint, { cause: error })
}

/** The client of a homeserver, as far as these questions need it. */
interface Client {
  readonly baseUrl: string
  send(request: { readonly operation: Operation; readonly method: 'GET'; readonly path: string }): Promise<JsonObject>
  askOnce(path: string): Promise<JsonObject | undefined>
}

const LIST_FLOWS: Operation = { phrase: 'say which logins it offers' }

/**
 * Returns whether the server is older than Matrix 1.1 and supports `r0` only. Servers list fewer versions than they
 * support, so this is requested only after `v3` was not recognized.
 */
export async function isBeforeV1(client: Pick<Client, 'askOnce'>): Promise<boolean> {
  const versions = await fetchVersions(client)
  return versions !== undefined && !versions.some((version) => /^v\d/.test(version))
}

/**
 * Requests the versions in `/versions`; `undefined` if the response is not usable. Used only to explain a failure.
 */
export async function fetchVersions(client: Pick<Client, 'askOnce'>): Promise<readonly string[] | undefined> {
  const answer = await client.askOnce('/_matrix/client/versions')
  const versions: unknown = answer?.versions
  return Array.isArray(versions) ? versions.filter((version) => typeof version === 'string') : undefined
}

/**
 * Requests the login types of `GET /login`; `undefined` if the server does not have this API (404 `M_UNRECOGNIZED`):
 * it offers OAuth only, or a proxy does not forward the path.
 * @throws ApiError, NetworkError
 * @see https://spec.matrix.org/latest/client-server-api/#get_matrixclientv3login
 */
export async function fetchLoginFlows(client: Client): Promise<readonly string[] | undefined> {
  try {
    const flows = flowTypes(await client.send({ operation: LIST_FLOWS, method: 'GET', path: '/login' }))
    if (flows !== undefined) return flows
    throw malformed('it has no flows', { server: client.baseUrl, operation: LIST_FLOWS })
  } catch (error) {
    if (isUnrecognized(error)) return undefined
    throw error
  }
}

/** Requests the login types only to explain a failure; `undefined` if the response is not usable. */
export async function askLoginFlows(client: Pick<Client, 'askOnce'>): Promise<readonly string[] | undefined> {
  const current = await client.askOnce('/_matrix/client/v3/login')
  if (current !== undefined) return flowTypes(current)
  const old = (await isBeforeV1(client)) ? await client.askOnce('/_matrix/client/r0/login') : undefined
  return old === undefined ? undefined : flowTypes(old)
}

/** Returns whether the server has an OAuth 2.0 API (Matrix 1.15, MSC2965). Used only to explain a failure. */
export async function hasOAuth(client: Pick<Client, 'askOnce'>): Promise<boolean> {
  const answer = await client.askOnce('/_matrix/client/v1/auth_metadata')
  return answer !== undefined && stringMember(answer, 'issuer') !== undefined
}

function flowTypes({ flows }: JsonObject): readonly string[] | undefined {
  if (!Array.isArray(flows)) return undefined
  return flows
    .map((flow: unknown) => (isJsonObject(flow) ? stringMember(flow, 'type') : undefined))
    .filter((type) => type !== undefined)
}
