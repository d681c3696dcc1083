// Starts the homeserver of the test suite in the background, for runners that cannot run containers. Sets the output
// `url`, and stays until the job is over.
import { spawn } from 'node:child_process'
import { appendFileSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'

if (process.argv[2] === 'serve') {
  const { startHomeserver } = await import(pathToFileURL('build/demo/homeserver.js').href)
  const { url } = await startHomeserver({ users: [{ localpart: 'bot', password: process.env.PASSWORD }] })
  process.send?.(url)
  process.disconnect?.()
} else {
  const server = spawn(process.execPath, [fileURLToPath(import.meta.url), 'serve'], {
    detached: true,
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  server.once('exit', (code) => {
    console.error(`The homeserver ended: ${code}`)
    process.exitCode = 1
  })
  server.once('message', (url) => {
    console.log(`Homeserver: ${url}`)
    appendFileSync(process.env.GITHUB_OUTPUT, `url=${url}\n`)
    server.removeAllListeners('exit')
    server.unref()
  })
}
