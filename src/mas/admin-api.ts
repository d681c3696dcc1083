import type { ExchangePorts, Repeatable } from '../http/exchange.js'
import { AnswerError, type ErrorReader } from '../matrix/answers.js'
import { call } from '../matrix/call.js'
import { isJsonObject, type JsonObject, stringMember } from '../matrix/json.js'
import { isIssuedToken, isMaskable } from '../matrix/login.js'
import { cleanServerText } from '../matrix/server-text.js'
import { type ClientCredentials, clientCredentialsGrant } from '../oauth/token.js'
import { Secret } from '../secret.js'

/** Where the admin API of a Matrix Authentication Service is. */
export interface AdminAddress {
  readonly tokenEndpoint: string
  /** Issuer, without a slash at its end: the API is below it. */
  readonly issuer: string
}

/** Operations, as in "refused to …"; what a refusal means depends on them. */
export const GET_ADMIN_TOKEN = 'give a token for its admin API'
const ADMIN_SCOPE = 'urn:mas:admin'

/** `{"errors":[{"title":"…"}]}`: docs/api of element-hq/matrix-authentication-service. */
const adminErrors: ErrorReader = (body) => {
  const errors: unknown = body['errors']
  const first: unknown = Array.isArray(errors) ? errors[0] : undefined
  return { errcode: undefined, text: isJsonObject(first) ? stringMember(first, 'title') : undefined }
}

/** A request of the admin API. */
interface AdminRequest {
  readonly operation: string
  readonly method: 'GET' | 'POST'
  /** Behind `/api/admin/v1`. */
  readonly path: string
  readonly body?: JsonObject
  readonly repeatable?: Repeatable
}

/** The admin API of a Matrix Authentication Service, with a token of a few minutes. */
export class AdminApi {
  readonly address: AdminAddress
  readonly #token: Secret
  readonly #ports: ExchangePorts

  private constructor(address: AdminAddress, token: Secret, ports: ExchangePorts) {
    this.address = address
    this.#token = token
    this.#ports = ports
  }

  /**
   * Opens it with the credentials of a client that is listed in `policy.data.admin_clients`.
   * @param mask is told the token before anything else is done with it
   */
  static async open(
    address: AdminAddress,
    credentials: ClientCredentials,
    ports: ExchangePorts,
    mask: (secret: string) => void,
  ): Promise<AdminApi> {
    const { tokenEndpoint } = address
    const answer = await clientCredentialsGrant(tokenEndpoint, GET_ADMIN_TOKEN, credentials, ADMIN_SCOPE, ports)
    const token = stringMember(answer, 'access_token')
    if (token !== undefined && isMaskable(token)) mask(token)
    if (token === undefined || !isIssuedToken(token)) {
      const what = 'it has no usable access_token'
      throw new AnswerError({ kind: 'malformed', status: 200, what }, address.issuer, GET_ADMIN_TOKEN, false)
    }
    return new AdminApi(address, new Secret(token), ports)
  }

  /** @throws AnswerError, NoAnswerError */
  send({ path, body, ...request }: AdminRequest): Promise<JsonObject> {
    return call(
      {
        ...request,
        server: cleanServerText(this.address.issuer),
        url: `${this.address.issuer}/api/admin/v1${path}`,
        authorization: `Bearer ${this.#token.reveal()}`,
        readError: adminErrors,
        ...(body === undefined ? {} : { body: { json: body } }),
      },
      this.#ports,
    )
  }
}

/** A resource of a JSON:API answer: its ID and attributes, or nothing. */
export function resource(value: unknown): { readonly id: string; readonly attributes: JsonObject } | undefined {
  if (!isJsonObject(value)) return undefined
  const [id, attributes] = [stringMember(value, 'id'), value['attributes']]
  return id === undefined || !isJsonObject(attributes) ? undefined : { id, attributes }
}
