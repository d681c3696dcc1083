import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import sodium from 'libsodium-wrappers'
import { type Fault, type FaultMatch, type FaultSource, Faults, misbehave } from './homeserver/faults.js'

/** A secret as it is kept: its value, and for an organization who may see it. */
interface StoredSecret {
  readonly value: string
  readonly visibility?: string
  readonly selected?: readonly number[]
}

interface ForgeRequest {
  readonly method: string
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

/** The secrets API of GitHub, or of Gitea and Forgejo, on loopback. */
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

export interface ForgeOptions {
  readonly kind?: 'github' | 'forgejo'
  readonly secrets?: Readonly<Record<string, StoredSecret>>
  /** May stop requests. */
  readonly gate?: FaultSource
}

const TOKEN = 'github_pat_AAAAAAAAAAAAAAAAAAAAAA'

/** Sealed boxes are opened with libsodium, which is not what seals them. */
export async function startForge({ kind = 'github', secrets = {}, gate }: ForgeOptions = {}): Promise<Forge> {
  await sodium.ready
  const keys = sodium.crypto_box_keypair()
  const stored = new Map(Object.entries(secrets))
  const requests: ForgeRequest[] = []
  const faults = new Faults(gate)
  const prefix = kind === 'forgejo' ? '/api/v1' : ''

  const open = (sealed: string) =>
    sodium.to_string(sodium.crypto_box_seal_open(Buffer.from(sealed, 'base64'), keys.publicKey, keys.privateKey))

  const answer = ({ method, path, headers, body }: ForgeRequest): [number, object?] => {
    if (headers.authorization !== `Bearer ${TOKEN}`) return [401, { message: 'Bad credentials' }]
    if (kind === 'github' && headers['user-agent'] === undefined) return [403, { message: 'User-Agent required' }]
    const [file = '', query = ''] = path.split('?')
    if (method === 'GET' && file.endsWith('/public-key')) {
      return [200, { key_id: 'key-1', key: Buffer.from(keys.publicKey).toString('base64') }]
    }
    if (method === 'GET' && file.endsWith('/repositories'))
      return [200, selectedPage(stored.get(file.replace(/\/repositories$/, '')), query)]
    if (method === 'GET') {
      const secret = stored.get(file)
      return secret === undefined
        ? [404, { message: 'Not Found' }]
        : [200, { name: 'X', visibility: secret.visibility }]
    }
    const sent = JSON.parse(body)
    const existed = stored.has(file)
    if (kind === 'forgejo') stored.set(file, { value: sent.data })
    else if (sent.key_id !== 'key-1') return [422, { message: 'Unprocessable' }]
    else
      stored.set(file, {
        value: open(sent.encrypted_value),
        visibility: sent.visibility,
        selected: sent.selected_repository_ids,
      })
    return [existed ? 204 : 201]
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
    const [status, answered] = answer(recorded)
    if (fault?.kind === 'hold' && fault.phase === 'after-effect') {
      fault.reached()
      await fault.until
    }
    if (fault?.kind === 'lose-answer') return void request.socket.destroy()
    response.writeHead(status, answered === undefined ? {} : { 'content-type': 'application/json' })
    response.end(answered === undefined ? undefined : JSON.stringify(answered))
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('no port')
  return {
    url: `http://127.0.0.1:${address.port}${prefix}`,
    requests,
    secrets: stored,
    token: TOKEN,
    inject: (match, fault) => faults.add(match, fault),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function selectedPage(secret: StoredSecret | undefined, query: string): object {
  const parameters = new URLSearchParams(query)
  const size = Number(parameters.get('per_page') ?? '30')
  const from = (Number(parameters.get('page') ?? '1') - 1) * size
  const ids = secret?.selected ?? []
  return { total_count: ids.length, repositories: ids.slice(from, from + size).map((id) => ({ id })) }
}
