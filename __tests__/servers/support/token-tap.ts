import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { freePort } from './real-process.js'

/**
 * Stands in front of a homeserver, passes everything on, and remembers each token that is handed out: real servers do not
 * tell, and the leak check has to know.
 */
export interface TokenTap {
  readonly url: string
  readonly tokens: readonly string[]
  /** As `POST /_matrix/client/v3/login 200`. */
  readonly requests: readonly string[]
  stop(): Promise<void>
}

export async function startTokenTap(target: string): Promise<TokenTap> {
  const tokens: string[] = []
  const requests: string[] = []
  const port = await freePort()
  const server = createServer((request, response) => {
    pass(request, response).catch(() => response.destroy())
  })
  const pass = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(Buffer.from(chunk))
    const { method = '', url = '', headers } = request
    const answer = await fetch(target + url, {
      method,
      headers: Object.fromEntries(
        ['authorization', 'content-type'].flatMap((name) => {
          const value = headers[name]
          return typeof value === 'string' ? [[name, value]] : []
        }),
      ),
      ...(method === 'GET' ? {} : { body: Buffer.concat(chunks) }),
    })
    const body = await answer.text()
    for (const [, token = ''] of body.matchAll(/"(?:access|refresh)_token"\s*:\s*"([^"]+)"/g)) tokens.push(token)
    requests.push(`${method} ${url.split('?')[0]} ${answer.status}`)
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'application/json' })
    response.end(body)
  }
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${port}`,
    tokens,
    requests,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
