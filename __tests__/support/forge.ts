import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import sodium from 'libsodium-wrappers'
import type { ForgeReply, ForgeState, Responder, StoredSecret } from './forge-answers.js'
import { forgejoResponder, giteaResponder } from './forge-gitea.js'
import { githubResponder } from './forge-github.js'
import { type Fault, type FaultMatch, type FaultSource, Faults, misbehave } from './homeserver/faults.js'

interface ForgeRequest {
  readonly method: string
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

/** The secrets API of GitHub, Gitea or Forgejo, on loopback. */
export interface Forge {
  /** `GITHUB_API_URL`. */
  readonly url: string
  readonly requests: readonly ForgeRequest[]
  /** By path: `/repos/octo/demo/actions/secrets/MATRIX_ACCESS_TOKEN`. */
  readonly secrets: Map<string, StoredSecret>
  readonly token: string
  inject(match: FaultMatch, fault: Fault): void
  stop(): Promise<void>
}

export type ForgeKind = 'github' | 'forgejo' | 'gitea'

export interface ForgeOptions extends Partial<Omit<ForgeState, 'secrets'>> {
  readonly kind?: ForgeKind
  /** Of Forgejo. */
  readonly version?: number
  readonly secrets?: Readonly<Record<string, StoredSecret>>
  /** May stop requests. */
  readonly gate?: FaultSource
}

const TOKEN = 'github_pat_AAAAAAAAAAAAAAAAAAAAAA'

export async function startForge(options: ForgeOptions = {}): Promise<Forge> {
  await sodium.ready
  const { kind = 'github', version = 7, secrets = {}, gate } = options
  const state: ForgeState = {
    token: options.token ?? TOKEN,
    secrets: new Map(Object.entries(secrets)),
    missing: options.missing ?? [],
    renamed: options.renamed ?? {},
    isAdministrator: options.isAdministrator ?? true,
    scopes: options.scopes ?? ['write:repository', 'write:organization'],
  }
  const responders: Readonly<Record<ForgeKind, Responder>> = {
    github: githubResponder(sodium),
    gitea: giteaResponder,
    forgejo: forgejoResponder(version),
  }
  const requests: ForgeRequest[] = []
  const faults = new Faults(gate)
  const prefix = kind === 'github' ? '' : '/api/v1'

  const answer = ({ method, path: whole, headers, body }: ForgeRequest): ForgeReply => {
    if (kind === 'github' && headers['user-agent'] === undefined)
      return { status: 403, body: { message: 'Request forbidden by administrative rules.' } }
    const [path = '', query = ''] = whole.split('?')
    return responders[kind]({ method, path, query, authorization: headers.authorization, body }, state)
  }

  const server = createServer((request, response) => void serve(request, response))
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    let body = ''
    for await (const chunk of request.setEncoding('utf8')) body += chunk
    const path = (request.url ?? '').slice(prefix.length)
    const recorded = { method: request.method ?? '', path, headers: request.headers, body }
    requests.push(recorded)
    const fault = faults.take(recorded.method, path)
    if (fault?.kind === 'refuse') return void request.socket.destroy()
    if (fault?.kind === 'respond') return misbehave(fault, response, '')
    if (fault?.kind === 'hold' && fault.phase === 'before-effect') {
      fault.reached()
      await fault.until
    }
    const reply = answer(recorded)
    if (fault?.kind === 'hold' && fault.phase === 'after-effect') {
      fault.reached()
      await fault.until
    }
    if (fault?.kind === 'lose-answer') return void request.socket.destroy()
    const json = reply.body === undefined ? {} : { 'content-type': 'application/json' }
    response.writeHead(reply.status, { ...json, ...reply.headers })
    response.end(reply.body === undefined ? undefined : JSON.stringify(reply.body))
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('no port')
  return {
    url: `http://127.0.0.1:${address.port}${prefix}`,
    requests,
    secrets: state.secrets,
    token: state.token,
    inject: (match, fault) => faults.add(match, fault),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
