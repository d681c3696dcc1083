import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Homeserver, startHomeserver } from '../homeserver.js'
import { createJob, type Job, type StepResult } from '../runner.js'
import { askPassword } from './ask-password.js'

const USAGE = `npm run demo                                            against a homeserver that lives as long as the demo
npm run demo -- --homeserver https://… --user @me:…     against a real one; asks for the password`

/** Where the demo logs in, and with what. */
interface Stage {
  readonly inputs: Readonly<Record<string, string>>
  readonly secrets: () => readonly string[]
  readonly close: () => Promise<void>
}

function readOptions() {
  const { values } = parseArgs({
    options: { homeserver: { type: 'string' }, user: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
  })
  return values
}

async function embeddedStage(): Promise<Stage> {
  const password = randomBytes(18).toString('base64url')
  const server: Homeserver = await startHomeserver({ flavour: 'synapse', users: [{ localpart: 'bot', password }] })
  return {
    inputs: { homeserver: server.url, user: 'bot', password },
    secrets: () => server.secrets(),
    close: () => server.stop(),
  }
}

async function realStage(homeserver: string | undefined, user: string): Promise<Stage> {
  const password = await askPassword(`Password of ${user}: `)
  return {
    inputs: { ...(homeserver === undefined ? {} : { homeserver }), user, password },
    secrets: () => [password],
    close: () => Promise.resolve(),
  }
}

function heading(text: string): void {
  console.log(`\n── ${text} ${'─'.repeat(Math.max(0, 90 - text.length))}`)
}

function show(result: StepResult): void {
  console.log(result.log.trimEnd())
  if (result.summary !== '')
    console.log(`(job summary) ${result.summary.replace(/<[^>]+>+/g, ' ').replace(/\s+/g, ' ')}`)
}

/** What a user sees of the outputs: the runner prints *** for the token. */
function showOutputs(outputs: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(outputs)) {
    const masked = (name === 'access-token' || name === 'refresh-token') && value !== ''
    console.log(`  ${name.padEnd(15)} ${masked ? '***' : value}`)
  }
}

async function runWorkflow(job: Job, stage: Stage): Promise<boolean> {
  heading('uses: OWNER/matrix-access-token@v1   with: logout: always')
  const login = await job.runAction('.', { ...stage.inputs, logout: 'always' })
  show(login)
  heading('its outputs')
  showOutputs(login.outputs)
  if (login.outcome === 'failure') return false
  heading('run: a step that uses the token')
  const env = {
    MATRIX_HOMESERVER: login.outputs['homeserver-url'] ?? '',
    MATRIX_ACCESS_TOKEN: login.outputs['access-token'] ?? '',
  }
  const script = join(process.cwd(), '__tests__/support/demo/next-step.mjs')
  const used = await job.runScript(`"${process.execPath}" "${script}"`, { env })
  show(used)
  return used.outcome === 'success'
}

async function main(): Promise<void> {
  const { homeserver, user, help } = readOptions()
  if (help === true || (homeserver !== undefined && user === undefined)) {
    console.log(USAGE)
    process.exitCode = help === true ? 0 : 2
    return
  }
  const stage = user === undefined ? await embeddedStage() : await realStage(homeserver, user)
  const job = await createJob({ secrets: stage.secrets })
  try {
    const worked = await runWorkflow(job, stage)
    heading('Post step')
    for (const post of await job.finish()) show(post)
    heading(worked ? 'It works.' : 'It failed; the lines above say why.')
    if (!worked) process.exitCode = 1
  } finally {
    await job.dispose()
    await stage.close()
  }
}

await main()
