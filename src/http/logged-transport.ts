import type { Transport } from './transport.js'

/** In characters: a server names some of the URLs, and what a server says is cut. */
const LONGEST_URL = 300

const KNOWN_TYPE = /^(application\/json|text\/html|text\/plain)\b/

/** Tells what each exchange came to, for debug logging: method, URL (which never holds a secret), status, time. */
export function loggedTransport(transport: Transport, now: () => number, debug: (message: string) => void): Transport {
  return async (request) => {
    const start = now()
    const tell = (result: string) =>
      debug(`${request.method} ${request.url.slice(0, LONGEST_URL)}: ${result}, ${now() - start} ms`)
    try {
      const response = await transport(request)
      // A header can hold what was not masked yet, so only what is known is shown of it.
      const type = KNOWN_TYPE.exec(response.headers['content-type'] ?? '')?.[0] ?? 'another content type'
      tell(`${response.status}, ${type}, ${response.body.length} bytes`)
      return response
    } catch (error) {
      tell(error instanceof Error ? error.message : 'failed')
      throw error
    }
  }
}
