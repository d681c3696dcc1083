import { ApiError, isRefusedWith, type Operation } from '../api/error.js'
import { isJsonObject, type JsonObject, optionalObject, optionalText, ServerText } from '../api/values.js'
import { type TokenOwner, whoami } from '../matrix/account.js'
import { type ClientRequest, type MatrixClient, WHOAMI } from '../matrix/client.js'
import { refusedToken } from '../matrix/refusals.js'
import type { Secret } from '../secret.js'

const QUERY_KEYS: Operation = { phrase: 'show the encryption keys of the account' }
const STORE_SIGNATURE: Operation = { phrase: 'store the signature' }
const STORE_IDENTITY: Operation = { phrase: 'store the cross-signing identity' }

const TOKEN_HINT =
  'The session was logged out, the token has expired or belongs to another server. Verify in the job that logged in, or ' +
  'store the token that the bot uses now.'

/** The end-to-end encryption and account data endpoints, in one session. */
export class KeysApi {
  readonly client: MatrixClient
  readonly #accessToken: Secret

  constructor(client: MatrixClient, accessToken: Secret) {
    this.client = client
    this.#accessToken = accessToken
  }

  /** Returns the owner of the token. @throws Failure `token-invalid` if the server refuses the token */
  owner(): Promise<TokenOwner> {
    return this.#explained(() => whoami(this.client, this.#accessToken))
  }

  /**
   * Requests the identity of a user and the keys of devices.
   * @param deviceId the only device of interest: the keys of all devices can exceed the size of a response
   * @see https://spec.matrix.org/latest/client-server-api/#post_matrixclientv3keysquery
   */
  queryKeys(userId: string, deviceId?: string): Promise<JsonObject> {
    const body = { device_keys: { [userId]: deviceId === undefined ? [] : [deviceId] } }
    return this.#send({
      operation: QUERY_KEYS,
      method: 'POST',
      path: '/keys/query',
      body,
    })
  }

  /**
   * Uploads the signature of one device. The server answers 200 even if it refused the signature.
   * @returns sanitized server messages about refused signatures; empty if it names none (Dendrite never does)
   * @see https://spec.matrix.org/latest/client-server-api/#post_matrixclientv3keyssignaturesupload
   */
  async uploadSignature(userId: string, deviceId: string, signed: JsonObject): Promise<readonly string[]> {
    const path = '/keys/signatures/upload'
    const body = { [userId]: { [deviceId]: signed } }
    const answer = await this.#send({ operation: STORE_SIGNATURE, method: 'POST', path, body })
    const users = Object.values(optionalObject(answer, 'failures') ?? {})
    return users.flatMap((user) => (isJsonObject(user) ? Object.values(user) : [user])).map(describeFailure)
  }

  /**
   * Reads account data of the user. @returns `undefined` if it is not set
   * @see https://spec.matrix.org/latest/client-server-api/#get_matrixclientv3useruseridaccount_datatype
   */
  async accountData(userId: string, type: string): Promise<JsonObject | undefined> {
    try {
      return await this.#send({
        operation: { phrase: `show ${type}` },
        method: 'GET',
        path: accountDataPath(userId, type),
      })
    } catch (error) {
      if (isRefusedWith(error, 404, 'M_NOT_FOUND')) return undefined
      throw error
    }
  }

  /**
   * Writes account data of the user.
   * @see https://spec.matrix.org/latest/client-server-api/#put_matrixclientv3useruseridaccount_datatype
   */
  async setAccountData(userId: string, type: string, content: JsonObject): Promise<void> {
    const path = accountDataPath(userId, type)
    await this.#send({ operation: { phrase: `store ${type}` }, method: 'PUT', path, body: content })
  }

  /**
   * Uploads a cross-signing identity.
   * @throws ApiError with 401 and `flows` if the server requires User-Interactive Authentication
   * @see https://spec.matrix.org/latest/client-server-api/#post_matrixclientv3keysdevice_signingupload
   */
  async uploadIdentity(body: JsonObject): Promise<void> {
    const path = '/keys/device_signing/upload'
    await this.#send({ operation: STORE_IDENTITY, method: 'POST', path, body })
  }

  #send(request: ClientRequest): Promise<JsonObject> {
    return this.#explained(() => this.client.send({ ...request, accessToken: this.#accessToken }))
  }

  async #explained<Result>(send: () => Promise<Result>): Promise<Result> {
    try {
      return await send()
    } catch (error) {
      throw (error instanceof ApiError ? refusedAccess(error) : undefined) ?? error
    }
  }
}

/** A 401 is about the token, unless it requires User-Interactive Authentication; so is a 403 to `whoami`. */
function refusedAccess(error: ApiError) {
  const { problem, operation } = error
  if (problem.kind !== 'refused' || Array.isArray(problem.body['flows'])) return undefined
  if (problem.status !== 401 && operation !== WHOAMI) return undefined
  return refusedToken(error, 'access-token', TOKEN_HINT)
}

/** Returns the path, encoded: a key ID can be any text, including `/` and `+`. */
function accountDataPath(userId: string, type: string): string {
  return `/user/${encodeURIComponent(userId)}/account_data/${encodeURIComponent(type)}`
}

/** Returns the text of a failure: `message` in Synapse, `error` in the specification. */
function describeFailure(failure: unknown): string {
  if (!isJsonObject(failure)) return 'no reason given'
  const { status } = failure
  const text = optionalText(failure, 'error') ?? optionalText(failure, 'message')
  const parts = [
    typeof status === 'number' ? String(status) : '',
    optionalText(failure, 'errcode') ?? '',
    text === undefined ? '' : `“${text}”`,
  ]
  return String(new ServerText(parts.filter((part) => part !== '').join(' '))) || 'no reason given'
}
