import { randomBytes } from 'node:crypto'
import { makeCertificate } from '../certificate.js'
import { startHomeserver } from '../homeserver.js'
import { startProxy } from '../proxy.js'
import { createJob, type Job } from '../runner.js'

/** A step as the log of a run shows it. */
export interface RecordedStep {
  readonly name: string
  readonly outcome: 'success' | 'failure'
  /** Lines of the masked log, without line breaks. */
  readonly lines: readonly string[]
}

/** What the documents show of a run. */
export interface RecordedRun {
  readonly job: string
  readonly steps: readonly RecordedStep[]
  /** Job summary as the action wrote it, masked. */
  readonly summary: string
}

const HOMESERVER = 'https://matrix.example.org'

/** Prints the token by mistake, then uses it. */
const SCRIPT = `echo "Authorization: Bearer $TOKEN"
curl --fail-with-body --silent --show-error --header "Authorization: Bearer $TOKEN" \\
  "$HOMESERVER/_matrix/client/v3/account/whoami"
`

/** Shown in place of the device ID, which is random where the session ends with the job, so that the pictures stay the same. */
const DEVICE_ID = 'GHA-7QK2MZ4VXN3T'

const linesOf = (log: string) => log.split('\n').filter((line) => line !== '')

/**
 * Runs the built login action, a step that uses the token, and the post step. The homeserver is the embedded one: a local
 * proxy connects `matrix.example.org` to it, so that the log names no address of this machine.
 */
export async function recordRun(): Promise<RecordedRun> {
  const password = randomBytes(18).toString('base64url')
  const certificate = makeCertificate(new URL(HOMESERVER).hostname)
  const server = await startHomeserver({
    flavour: 'synapse',
    users: [{ localpart: 'bot', password }],
    tls: certificate,
  })
  const proxy = await startProxy(Number(new URL(server.url).port))
  const env = {
    HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`,
    NODE_EXTRA_CA_CERTS: certificate.certFile,
    CURL_CA_BUNDLE: certificate.certFile,
  }
  const job = await createJob({ env, secrets: () => server.secrets() })
  try {
    return await runSteps(job, password)
  } finally {
    await job.dispose()
    await proxy.stop()
    await server.stop()
    await certificate.stop()
  }
}

async function runSteps(job: Job, password: string): Promise<RecordedRun> {
  const inputs = {
    homeserver: HOMESERVER,
    user: '@bot:example.org',
    password,
    logout: 'always',
  }
  const login = await job.runAction('.', inputs)
  const env = { HOMESERVER, TOKEN: login.outputs['access-token'] ?? '' }
  const used = await job.runScript(SCRIPT, { env })
  const [post] = await job.finish()
  if (post === undefined) throw new Error('The login action has no post step.')
  const fixed = (text: string) => text.replaceAll(login.outputs['device-id'] ?? '', DEVICE_ID)
  const command = `▸ Run ${SCRIPT.split('\n')[0]}\n`
  const recorded = [
    ['Log in to Matrix', login, ''],
    ['Use the token', used, command],
    ['Post Log in to Matrix', post, ''],
  ] as const
  const steps = recorded.map(([name, { outcome, log }, before]) => ({
    name,
    outcome,
    lines: linesOf(before + fixed(log)),
  }))
  const failed = steps.find(({ outcome }) => outcome === 'failure')
  if (failed !== undefined) throw new Error(`The step “${failed.name}” failed:\n${failed.lines.join('\n')}`)
  return { job: 'tell', steps, summary: fixed(login.summary) }
}
