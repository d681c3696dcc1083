import { spawn } from 'node:child_process'
import { createServer } from 'node:http'
import { installed } from './real-process.js'

/** What became of a walk through pages in a real browser. */
export interface Browsed {
  readonly url: string
  readonly text: string
  /** Addresses behind the back button, the last page's too. */
  readonly history: readonly string[]
  readonly answers: readonly { readonly url: string; readonly status: number; readonly method: string }[]
}

interface Walk {
  /** Names of buttons or links, in order. */
  readonly click?: readonly string[]
  /** A name that leads to this machine. */
  readonly alias?: string
  /** What has to be there in the end: a text, the beginning of an address, so many answers of an origin. */
  readonly until: {
    readonly text?: string
    readonly address?: string
    readonly origin?: string
    readonly answers?: number
  }
}

/** Walks in a Chromium of its own, with a profile of its own. */
export function browse(url: string, walk: Walk): Promise<Browsed> {
  for (const variable of ['MATRIX_TEST_CHROMIUM', 'MATRIX_TEST_PLAYWRIGHT']) installed(variable)
  const args = ['__tests__/servers/support/clients/browse.mjs', url, JSON.stringify(walk)]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  let [printed, said] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    printed += chunk
  })
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    said += chunk
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (status) => {
      if (status === 0) resolve(JSON.parse(printed))
      else reject(new Error(`the browser failed: ${said}`))
    })
  })
}

/** A page on an origin of its own. @returns its address, and the queries that it was asked with */
export async function servePage(html: string) {
  const queries: URLSearchParams[] = []
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://127.0.0.1')
    if (pathname === '/') queries.push(searchParams)
    response.writeHead(pathname === '/' ? 200 : 404, { 'content-type': 'text/html; charset=utf-8' })
    response.end(html)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('no port')
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return { url: `http://127.0.0.1:${address.port}/`, queries, stop }
}
