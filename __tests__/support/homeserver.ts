import { createServer as createHttpServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { Device } from './homeserver/accounts.js'
import type { Answer, Incoming } from './homeserver/answers.js'
import { type Fault, type FaultMatch, Faults, misbehave } from './homeserver/faults.js'
import { FLAVOURS, type Flavour } from './homeserver/flavours.js'
import type { Keys } from './homeserver/keys.js'
import { ALL_GRANTS } from './homeserver/mas/clients.js'
import type { DeviceGrantControls } from './homeserver/mas/device-grants.js'
import type { MasService } from './homeserver/mas/service.js'
import type { HomeserverOptions } from './homeserver/options.js'
import { makeParts, type ServerParts, secretsOf } from './homeserver/parts.js'
import { answer } from './homeserver/routes/index.js'

export type { Flavour } from './homeserver/flavours.js'
export type { HomeserverOptions } from './homeserver/options.js'

/** A request as it came, and what was answered (0: nothing). */
interface RecordedRequest extends Incoming {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  status: number
}

interface TokenPair {
  readonly accessToken: string
  readonly refreshToken: string
}

interface PersonalSessionView {
  readonly id: string
  readonly name: string
  readonly scope: string
  readonly revoked: boolean
  readonly token: string
}

/** A session that was left behind. */
interface PiledDevice {
  readonly deviceId: string
  readonly displayName?: string
  /** Milliseconds since 1970; absent: never. */
  readonly lastSeenAt?: number
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
  /** A token as if made by hand; `mat_` and `mpt_` are of their kinds. */
  issueToken(localpart: string, deviceId?: string, token?: string): string
  /** Sessions as they pile up, each on a device of its own. @returns their tokens */
  pileUp(localpart: string, devices: readonly PiledDevice[]): readonly string[]
  /** A login token, as single sign-on hands one to the browser: once, and for a short time. */
  issueLoginToken(localpart: string): string
  /** A legacy session with a refresh token, in the flavours that have one. */
  issueRefreshable(localpart: string, deviceId: string): TokenPair
  /** An OAuth session of MAS, with its scope for the whole API and that device. An unknown client becomes a public one. */
  issueOAuthSession(localpart: string, deviceId: string, clientId: string): TokenPair
  /** A personal session that an administrator made by hand; without seconds it has no end. @returns its token */
  issuePersonalSession(localpart: string, scope: string, name?: string, seconds?: number): string
  /** The personal sessions of a user, the oldest first. */
  personalSessions(localpart: string): readonly PersonalSessionView[]
  /** The human at the browser, for the device authorization grant. */
  readonly deviceGrant: DeviceGrantControls
  /** Encryption keys and account data, to set up and to look at. */
  readonly keys: Keys
  /** Every password, every secret of the configuration, and everything that was ever issued. */
  secrets(): readonly string[]
  stop(): Promise<void>
}

/** Starts a homeserver on loopback that behaves as one of the real ones, and misbehaves when told to. */
export async function startHomeserver(options: HomeserverOptions = {}): Promise<Homeserver> {
  const { basePath = '', tls } = options
  const faults = new Faults(options.gate)
  const requests: RecordedRequest[] = []
  let url = ''
  const parts = makeParts(options, () => url)
  const { accounts, loginTokens, refreshTokens } = parts
  const handle = (request: IncomingMessage, response: ServerResponse) =>
    void serve(request, response, { parts, faults, requests, basePath })
  const server = tls === undefined ? createHttpServer(handle) : createHttpsServer(tls, handle)
  url = `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${await listen(server)}${basePath}`
  return {
    url,
    serverName: accounts.serverName,
    requests,
    inject: (match, fault) => faults.add(match, fault),
    liveTokens: () => accounts.liveTokens(),
    isAlive: (token) => accounts.isAlive(token),
    devices: (localpart) => accounts.devices(accounts.userId(localpart)),
    issueToken: (localpart, deviceId, token) => accounts.open({ localpart, deviceId, token }),
    pileUp: (localpart, devices) => devices.map((device) => accounts.open({ localpart, ...device })),
    issueLoginToken: (localpart) => loginTokens.issue(localpart),
    issueRefreshable: (localpart, deviceId) => {
      const { accessToken, refreshToken } = refreshTokens.open(localpart, deviceId)
      return { accessToken, refreshToken }
    },
    issueOAuthSession: (...session) => issueOAuthSession(parts.mas, ...session),
    issuePersonalSession: (localpart, scope, name = 'by hand', seconds = undefined) =>
      parts.mas.personal.add({ localpart: 'admin' }, localpart, name, scope, seconds).token,
    personalSessions: (localpart) => viewSessions(parts.mas, localpart),
    deviceGrant: parts.mas.grants.controls,
    keys: parts.keys,
    secrets: () => secretsOf(parts),
    stop: () => stop(server),
  }
}

function issueOAuthSession(mas: MasService, localpart: string, deviceId: string, clientId: string): TokenPair {
  const publicClient = { id: clientId, auth: 'none', admin: false, grants: ALL_GRANTS } as const
  const client = mas.clients.find(clientId) ?? mas.clients.add(publicClient)
  const scope = `urn:matrix:client:api:* urn:matrix:client:device:${deviceId}`
  const { accessToken, refreshToken = '' } = mas.oauth.open(client, localpart, scope)
  return { accessToken, refreshToken }
}

function viewSessions({ personal }: MasService, wanted: string): PersonalSessionView[] {
  const sessions = personal.all().filter(({ localpart }) => localpart === wanted)
  return sessions.map(({ id, name, scope, token, revokedAt }) => ({
    id,
    name,
    scope,
    token,
    revoked: revokedAt !== undefined,
  }))
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

function send(response: ServerResponse, { status, headers, body, text }: Answer): void {
  response.writeHead(status, { ...(text === undefined ? { 'content-type': 'application/json' } : {}), ...headers })
  response.end(text ?? JSON.stringify(body))
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
