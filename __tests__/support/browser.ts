import { request } from 'node:http'
import type { Homeserver } from './homeserver.js'

/** What a person's browser does in a login through single sign-on, without a browser. */
export interface LoopbackAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

/** Follows the address that the command printed, as far as the server hands the person over, and comes back. */
export async function comeBackUrl(server: Homeserver, printed: string, localpart: string): Promise<string> {
  const redirected = await fetch(printed, { redirect: 'manual' })
  const location = redirected.headers.get('location') ?? ''
  const target = new URL(new URL(location).searchParams.get('redirect') ?? '')
  target.searchParams.set('loginToken', server.issueLoginToken(localpart))
  return target.href
}

/** One request to the listener, with whatever headers. */
export function ask(
  url: string,
  options: {
    readonly method?: string
    readonly headers?: Readonly<Record<string, string>>
    readonly path?: string
  } = {},
): Promise<LoopbackAnswer> {
  const { method = 'GET', headers = {}, path } = options
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers, ...(path === undefined ? {} : { path }), agent: false }, (answer) => {
      let body = ''
      answer.setEncoding('utf8').on('data', (chunk: string) => {
        body += chunk
      })
      answer.on('error', reject)
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body }))
    })
    sent.on('error', reject)
    sent.end()
  })
}

/** What a browser sends with every page that a person goes to: https://www.w3.org/TR/fetch-metadata/ */
const NAVIGATION = {
  'sec-fetch-site': 'cross-site',
  'sec-fetch-mode': 'navigate',
  'sec-fetch-dest': 'document',
  'sec-fetch-user': '?1',
}

/** Goes to a page and through its redirects, as a browser does. `fetch` would send `sec-fetch-mode: cors`. */
export async function navigate(url: string): Promise<LoopbackAnswer & { readonly url: string }> {
  const answer = await ask(url, { headers: NAVIGATION })
  const location = answer.headers['location']
  return location === undefined ? { ...answer, url } : navigate(new URL(String(location), url).href)
}
