// How long the login step takes, beside Node itself and beside the least that a login can be: one bare POST.
// Usage: node bench/start-up.mjs [--runs 31] [node binary …]. Runs are interleaved, so that a slow moment hits all alike.
import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:https'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const args = process.argv.slice(2)
const runsAt = args.indexOf('--runs')
const runs = runsAt === -1 ? 31 : Number(args.splice(runsAt, 2)[1])
const nodes = args.length === 0 ? [process.execPath] : args

const directory = mkdtempSync(join(tmpdir(), 'matrix-bench-'))
const file = (name) => join(directory, name)
execFileSync(
  'openssl',
  [
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-days',
    '2',
    '-subj',
    '/CN=localhost',
  ].concat(['-addext', 'subjectAltName=DNS:localhost', '-keyout', file('key.pem'), '-out', file('cert.pem')]),
  { stdio: 'ignore' },
)

const answer = {
  user_id: '@bot:localhost',
  access_token: `syt_Ym90_${'a'.repeat(20)}_0aBcDe`,
  device_id: 'GHA-BENCHMARKED2',
}
let requests = 0
const server = createServer(
  { key: readFileSync(file('key.pem')), cert: readFileSync(file('cert.pem')) },
  (request, response) => {
    requests += 1
    request.resume().on('end', () => {
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify(answer))
    })
  },
)
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
const url = `https://localhost:${server.address().port}`

writeFileSync(
  file('bare.js'),
  `const body = JSON.stringify({ type: 'm.login.password', identifier: { type: 'm.id.user', user: 'bot' }, password: 'pw', device_id: 'D' })
const request = require('https').request('${url}/_matrix/client/v3/login', { method: 'POST', agent: false, headers: { 'content-type': 'application/json', 'content-length': body.length } }, (response) => {
  let text = ''
  response.on('data', (chunk) => { text += chunk }).on('end', () => { JSON.parse(text).access_token.length > 0 || process.exit(1) })
})
request.end(body)
`,
)
for (const name of ['output', 'state', 'summary']) writeFileSync(file(name), '')

const environment = {
  PATH: process.env.PATH,
  NODE_EXTRA_CA_CERTS: file('cert.pem'),
  GITHUB_OUTPUT: file('output'),
  GITHUB_STATE: file('state'),
  GITHUB_STEP_SUMMARY: file('summary'),
  GITHUB_REPOSITORY: 'o/r',
  INPUT_HOMESERVER: url,
  INPUT_USER: 'bot',
  INPUT_PASSWORD: 'correct horse battery staple',
}

/** Spawn to exit, in milliseconds. */
function time(node, ...command) {
  return new Promise((resolve, reject) => {
    const start = process.hrtime.bigint()
    const child = spawn(node, command, { env: environment, stdio: 'ignore' })
    child.on('error', reject)
    child.on('exit', (code) => {
      if (code === 0) resolve(Number(process.hrtime.bigint() - start) / 1e6)
      else reject(new Error(`${command.join(' ')} ended with ${code}`))
    })
  })
}

const subjects = {
  'node -e 0': ['-e', '0'],
  'bare POST': [file('bare.js')],
  'login step': [join(root, 'dist/login.js')],
}
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]

for (const node of nodes) {
  const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim()
  const samples = Object.fromEntries(Object.keys(subjects).map((name) => [name, []]))
  for (let run = -1; run < runs; run += 1) {
    for (const [name, command] of Object.entries(subjects)) {
      const elapsed = await time(node, ...command)
      if (run >= 0) samples[name].push(elapsed)
    }
  }
  const bare = median(samples['bare POST'])
  console.log(`Node ${version}, ${runs} runs each`)
  for (const [name, values] of Object.entries(samples)) {
    const sorted = values.toSorted((a, b) => a - b)
    const row = [median(values), sorted[0], sorted.at(-1)].map((ms) => ms.toFixed(1).padStart(7))
    console.log(
      `  ${name.padEnd(11)} median ${row[0]} ms  min ${row[1]}  max ${row[2]}  ${(median(values) / bare).toFixed(2)} × bare POST`,
    )
  }
}

requests = 0
await time(nodes[0], join(root, 'dist/login.js'))
console.log(`Requests on the happy path: ${requests}`)
console.log(`Bundle: ${readFileSync(join(root, 'dist/index.js')).length} bytes`)
server.close()
rmSync(directory, { recursive: true })
