import { spawn } from 'node:child_process'
import { installed } from './real-process.js'

/** Starts a client as a later step would. Resolves to the JSON of the last line that it printed: libraries print, too. */
export function runClient(command: string, script: string, env: Readonly<Record<string, string>>): Promise<unknown> {
  const modules = { MATRIX_TEST_JS_SDK: installed('MATRIX_TEST_JS_SDK') }
  const child = spawn(command, [script], {
    env: { PATH: process.env['PATH'] ?? '', ...modules, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 60_000,
  })
  return new Promise((resolve, reject) => {
    const output = { stdout: '', stderr: '' }
    for (const name of ['stdout', 'stderr'] as const)
      child[name].setEncoding('utf8').on('data', (chunk: string) => {
        output[name] += chunk
      })
    child.on('error', reject)
    child.on('close', (status) => {
      if (status === 0) resolve(lastLine(output.stdout))
      else reject(new Error(`${script} ended with ${status}: ${output.stderr}`))
    })
  })
}

function lastLine(text: string): unknown {
  const line = text.trimEnd().split('\n').at(-1) ?? ''
  return line.startsWith('{') ? JSON.parse(line) : line
}
