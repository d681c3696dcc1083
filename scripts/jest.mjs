// npm test, npm run test:bundle: builds dist/ if src/ has changed, and runs jest. Arguments go to jest.
import { spawnSync } from 'node:child_process'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildStaleDist } from './fresh-dist.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const FLAGS = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js']

/** No machine that runs tests is in this zone (UTC+12:45, in summer UTC+13:45), and no result may depend on the zone. */
export const TZ = 'Pacific/Chatham'

/** @returns the exit status */
export function runJest(args, env = process.env) {
  buildStaleDist()
  const options = { cwd: root, stdio: 'inherit', env: { TZ, ...env } }
  return spawnSync(process.execPath, [...FLAGS, ...args], options).status ?? 1
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = runJest(process.argv.slice(2))
