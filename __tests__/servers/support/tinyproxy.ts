import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PrivateNames } from './names.js'
import { accepts, freePort, installed, makeDirectory, startRealProcess } from './real-process.js'

/** A real forward proxy on loopback. */
export interface ForwardProxy {
  readonly port: number
  /** What it was asked to connect to: `matrix.example.org:443`. */
  connects(): readonly string[]
  stop(): Promise<void>
}

/** Names are looked up by the proxy, so it is the one who must know them. */
export async function startTinyproxy(
  names: PrivateNames,
  login?: { readonly user: string; readonly password: string },
): Promise<ForwardProxy> {
  const directory = makeDirectory('tinyproxy')
  const port = await freePort()
  const logFile = join(directory, 'tinyproxy.log')
  const lines = [`Port ${port}`, 'Listen 127.0.0.1', 'Timeout 60', `LogFile "${logFile}"`, 'LogLevel Connect']
  if (login !== undefined) lines.push(`BasicAuth ${login.user} ${login.password}`)
  writeFileSync(join(directory, 'tinyproxy.conf'), `${lines.join('\n')}\n`)
  const process = await startRealProcess({
    command: names.command,
    args: [installed('MATRIX_TEST_TINYPROXY'), '-d', '-c', join(directory, 'tinyproxy.conf')],
    directory,
    isUp: () => accepts('127.0.0.1', port),
    logFile,
  })
  return {
    port,
    connects: () =>
      [...readFileSync(logFile, 'utf8').matchAll(/Request \(file descriptor \d+\): CONNECT (\S+)/g)].map(
        ([, target = '']) => target,
      ),
    stop: () => process.stop(),
  }
}
