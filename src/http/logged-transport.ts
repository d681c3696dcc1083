import type { Transport } from './transport.js'

/** Tells what each exchange came to, for debug logging: method, URL (which never holds a secret), status, time. */
export function loggedTransport(transport: Transport, now: () => number, debug: (message: string) => void): Transport {
  return async (request) => {
    const start = now()
    const tell = (result: string) => debug(`${request.method} ${request.url}: ${result}, ${now() - start} ms`)
    try {
      const response = await transport(request)
      const type = response.headers['content-type'] ?? 'no content type'
      tell(`${response.status}, ${type}, ${response.body.length} bytes`)
      return response
    } catch (error) {
      tell(error instanceof Error ? error.message : 'failed')
      throw error
    }
  }
}
