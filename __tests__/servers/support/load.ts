import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createJob, type StepResult } from '../../support/runner.js'
import { makeDirectory } from './real-process.js'
import type { Synapse } from './synapse.js'

/** What a load did. */
export interface LoadResult {
  readonly cycles: readonly Cycle[]
  /** What went wrong, in words. */
  readonly failures: readonly string[]
  /** Devices of the account that are left, but for the one that counts them. */
  readonly sessionsLeft: number
  readonly seconds: number
  /** Memory of Synapse before and after, in MiB. */
  readonly serverMemory: readonly [before: number, after: number]
}

interface Cycle {
  /** From the start of the login step to the end of the post step, in milliseconds. */
  readonly ms: number
  /** The most that a process of the action held, in MiB. */
  readonly memory: number
}

export interface LoadOptions {
  readonly cycles: number
  readonly parallel: number
  readonly password: string
  /** Told after each cycle how many are done. */
  readonly onProgress?: (done: number) => void
}

const USE = `exec "$NODE" -e '
fetch(process.env.HOMESERVER + "/_matrix/client/v3/account/whoami", { headers: { authorization: "Bearer " + process.env.TOKEN } })
  .then((answer) => { process.exitCode = answer.ok ? 0 : 1 })'`

/** Jobs that log in, use the token, and log out in the post step: so many in all, so many at once. */
export async function runLoad(server: Synapse, options: LoadOptions): Promise<LoadResult> {
  const { cycles: wanted, parallel, password } = options
  const directory = makeDirectory('load')
  const user = `load${parallel}`
  const watch = await server.register(user, password)
  const before = memoryOf(server.pid)
  const cycles: Cycle[] = []
  const failures: string[] = []
  let begun = 0
  const worker = async () => {
    while (begun < wanted) {
      begun += 1
      const done = await runCycle(server, user, password, join(directory, String(begun)))
      cycles.push(done)
      failures.push(...done.failures)
      options.onProgress?.(cycles.length)
    }
  }
  const start = performance.now()
  await Promise.all(Array.from({ length: parallel }, worker))
  const seconds = (performance.now() - start) / 1000
  const { body } = await server.call('GET', '/_matrix/client/v3/devices', { token: watch })
  rmSync(directory, { recursive: true })
  const devices = Array.isArray(body['devices']) ? body['devices'].length : Number.NaN
  return { cycles, failures, sessionsLeft: devices - 1, seconds, serverMemory: [before, memoryOf(server.pid)] }
}

async function runCycle(server: Synapse, user: string, password: string, report: string) {
  writeFileSync(report, '')
  let token = ''
  const preload = `--require ${process.cwd()}/__tests__/support/preload/report-memory.cjs`
  const job = await createJob({
    secrets: () => [password, token].filter(Boolean),
    env: { NODE_OPTIONS: preload, MEMORY_REPORT: report },
  })
  try {
    const start = performance.now()
    const login = await job.runAction('.', { homeserver: server.url, user, password, logout: 'always' })
    token = login.outputs['access-token'] ?? ''
    const used = await job.runScript(USE, {
      env: { NODE: process.execPath, TOKEN: token, HOMESERVER: server.url, NODE_OPTIONS: '' },
    })
    const posts = await job.finish()
    const ms = performance.now() - start
    const memory = Math.max(...readFileSync(report, 'utf8').trim().split('\n').map(Number)) / 1024
    return { ms, memory, failures: [login, used, ...posts].flatMap(complaints) }
  } finally {
    await job.dispose()
  }
}

function complaints({ outcome, annotations, rawStderr }: StepResult): string[] {
  const messages = annotations.map(({ message }) => message)
  return outcome === 'success' ? messages : [`failed: ${rawStderr}`, ...messages]
}

/** Resident memory of a process, in MiB. */
function memoryOf(pid: number): number {
  const [, kilobytes = 'NaN'] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kilobytes) / 1024
}
