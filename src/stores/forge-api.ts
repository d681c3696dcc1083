import { type ExchangePorts, exchange, REQUEST_DEADLINE_MS, type ResponseHints } from '../http/exchange.js'
import type { HttpResponse } from '../http/transport.js'
import type { Secret } from '../secret.js'

/** https://docs.github.com/en/rest/about-the-rest-api/api-versions: GitHub Enterprise Server knows no newer one before 3.21. */
const API_VERSION = '2022-11-28'

/** The answer to the last attempt. */
export interface ForgeAnswer extends HttpResponse {
  /** Whether an earlier attempt, which was not answered or with 5xx, may have been carried out. */
  readonly inDoubt: boolean
}

/** Reads out of a refusal whether it can pass. @param now milliseconds since 1970 */
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

  /** Sends a request. @throws NetworkError where no complete answer comes */
  async send(method: Method, path: string, body?: object): Promise<ForgeAnswer> {
    const answer = await this.#try(method, path, body, { 'x-github-api-version': API_VERSION })
    if (answer.status !== 410) return answer
    // A version whose time has passed is 410; without one the oldest that is left answers.
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
