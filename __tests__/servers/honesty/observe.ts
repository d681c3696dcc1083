import type { Scenario } from './scenarios.js'

/** A homeserver that scenarios are run on, real or embedded. */
export interface Subject {
  readonly url: string
  readonly serverName: string
  readonly password: string
}

/** What can be seen of an answer and its effect, with what is random or a matter of time replaced. */
export interface Observation {
  readonly status: number
  readonly contentType: string
  readonly retryAfter: boolean
  readonly body: unknown
  /** Whether the two sessions from before live, and the one that the answer holds. */
  readonly alive: Readonly<Record<string, boolean>>
  /** The devices of the user, as a new session sees them. */
  readonly devices: readonly string[]
}

/** Runs one scenario for a user of its own. */
export async function observe(scenario: Scenario, subject: Subject, user: string): Promise<Observation> {
  const [first, second] = [await logIn(subject, user, 'ONE'), await logIn(subject, user, 'TWO')]
  const { serverName, password } = subject
  const values: Readonly<Record<string, string>> = {
    $first: first,
    $second: second,
    $user: user,
    $USER: user.toUpperCase(),
    $server: serverName,
    $SERVER: serverName.toUpperCase(),
    $password: password,
  }
  const fill = (text: string) => text.replace(/\$\w+/g, (name) => values[name] ?? name)
  const answer = await send(subject, scenario, fill)
  const fresh = /"access_token":\s*"([^"]+)"/.exec(answer.text)?.[1]
  const sessions = { first, second, ...(fresh === undefined ? {} : { fresh }) }
  const alive: Record<string, boolean> = {}
  for (const [name, token] of Object.entries(sessions)) alive[name] = await isAlive(subject, token)
  return {
    status: answer.status,
    contentType: answer.contentType,
    retryAfter: answer.retryAfter,
    body: normalised(answer.text, scenario),
    alive,
    devices: await deviceIds(subject, user),
  }
}

/** `403 M_FORBIDDEN`, `200 ends first`: as the scenarios say what they expect. */
export function summary({ status, body, alive }: Observation): string {
  const errcode = typeof body === 'object' && body !== null && 'errcode' in body ? ` ${String(body.errcode)}` : ''
  const ended = Object.keys(alive).filter((name) => !alive[name])
  return `${status}${errcode}${ended.length === 0 ? '' : ` ends ${ended.join(' and ')}`}`
}

async function send(subject: Subject, scenario: Scenario, fill: (text: string) => string) {
  const { method, path, body, headers = {} } = scenario
  const filled = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, fill(value)]))
  const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body)
  const response = await fetch(`${subject.url}${path.startsWith('/.') ? '' : '/_matrix/client'}${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...filled },
    ...(text === undefined ? {} : { body: fill(text) }),
  })
  return {
    status: response.status,
    contentType: response.headers.get('content-type')?.split(';')[0] ?? '',
    retryAfter: response.headers.has('retry-after'),
    text: await response.text(),
  }
}

/** Tokens, devices that the server made up, addresses and times differ from run to run. */
function normalised(text: string, { body }: Scenario): unknown {
  const made = typeof body === 'object' && 'device_id' in body ? [] : ['device_id']
  const random = new Set(['access_token', 'last_seen_ip', 'last_seen_ts', 'session', ...made])
  try {
    return JSON.parse(text, (name, value: unknown) => {
      // The words of Go's parser are not imitated.
      if (name === 'error' && typeof value === 'string') return value.replace(/^(Reading request body failed:).*/, '$1')
      if (name === 'devices' && Array.isArray(value)) return value.length
      return random.has(name) && value !== '' ? `<${name}>` : value
    })
  } catch {
    return text === '' ? '' : '<no JSON>'
  }
}

async function logIn(subject: Subject, user: string, device: string): Promise<string> {
  const identifier = { type: 'm.id.user', user }
  const response = await fetch(`${subject.url}/_matrix/client/v3/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ type: 'm.login.password', identifier, password: subject.password, device_id: device }),
  })
  const answer: unknown = await response.json()
  if (typeof answer !== 'object' || answer === null || !('access_token' in answer))
    throw new Error(`no login: ${JSON.stringify(answer)}`)
  return String(answer.access_token)
}

function get(subject: Subject, path: string, token: string): Promise<Response> {
  return fetch(`${subject.url}/_matrix/client/v3${path}`, { headers: { authorization: `Bearer ${token}` } })
}

async function isAlive(subject: Subject, token: string): Promise<boolean> {
  return (await get(subject, '/account/whoami', token)).status === 200
}

async function deviceIds(subject: Subject, user: string): Promise<string[]> {
  const token = await logIn(subject, user, 'EYES')
  const answer: unknown = await (await get(subject, '/devices', token)).json()
  const list = typeof answer === 'object' && answer !== null && 'devices' in answer ? answer.devices : []
  const ids = Array.isArray(list) ? list.map(({ device_id: id }) => String(id)) : []
  const known = ['EYES', 'NEW', 'ONE', 'TWO', '']
  // What a registration left, and what the server made up, has a name of its own on each server.
  return ids.map((id) => (known.includes(id) ? id : '<made up>')).toSorted()
}
