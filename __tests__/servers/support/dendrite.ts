import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { answersVersions, freePort, installed, makeDirectory, startRealProcess } from './real-process.js'
import { call, type RealServer, register } from './real-server.js'

const SERVER_NAME = 'dendrite.test'

export interface DendriteOptions {
  /** Of `client_api`; none unless given. */
  readonly rateLimiting?: { readonly threshold: number; readonly cooloffMs: number }
}

/** Starts Dendrite with a SQLite file for each of its components, and no federation. */
export async function startDendrite({ rateLimiting }: DendriteOptions = {}): Promise<RealServer> {
  const command = installed('MATRIX_TEST_DENDRITE')
  const directory = makeDirectory('dendrite')
  const port = await freePort()
  const secret = randomBytes(24).toString('hex')
  writeFileSync(join(directory, 'key.pem'), signingKey())
  writeFileSync(join(directory, 'dendrite.yaml'), stringify(configuration(secret, rateLimiting)))
  const url = `http://127.0.0.1:${port}`
  const process = await startRealProcess({
    command,
    args: ['--config', 'dendrite.yaml', '--http-bind-address', `127.0.0.1:${port}`],
    directory,
    isUp: () => answersVersions(url),
  })
  return {
    url,
    port,
    serverName: SERVER_NAME,
    register: (localpart, password, options) => register(url, secret, localpart, password, options?.admin === true),
    call: (method, path, options) => call(url, method, path, options),
    stop: () => process.stop(),
  }
}

/** The form that cmd/generate-keys writes: test/keys.go of Dendrite. */
function signingKey(): string {
  const seed = randomBytes(32).toString('base64')
  return `-----BEGIN MATRIX PRIVATE KEY-----\nKey-ID: ed25519:tests\n\n${seed}\n-----END MATRIX PRIVATE KEY-----\n`
}

function configuration(secret: string, rateLimiting: DendriteOptions['rateLimiting']) {
  const database = (name: string) => ({
    connection_string: `file:${name}.db`,
    max_open_conns: 1,
    max_idle_conns: 1,
    conn_max_lifetime: -1,
  })
  return {
    version: 2,
    global: {
      server_name: SERVER_NAME,
      private_key: 'key.pem',
      disable_federation: true,
      jetstream: { in_memory: true, storage_path: './' },
    },
    client_api: {
      registration_shared_secret: secret,
      rate_limiting:
        rateLimiting === undefined
          ? { enabled: false }
          : { enabled: true, threshold: rateLimiting.threshold, cooloff_ms: rateLimiting.cooloffMs },
    },
    federation_api: { database: database('federation') },
    key_server: { database: database('keys') },
    media_api: { database: database('media'), base_path: './media' },
    mscs: { database: database('mscs') },
    relay_api: { database: database('relay') },
    room_server: { database: database('rooms') },
    sync_api: { database: database('sync') },
    user_api: {
      account_database: database('accounts'),
      device_database: database('devices'),
      bcrypt_cost: 4,
    },
    logging: [{ type: 'std', level: 'warn' }],
  }
}
