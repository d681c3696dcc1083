// How long the steps take, beside Node itself and beside one bare POST from it: the table of docs/decisions/start-up.md.
// Usage: node bench/start-up.mjs [--runs 21] [--rtt ms] [--dist folder]… [--app-token main.cjs] [--google-auth index.js] [node …]
// Each round runs everything once, so that a slow moment hits all alike; ratios are those within a round.
// --rtt puts the server that many milliseconds away, there and back. --dist measures login by password of another build too; --app-token and --google-auth the published files of
// actions/create-github-app-token (dist/main.cjs) and google-github-actions/auth (dist/main/index.js), up to their first request.
import { execFileSync, spawn } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { bareRequest, passwordInputs, stepEnvironment, TOKEN } from './environment.mjs'
import { buildLeastActions } from './least-action.mjs'
import { makeCertificate, startStandIn } from './stand-in.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: 'string', default: '21' },
    rtt: { type: 'string', default: '0' },
    dist: { type: 'string', multiple: true, default: [] },
    'app-token': { type: 'string' },
    'google-auth': { type: 'string' },
  },
})
const runs = Number(values.runs)
const nodes = positionals.length === 0 ? [process.execPath] : positionals

const folder = mkdtempSync(join(tmpdir(), 'matrix-bench-'))
const file = (name) => join(folder, name)
const certificate = makeCertificate(folder)
const { urls, arrivals, onArrival, close } = await startStandIn(certificate, Number(values.rtt))

for (const scheme of ['http', 'https']) writeFileSync(file(`${scheme}.js`), bareRequest(scheme, urls[scheme]))
/** Tells the processor time, and where asked which files were compiled. */
writeFileSync(
  file('report.js'),
  `const { Module } = require('module')
const files = []
if (process.env.BENCH_FILES) {
  const compile = Module.prototype._compile
  Module.prototype._compile = function (content, name, ...rest) { files.push(name); return compile.call(this, content, name, ...rest) }
}
// What is not run to its end is stopped at its first request.
if (process.env.BENCH_STOPS) process.on('SIGTERM', () => process.exit())
process.on('exit', () => {
  const { user, system } = process.cpuUsage()
  require('fs').writeSync(3, JSON.stringify({ cpu: (user + system) / 1000, files }))
})
`,
)

const environment = stepEnvironment(folder, urls, certificate)
const server = { INPUT_HOMESERVER: urls.https }
const password = passwordInputs(urls)
const token = { ...server, 'INPUT_ACCESS-TOKEN': TOKEN }
const record = {
  ...{ phase: 'open', logout: 'always', homeserverUrl: urls.https, deviceId: 'BENCHMARK', user: '@bot:localhost' },
  ...{ teardown: { kind: 'logout' }, proof: '' },
}
const post = { ...password, STATE_session: JSON.stringify(record), 'STATE_access-token': token['INPUT_ACCESS-TOKEN'] }
const rotation = { ...password, 'INPUT_SECRET-NAME': 'TOKEN', 'INPUT_STORE-TOKEN': 'ghp_aaaaaaaaaaaaaaaaaaaa' }
const identity = {
  ...token,
  'INPUT_MAX-WAIT': '0',
  'INPUT_SELF-SIGNING-KEY': Buffer.alloc(32, 7).toString('base64').replace('=', ''),
}
const step = (name, inputs, ends = true) => ({ script: join(root, 'dist', name), inputs, ends })

/** Others' actions, with what they need to come to their first request. */
const PEERS = {
  'app-token': {
    'INPUT_APP-ID': '1',
    'INPUT_PRIVATE-KEY': generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({
      type: 'pkcs1',
      format: 'pem',
    }),
    'INPUT_GITHUB-API-URL': environment.GITHUB_API_URL,
    'INPUT_SKIP-TOKEN-REVOKE': 'false',
    GITHUB_REPOSITORY_OWNER: 'o',
  },
  'google-auth': {
    INPUT_WORKLOAD_IDENTITY_PROVIDER: 'projects/1/locations/global/workloadIdentityPools/p/providers/q',
    INPUT_CREATE_CREDENTIALS_FILE: 'false',
    INPUT_EXPORT_ENVIRONMENT_VARIABLES: 'false',
    INPUT_UNIVERSE: 'googleapis.com',
    ACTIONS_ID_TOKEN_REQUEST_URL: `${urls.https}/id-token?`,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: TOKEN,
  },
}

