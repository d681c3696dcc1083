import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { createHmac, randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stringify } from 'yaml'

/** A real Synapse on loopback, with a database of its own that goes when it stops. */
export interface Synapse {
  /** Base URL, no trailing slash. */
  readonly url: string
  readonly serverName: string
  /** Registers an account and returns its token, which Synapse hands out with it. */
  register(localpart: string, password: string, options?: { readonly admin?: boolean }): Promise<string>
  /** Any request, as JSON. */
  call(method: string, path: string, options?: CallOptions): Promise<{ status: number; body: Record<string, unknown> }>
  stop(): Promise<void>
}

interface CallOptions {
  readonly token?: string
  readonly body?: unknown
}

const SERVER_NAME = 'synapse.test'
const PATIENCE_MS = 60_000

/** Limits so high that tests do not meet them; a test of the limits leaves them out. */
export const NO_LIMITS = {
  rc_login: Object.fromEntries(
    ['address', 'account', 'failed_attempts'].map((bucket) => [bucket, { per_second: 1000, burst_count: 1000 }]),
  ),
  rc_registration: { per_second: 1000, burst_count: 1000 },
  rc_message: { per_second: 1000, burst_count: 1000 },
}

/** Starts Synapse with SQLite. Needs MATRIX_TEST_SYNAPSE_PYTHON, which scripts/test-servers.mjs sets. */
export async function startSynapse(configuration: Readonly<Record<string, unknown>> = NO_LIMITS): Promise<Synapse> {
  const python = process.env.MATRIX_TEST_SYNAPSE_PYTHON
  if (python === undefined) throw new Error('start these tests with npm run test:servers')
  const directory = mkdtempSync(join(tmpdir(), 'synapse-'))
  const port = await freePort()
  const secret = randomBytes(24).toString('hex')
  const file = join(directory, 'homeserver.yaml')
  writeFileSync(file, stringify({ ...baseConfiguration(directory, port, secret), ...configuration }))
  const args = ['-m', 'synapse.app.homeserver', '-c', file]
  const generated = spawnSync(python, [...args, '--generate-keys'], { cwd: directory, encoding: 'utf8' })
  if (generated.status !== 0) throw new Error(`Synapse does not start: ${generated.stderr}`)
  const child = spawn(python, args, { cwd: directory, stdio: ['ignore', 'ignore', 'ignore'] })
  const url = `http://127.0.0.1:${port}`
  await waitUntilUp(url, child, join(directory, 'homeserver.log'))
  return {
    url,
    serverName: SERVER_NAME,
    register: (localpart, password, options) => register(url, secret, localpart, password, options?.admin === true),
    call: (method, path, options) => call(url, method, path, options),
    stop: () => stop(child, directory),
  }
}

function baseConfiguration(directory: string, port: number, secret: string): Record<string, unknown> {
  writeFileSync(join(directory, 'log.yaml'), stringify(logging(join(directory, 'homeserver.log'))))
  return {
    server_name: SERVER_NAME,
    pid_file: join(directory, 'homeserver.pid'),
    listeners: [{ port, type: 'http', tls: false, bind_addresses: ['127.0.0.1'], resources: [{ names: ['client'] }] }],
    database: { name: 'sqlite3', args: { database: join(directory, 'homeserver.db') } },
    log_config: join(directory, 'log.yaml'),
    media_store_path: join(directory, 'media'),
    signing_key_path: join(directory, 'signing.key'),
    registration_shared_secret: secret,
    macaroon_secret_key: randomBytes(24).toString('hex'),
    form_secret: randomBytes(24).toString('hex'),
    report_stats: false,
    trusted_key_servers: [],
    enable_metrics: false,
    bcrypt_rounds: 4,
  }
}

function logging(file: string): Record<string, unknown> {
  return {
    version: 1,
    handlers: { file: { class: 'logging.FileHandler', filename: file } },
    root: { level: 'WARNING', handlers: ['file'] },
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => {
        if (typeof address === 'object' && address !== null) resolve(address.port)
        else reject(new Error('no port'))
      })
    })
  })
}

/** Asks until there is an answer: nothing tells from outside when Synapse is ready. */
async function waitUntilUp(url: string, child: ChildProcess, log: string): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS
  while (Date.now() < deadline && child.exitCode === null) {
    const up = await fetch(`${url}/_matrix/client/versions`).then(
      (response) => response.ok,
      () => false,
    )
    if (up) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  child.kill('SIGKILL')
  throw new Error(`Synapse did not come up: ${readFileSync(log, 'utf8').slice(-2000)}`)
}

async function call(
  url: string,
  method: string,
  path: string,
  { token, body }: CallOptions = {},
): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(url + path, {
    method,
    headers: {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const answer: unknown = await response.json()
  return { status: response.status, body: typeof answer === 'object' && answer !== null ? { ...answer } : {} }
}

/** docs/admin_api/register_api.md of element-hq/synapse: a nonce, and an HMAC over all that is asked for. */
async function register(url: string, secret: string, username: string, password: string, admin: boolean) {
  const path = '/_synapse/admin/v1/register'
  const { body } = await call(url, 'GET', path)
  const nonce = String(body.nonce)
  const fields = [nonce, username, password, admin ? 'admin' : 'notadmin'].join('\0')
  const mac = createHmac('sha1', secret).update(fields).digest('hex')
  const registered = await call(url, 'POST', path, { body: { nonce, username, password, admin, mac } })
  if (registered.status !== 200) throw new Error(`not registered: ${JSON.stringify(registered.body)}`)
  return String(registered.body.access_token)
}

function stop(child: ChildProcess, directory: string): Promise<void> {
  return new Promise((resolve) => {
    const last = setTimeout(() => child.kill('SIGKILL'), 10_000)
    child.on('exit', () => {
      clearTimeout(last)
      rmSync(directory, { recursive: true, force: true })
      resolve()
    })
    child.kill('SIGTERM')
  })
}
