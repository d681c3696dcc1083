import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { type Homeserver, startHomeserver } from '../homeserver.js'
import { REPOSITORY } from '../publisher.js'
import { createJob, type Job, type StepResult } from '../runner.js'
import { askPassword } from './ask-password.js'
import { type DemoOptions, parseDemoOptions, USAGE } from './options.js'

/** The name of the session in the account's list of devices. */
const DEVICE_NAME = 'Matrix Access Token: npm run demo'
const INTERRUPTED = 130

/** Where the demo logs in, and with what. */
interface Target {
  readonly inputs: Readonly<Record<string, string>>
  /** Values for the leak check, which ends a run that prints one of them. */
  readonly secrets: () => readonly string[]
  readonly close: () => Promise<void>
}

async function embeddedTarget(): Promise<Target> {
  const password = randomBytes(18).toString('base64url')
  const server: Homeserver = await startHomeserver({ flavour: 'synapse', users: [{ localpart: 'bot', password }] })
  return {
    inputs: { homeserver: server.url, user: 'bot', password },
    secrets: () => server.secrets(),
    close: () => server.stop(),
  }
}

/** @returns undefined where no password is given */
async function realTarget({ homeserver, user }: DemoOptions & { kind: 'real' }): Promise<Target | undefined> {
  const password = await askPassword(`Password of ${user}: `)
  if (password === '') return undefined
  return {
    inputs: { ...(homeserver === undefined ? {} : { homeserver }), user, password },
    // A person's password can be an ordinary word, which the log may hold for other reasons.
    secrets: () => [],
    close: () => Promise.resolve(),
  }
}

function heading(text: string): void {
  console.log(`\n── ${text} ${'─'.repeat(Math.max(0, 90 - text.length))}`)
}

const onLog = (line: string) => console.log(line)

function showSummary({ summary }: StepResult): void {
  if (summary === '') return
  console.log(`(job summary) ${summary.replace(/<[^>]+>+/g, ' ').replace(/\s+/g, ' ')}`)
}

/** Prints the outputs as a user sees them: the runner prints *** for a token. */
function showOutputs(outputs: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(outputs).filter(([, text]) => text !== '')) {
    const masked = (name === 'access-token' || name === 'refresh-token') && value !== ''
    console.log(`  ${name.padEnd(18)} ${masked ? '***' : value}`)
  }
}

/** What a user would paste, with the inputs of this run. */
function showWorkflow(inputs: Readonly<Record<string, string>>): void {
  heading('The workflow')
  const shown = { ...inputs, password: '${{ secrets.MATRIX_PASSWORD }}' }
  console.log(`- uses: ${REPOSITORY}@v1\n  id: matrix\n  with:`)
  for (const [name, value] of Object.entries(shown)) console.log(`    ${name}: ${JSON.stringify(value)}`)
  console.log('- run: node next-step.mjs\n  env:')
  console.log('    MATRIX_HOMESERVER: ${{ steps.matrix.outputs.homeserver-url }}')
  console.log('    MATRIX_ACCESS_TOKEN: ${{ steps.matrix.outputs.access-token }}')
}

const NEXT =
  `With your own server: npm run demo -- --user @bot:example.org\n` +
  `In a workflow: https://github.com/${REPOSITORY}/blob/main/docs/getting-started.md`

/** @returns whether both steps succeeded */
async function runSteps(job: Job, target: Target, interrupted: AbortSignal): Promise<boolean> {
  const inputs = { ...target.inputs, 'device-name': DEVICE_NAME, logout: 'always' }
  showWorkflow(inputs)
  heading(`uses: ${REPOSITORY}@v1`)
  const login = await job.runAction('.', inputs, { onLog })
  showSummary(login)
  heading('its outputs')
  showOutputs(login.outputs)
  if (login.outcome === 'failure' || interrupted.aborted) return false
  heading('run: a step that uses the token')
  const env = {
    MATRIX_HOMESERVER: login.outputs['homeserver-url'] ?? '',
    MATRIX_ACCESS_TOKEN: login.outputs['access-token'] ?? '',
  }
  const script = join(process.cwd(), '__tests__/support/demo/next-step.mjs')
  const used = await job.runScript(`"${process.execPath}" "${script}"`, { env, onLog })
  return used.outcome === 'success'
}

/** Runs the steps, then the post step on every path, so that no session remains. */
async function runJob(job: Job, target: Target, interrupted: AbortSignal): Promise<boolean> {
  try {
    return await runSteps(job, target, interrupted)
  } finally {
    heading('Post step')
    await job.finish({ onLog })
  }
}

/** Lets the first Ctrl-C go on to the post step. The second one ends the demo at once. */
function catchInterruption(): AbortSignal {
  const controller = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      console.error('\nInterrupted. The demo logs out first.')
      controller.abort()
    })
  }
  return controller.signal
}

async function runDemo(target: Target): Promise<number> {
  const interrupted = catchInterruption()
  const job = await createJob({ secrets: target.secrets })
  try {
    const succeeded = await runJob(job, target, interrupted)
    heading(succeeded ? 'It works. What to do next' : 'The demo failed. The log above gives the reason.')
    if (succeeded) console.log(NEXT)
    if (interrupted.aborted) return INTERRUPTED
    return succeeded ? 0 : 1
  } finally {
    await job.dispose()
    await target.close()
  }
}

async function main(options: DemoOptions): Promise<number> {
  if (options.kind === 'help') {
    console.log(USAGE)
    return 0
  }
  if (options.kind === 'invalid') {
    console.error(`${options.problem}\n\n${USAGE}`)
    return 2
  }
  const target = options.kind === 'embedded' ? await embeddedTarget() : await realTarget(options)
  if (target === undefined) {
    console.error('No password was given. Nothing was sent.')
    return 1
  }
  return await runDemo(target)
}

try {
  process.exitCode = await main(parseDemoOptions(process.argv.slice(2)))
} catch (error) {
  console.error(`The demo stopped: ${error instanceof Error ? error.message : 'unknown error'}`)
  process.exitCode = 1
}
