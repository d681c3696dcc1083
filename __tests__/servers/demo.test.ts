import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { expect, test } from '@jest/globals'
import { startSynapse } from './support/synapse.js'

/** Runs the demo as a person does who pipes the password in. */
function runDemo(args: readonly string[], input: string): Promise<{ status: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['scripts/demo.mjs', ...args], { stdio: ['pipe', 'pipe', 'pipe'] })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk: string) => {
        output += chunk
      })
    }
    child.on('error', reject)
    child.on('close', (status) => resolve({ status, output }))
    child.stdin.end(`${input}\n`)
  })
}

test('the demo works against a real server, and says clearly what fails', async () => {
  const server = await startSynapse()
  try {
    const password = randomBytes(18).toString('base64url')
    await server.register('me', password)
    const args = ['--homeserver', server.url, '--user', '@me:synapse.test']
    const demo = await runDemo(args, password)
    expect(demo.output).toContain('read back: “Hello from a workflow” from @me:synapse.test')
    expect(demo.output).toContain('Logged out')
    expect(demo.output).not.toContain(password)
    expect(demo.status).toBe(0)
    const refused = await runDemo(args, 'another password altogether')
    expect(refused.output).toContain('403 M_FORBIDDEN')
    expect(refused.status).toBe(1)
  } finally {
    await server.stop()
  }
})
