// The least action that could log in: it reads its inputs, masks, saves two values, sends one request through the toolkit and
// sets three outputs, without any check. What a login takes beyond it is what the checks take: docs/decisions/start-up.md.
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ncc from '@vercel/ncc'
import { installNpm } from '../scripts/install/npm.mjs'
import { copyToolkit } from '../scripts/toolkit.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))

const SOURCE = `import https from 'node:https'
import * as core from '@actions/core'
import { HttpClient } from '@actions/http-client'

async function main() {
  const password = core.getInput('password')
  core.setSecret(password)
  core.saveState('homeserver', core.getInput('homeserver'))
  core.saveState('phase', 'sent')
  const { access_token, user_id, device_id } = JSON.parse(await logIn(password))
  core.setSecret(access_token)
  core.setOutput('access-token', access_token)
  core.setOutput('user-id', user_id)
  core.setOutput('device-id', device_id)
}

async function logIn(password) {
  const url = new URL(core.getInput('homeserver') + '/_matrix/client/v3/login')
  const headers = { 'content-type': 'application/json' }
  const options = { method: 'POST', agent: false, host: url.hostname, port: url.port, path: url.pathname, headers }
  const identifier = { type: 'm.id.user', user: core.getInput('user') }
  const body = JSON.stringify({ type: 'm.login.password', identifier, password, device_id: 'D' })
  const client = new HttpClient('least-action')
  const { message } = await client.requestRaw({ httpModule: https, parsedUrl: url, options }, body)
  return new Promise((resolve, reject) => {
    let text = ''
    message.on('error', reject)
    message.on('data', (chunk) => { text += chunk })
    message.on('end', () => resolve(text))
  })
}

void main()
`

/** @returns for each toolkit the path of the least action on it, in one file */
export async function buildLeastActions() {
  const folder = join(root, 'build/least-action')
  rmSync(folder, { recursive: true, force: true })
  return {
    'least action, toolkit as in dist': await build(join(folder, 'trimmed'), copyToolkit),
    'least action, toolkit of npm': await build(join(folder, 'npm'), (modules) =>
      symlinkSync(installNpm('toolkit'), modules),
    ),
  }
}

async function build(folder, installToolkit) {
  mkdirSync(folder, { recursive: true })
  installToolkit(join(folder, 'node_modules'))
  // Without "type", so that ncc makes CommonJS, which starts faster.
  writeFileSync(join(folder, 'package.json'), '{}\n')
  writeFileSync(join(folder, 'source.js'), SOURCE)
  const { code } = await ncc(join(folder, 'source.js'), { cache: false, quiet: true })
  const output = join(folder, 'least-action.js')
  writeFileSync(output, code)
  return output
}
