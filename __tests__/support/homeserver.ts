import { createServer as createHttpServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { Accounts, type Device, type UserSpec } from './homeserver/accounts.js'
import { type Fault, type FaultMatch, type FaultSource, Faults, misbehave } from './homeserver/faults.js'
import { FLAVOURS, type Flavour } from './homeserver/flavours.js'
import { type RateLimit, RateLimiter } from './homeserver/rate-limit.js'
import { Rooms } from './homeserver/rooms.js'
import { type Answer, answer, type Incoming, type ServerParts } from './homeserver/routes.js'

export type { Flavour } from './homeserver/flavours.js'

export interface HomeserverOptions {
  readonly flavour?: Flavour
  readonly serverName?: string
  readonly users?: readonly UserSpec[]
  /** A path in front of `/_matrix`, without a slash at its end. */
  readonly basePath?: string
  /** PEM. */
  readonly tls?: { readonly key: string; readonly cert: string }
  readonly passwordLogin?: boolean
  readonly rateLimit?: RateLimit
  readonly now?: () => number
  /** May stop requests. */
  readonly gate?: FaultSource
}

/** A request as it came, and what was answered (0: nothing). */
interface RecordedRequest extends Incoming {
  readonly url: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  status: number
}

export interface Homeserver {
  /** Base URL, no trailing slash. */
  readonly url: string
  readonly serverName: string
  readonly requests: readonly RecordedRequest[]
  inject(match: FaultMatch, fault: Fault): void
  liveTokens(): readonly string[]
  isAlive(token: string): boolean
  devices(localpart: string): readonly Device[]
  /** A token as if made by hand. */
  issueToken(localpart: string, deviceId?: string, token?: string): string
  /** Every password, and every token that was ever issued. */
  secrets(): readonly string[]
  stop(): Promise<void>
}

/** Starts a homeserver on loopback that behaves as one of the real ones, and misbehaves when told to. */
export async function startHomeserver(options: HomeserverOptions = {}): Promise<Homeserver> {
  const { flavour = 'synapse', serverName = 'example.org', users = [], basePath = '', tls, now = Date.now } = options
  const accounts = new Accounts(flavour, serverName, users)
  const faults = new Faults(options.gate)
  const requests: RecordedRequest[] = []
  let url = ''
  const parts: ServerParts = {
    flavour,
    accounts,
    rooms: new Rooms(),
    limiter: new RateLimiter(options.rateLimit, now),
    passwordLogin: options.passwordLogin ?? true,
    baseUrl: () => url,
  }
  const handle = (request: IncomingMessage, response: ServerResponse) =>
    void serve(request, response, { parts, faults, requests, basePath })
  const server = tls === undefined ? createHttpServer(handle) : createHttpsServer(tls, handle)
  url = `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${await listen(server)}${basePath}`
  return {
    url,
    serverName,
    requests,
    inject: (match, fault) => faults.add(match, fault),
    liveTokens: () => accounts.liveTokens(),
    isAlive: (token) => accounts.owner(token) !== undefined,
    devices: (localpart) => accounts.devices(accounts.userId(localpart)),
    issueToken: (localpart, deviceId, token) => accounts.open(localpart, deviceId, undefined, token),
    secrets: () => accounts.secrets(),
    stop: () => stop(server),
  }
}

interface Serving {
  readonly parts: ServerParts
  readonly faults: Faults
  readonly requests: RecordedRequest[]
  readonly basePath: string
}

async function serve(request: IncomingMessage, response: ServerResponse, serving: Serving): Promise<void> {
  const recorded = await record(request, serving.basePath)
  serving.requests.push(recorded)
  response.on('finish', () => {
    recorded.status = response.statusCode
  })
  const fault = serving.faults.take(recorded.method, recorded.path)
  if (fault?.kind === 'refuse') return void request.socket.destroy()
  if (fault?.kind === 'stall') return
  if (fault?.kind === 'respond') return misbehave(fault, response, '')
  await hold(fault, 'before-effect')
  const answered = answer(recorded, serving.parts)
  await hold(fault, 'after-effect')
  if (fault?.kind === 'lose-answer') return void request.socket.destroy()
  if (fault?.kind === 'alter') return send(response, { ...answered, body: { ...answered.body, ...fault.members } })
  if (fault === undefined || fault.kind === 'hold') return send(response, answered)
  misbehave(fault, response, JSON.stringify(answered.body))
}

async function hold(fault: Fault | undefined, phase: 'before-effect' | 'after-effect'): Promise<void> {
  if (fault?.kind !== 'hold' || fault.phase !== phase) return
  fault.reached()
  await fault.until
}

async function record(request: IncomingMessage, basePath: string): Promise<RecordedRequest> {
  let body = ''
  for await (const chunk of request.setEncoding('utf8')) body += chunk
  const url = request.url ?? ''
  const path = url.split('?')[0] ?? ''
  return {
    method: request.method ?? '',
    url,
    path: path.startsWith(basePath) ? path.slice(basePath.length) : path,
    headers: request.headers,
    contentType: request.headers['content-type'],
    authorization: request.headers.authorization,
    body,
    status: 0,
  }
}

function send(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(JSON.stringify(body))
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      if (typeof address === 'object' && address !== null) resolve(address.port)
      else reject(new Error('no port'))
    })
  })
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}

/** All flavours there are, for tests that hold for each. */
export const ALL_FLAVOURS = Object.keys(FLAVOURS).filter((name): name is Flavour => name in FLAVOURS)
