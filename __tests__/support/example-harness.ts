import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { request } from 'node:https'
import { dirname, join } from 'node:path'
import { makeCertificate } from './certificate.js'
import { PASSWORD, stopLater } from './fixture.js'
import { type Homeserver, type HomeserverOptions, startHomeserver } from './homeserver.js'
import { startProxy } from './proxy.js'
import type { ForeignAction, WorkflowHarness } from './workflow/harness.js'
import { runWorkflow, type WorkflowRun } from './workflow.js'

export const SEAL_PASSPHRASE = 'c2VhbCB0aGlzIHdlbGwsIGZyaWVuZA=='
/** The first room of the embedded homeserver; it stands in for `!room:example.org`, which a reader replaces as well. */
export const ROOM = '!room0:example.org'
const BOTS = ['bot', 'bot.alertmanager.receiver', 'alerts', 'deploys', 'reminders', 'reporter']

/** A harness on which an example runs as it is written, down to the server name `example.org`. */
export interface ExampleHarness {
  readonly server: Homeserver
  /** A room with a bot in it, as `ROOM`. */
  openRoom(bot: string): Promise<void>
  /**
   * @param name a file in `examples/`
   * @param change what a reader changes in it
   */
  run(name: string, differences?: Partial<WorkflowHarness>, change?: (text: string) => string): Promise<WorkflowRun>
}

/**
 * `example.org` is the embedded homeserver: a proxy leads every host to it, and its certificate, which the machine of the
 * jobs trusts, has that name. Its `.well-known` then names the loopback address.
 */
export async function setExampleHarness(options: HomeserverOptions = {}): Promise<ExampleHarness> {
  const certificate = stopLater(makeCertificate('example.org', '127.0.0.1'))
  const users = BOTS.map((localpart) => ({ localpart, password: PASSWORD }))
  const server = stopLater(await startHomeserver({ users, tls: certificate, ...options }))
  const proxy = stopLater(await startProxy(Number(new URL(server.url).port)))
  const harness: WorkflowHarness = {
    secrets: { MATRIX_PASSWORD: PASSWORD, SEAL_PASSPHRASE },
    env: {
      HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`,
      NO_PROXY: '127.0.0.1',
      NODE_EXTRA_CA_CERTS: certificate.certFile,
      // For curl, and for Python.
      CURL_CA_BUNDLE: certificate.certFile,
      SSL_CERT_FILE: certificate.certFile,
    },
    foreign: { 'actions/checkout': checkout({}) },
    otherSecrets: () => server.secrets(),
  }
  const run: ExampleHarness['run'] = (name, differences = {}, change = (text) => text) => {
    const { env, foreign } = differences
    const text = change(readFileSync(join('examples', name), 'utf8')).replaceAll('!room:example.org', ROOM)
    return runWorkflow(text, {
      ...harness,
      ...differences,
      env: { ...harness.env, ...env },
      foreign: { ...harness.foreign, ...foreign },
    })
  }
  return { server, openRoom: (bot) => openRoom(server, bot, certificate.cert), run }
}

async function openRoom(server: Homeserver, bot: string, ca: string): Promise<void> {
  const token = server.issueToken(bot, 'ROOMOPENER')
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  await new Promise<void>((resolve, reject) => {
    const url = `${server.url}/_matrix/client/v3/createRoom`
    const asked = request(url, { method: 'POST', ca, headers }, (response) => response.resume().on('end', resolve))
    asked.on('error', reject).end('{}')
  })
}

/** An action that puts files into the workspace, as a checkout does; scripts among them can be executed. */
export function checkout(files: Readonly<Record<string, string>>): ForeignAction {
  return (job) => {
    for (const [name, content] of Object.entries(files)) {
      const path = join(job.workspace, name)
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, content)
      if (content.startsWith('#!')) chmodSync(path, 0o755)
    }
    return {}
  }
}
