import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { answersVersions, freePort, installed, makeDirectory, startRealProcess } from './real-process.js'
import { call, type RealServer, register } from './real-server.js'

const SERVER_NAME = 'synapse.test'

/** Limits so high that tests do not meet them; a test of the limits leaves them out. */
export const NO_LIMITS = {
  rc_login: Object.fromEntries(
    ['address', 'account', 'failed_attempts'].map((bucket) => [bucket, { per_second: 1000, burst_count: 1000 }]),
  ),
  rc_registration: { per_second: 1000, burst_count: 1000 },
  rc_message: { per_second: 1000, burst_count: 1000 },
}

export interface Synapse extends RealServer {
  readonly pid: number
}

type Configuration = Readonly<Record<string, unknown>>

/** Starts Synapse with SQLite. @param configuration may need to know the base URL */
export async function startSynapse(
  configuration: Configuration | ((url: string) => Configuration) = NO_LIMITS,
): Promise<Synapse> {
  const python = installed('MATRIX_TEST_SYNAPSE_PYTHON')
  const directory = makeDirectory('synapse')
  const port = await freePort()
  const secret = randomBytes(24).toString('hex')
  const file = join(directory, 'homeserver.yaml')
  const url = `http://127.0.0.1:${port}`
  const chosen = typeof configuration === 'function' ? configuration(url) : configuration
  const settings = { ...baseConfiguration(directory, port, secret), ...chosen }
  writeFileSync(file, stringify(settings))
  const args = ['-m', 'synapse.app.homeserver', '-c', file]
  const generated = spawnSync(python, [...args, '--generate-keys'], { cwd: directory, encoding: 'utf8' })
  if (generated.status !== 0) throw new Error(`Synapse does not start: ${generated.stderr}`)
  const logFile = join(directory, 'homeserver.log')
  const isUp = () => answersVersions(url)
  const process = await startRealProcess({ command: python, args, directory, isUp, logFile })
  return {
    url,
    port,
    pid: process.pid,
    serverName: String(settings.server_name),
    register: (localpart, password, options) => register(url, secret, localpart, password, options?.admin === true),
    call: (method, path, options) => call(url, method, path, options),
    stop: () => process.stop(),
  }
}

function baseConfiguration(directory: string, port: number, secret: string) {
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