/** What is run. `ends: false`: the stand-in cannot answer all of it, so only the way to the first request counts. */
const subjects = {
  'node -e 0': { script: '-e 0', inputs: {}, ends: true },
  'bare POST, http': { script: file('http.js'), inputs: {}, ends: true },
  'bare POST, https': { script: file('https.js'), inputs: {}, ends: true },
  ...Object.fromEntries(
    Object.entries(await buildLeastActions()).map(([name, script]) => [name, { script, inputs: password, ends: true }]),
  ),
  'login, password': step('login.js', password),
  'login, access-token': step('login.js', token),
  'post step, log-out': step('login-post.js', post),
  logout: step('logout.js', token),
  rotate: step('rotate.js', { ...rotation, 'INPUT_STORE-IN': 'repos/o/r' }),
  'rotate, 8 targets': step('rotate.js', {
    ...rotation,
    'INPUT_STORE-IN': Array.from({ length: 8 }, (_, at) => `repos/o/r${at}`).join('\n'),
  }),
  verify: step('verify.js', identity, false),
  ...Object.fromEntries(
    values.dist.map((dist) => [dist, { script: resolve(dist, 'login.js'), inputs: password, ends: true }]),
  ),
  ...Object.fromEntries(
    Object.entries(PEERS)
      .filter(([name]) => values[name] !== undefined)
      .map(([name, inputs]) => [name, { script: resolve(values[name]), inputs, ends: false }]),
  ),
}
const BASE = 'bare POST, https'

/** Runs one process. @returns milliseconds from its start to its end and to the first request, and processor time */
function run(node, { script, inputs, ends }, more = {}) {
  for (const name of ['output', 'state', 'summary']) writeFileSync(file(name), '')
  arrivals.length = 0
  return new Promise((done, reject) => {
    const start = process.hrtime.bigint()
    const since = (time) => Number(time - start) / 1e6
    const args = script.startsWith('-e ') ? ['-e', script.slice(3)] : [script]
    const env = { ...environment, ...inputs, ...(ends ? {} : { BENCH_STOPS: '1' }), ...more }
    const child = spawn(node, ['--require', file('report.js'), ...args], {
      env,
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    })
    let [told, wall] = ['', 0]
    onArrival(() => ends || child.kill())
    child.stdio[3].setEncoding('utf8').on('data', (text) => {
      told += text
    })
    child.on('error', reject)
    child.on('exit', () => {
      wall = since(process.hrtime.bigint())
    })
    child.on('close', (code) => {
      if (ends && code !== 0) return reject(new Error(`${script} ended with ${code}`))
      const { cpu, files } = JSON.parse(told)
      const first = arrivals.length === 0 ? undefined : since(arrivals[0])
      done({ wall: ends ? wall : undefined, cpu: ends ? cpu : undefined, first, files, requests: arrivals.length })
    })
  })
}

const sorted = (numbers) => numbers.toSorted((a, b) => a - b)
const quantile = (numbers, part) => sorted(numbers)[Math.min(numbers.length - 1, Math.floor(numbers.length * part))]
const ms = (numbers) => quantile(numbers, 0.5).toFixed(0)
const ratio = (numbers) =>
  `${quantile(numbers, 0.5).toFixed(2)} (${quantile(numbers, 0.25).toFixed(2)}–${quantile(numbers, 0.75).toFixed(2)})`

/** The cells of one measure: its median, and its ratio to the bare POST of the same round with the middle half of them. */
function cells(samples, name, measure) {
  const own = samples[name].map((sample) => sample[measure])
  if (own.includes(undefined)) return ['–', '–']
  const ratios = own.map((value, round) => value / samples[BASE][round][measure])
  return [ms(own), ratio(ratios)]
}

async function measure(node) {
  const samples = Object.fromEntries(Object.keys(subjects).map((name) => [name, []]))
  for (let round = -1; round < runs; round += 1) {
    for (const [name, subject] of Object.entries(subjects)) {
      const sample = await run(node, subject)
      if (round >= 0) samples[name].push(sample)
    }
  }
  return samples
}

try {
  for (const node of nodes) {
    const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim()
    const samples = await measure(node)
    console.log(`Node ${version}, ${runs} rounds, load ${loadavg()[0].toFixed(1)}; ms, and × ${BASE}\n`)
    console.log('| | wall | × | processor | × | first request | × | requests | kB of JavaScript |')
    console.log('| --- | --- | --- | --- | --- | --- | --- | --- | --- |')
    for (const [name, subject] of Object.entries(subjects)) {
      const { files, requests } = await run(node, subject, { BENCH_FILES: '1' })
      const own = files.filter((path) => path.startsWith('/') && path !== file('report.js'))
      const bytes = own.reduce((sum, path) => sum + statSync(path).size, 0)
      const row = ['wall', 'cpu', 'first'].flatMap((each) => cells(samples, name, each))
      console.log(`| ${[name, ...row, requests, Math.round(bytes / 1000)].join(' | ')} |`)
    }
    console.log()
  }
} finally {
  close()
  rmSync(folder, { recursive: true })
}
