import { type ExchangePorts, exchange, REQUEST_DEADLINE_MS, type ResponseHints } from '../http/exchange.js'
import type { HttpResponse } from '../http/transport.js'
import type { Secret } from '../secret.js'

/**
 * GitHub Enterprise Server supports no newer version before 3.21.
 * @see https://docs.github.com/en/rest/about-the-rest-api/api-versions
 */
const API_VERSION = '2022-11-28'

/** The response to the last attempt. */
export interface ForgeAnswer extends HttpResponse {
  /** Whether an earlier attempt, without a response or with 5xx, may have taken effect. */
  readonly inDoubt: boolean
}

/** Reads from a refusal whether it is transient. @param now milliseconds since 1970 */
export type ReadHints = (response: HttpResponse, now: number) => ResponseHints

type Method = 'GET' | 'PUT' | 'DELETE'

/** The REST API of a forge, with the token that may write secrets. */
export class ForgeApi {
  readonly url: string
  readonly #token: Secret
  readonly #ports: ExchangePorts
  readonly #readHints: ReadHints

  constructor(url: string, token: Secret, ports: ExchangePorts, readHints: ReadHints) {
    this.url = url
    this.#token = token
    this.#ports = ports
    this.#readHints = readHints
  }

  /** Sends a request. @throws NetworkError if there is no complete response */
  async send(method: Method, path: string, body?: object): Promise<ForgeAnswer> {
    const answer = await this.#try(method, path, body, { 'x-github-api-version': API_VERSION })
    if (answer.status !== 410) return answer
    // A retired version is answered with 410; without a version the oldest supported one is used.
    const second = await this.#try(method, path, body, {})
    return { ...second, inDoubt: second.inDoubt || answer.inDoubt }
  }

  async #try(
    method: Method,
    path: string,
    body: object | undefined,
    version: Readonly<Record<string, string>>,
  ): Promise<ForgeAnswer> {
    const headers = {
      accept: 'application/vnd.github+json',
      authorization: `Bearer ${this.#token.reveal()}`,
      ...version,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    }
    const request = { method, url: this.url + path, headers, deadlineMs: REQUEST_DEADLINE_MS }
    const sent = body === undefined ? request : { ...request, body: JSON.stringify(body) }
    const read = (response: HttpResponse) => this.#readHints(response, this.#ports.clock.now())
    const { response, answerLost } = await exchange(sent, this.#ports, read)
    return { ...response, inDoubt: answerLost }
  }
}
