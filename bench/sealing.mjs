// How long sealing and opening take: the cryptography alone, and the steps around it, spawn to exit, as a runner starts them.
// Usage: node bench/sealing.mjs [--runs 15] [node binary …]. Runs are interleaved, so that a slow moment hits all alike.
import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const args = process.argv.slice(2)
const runsAt = args.indexOf('--runs')
const runs = runsAt === -1 ? 15 : Number(args.splice(runsAt, 2)[1])
const nodes = args.length === 0 ? [process.execPath] : args

const directory = mkdtempSync(join(tmpdir(), 'matrix-bench-'))
const file = (name) => join(directory, name)
const passphrase = 'a passphrase of a benchmark'
const answer = { user_id: '@bot:localhost', access_token: `syt_Ym90_${'a'.repeat(20)}_0aBcDe`, device_id: 'BENCH' }
const server = createServer((request, response) =>
  request.resume().on('end', () => {
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(answer))
  }),
)
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))

const environment = {
  PATH: process.env.PATH,
  GITHUB_OUTPUT: file('output'),
  GITHUB_STATE: file('state'),
  GITHUB_STEP_SUMMARY: file('summary'),
  GITHUB_REPOSITORY: 'o/r',
  GITHUB_RUN_ID: '1',
}
const login = {
  ...environment,
  INPUT_HOMESERVER: `http://127.0.0.1:${server.address().port}`,
  INPUT_USER: 'bot',
  INPUT_PASSWORD: 'correct horse battery staple',
}
const sealing = { ...login, 'INPUT_SEAL-PASSPHRASE': passphrase }

/** Prints two times in milliseconds: of sealing, and of opening what was sealed. */
writeFileSync(
  file('alone.js'),
  `const { seal, unseal } = require(${JSON.stringify(join(root, 'dist/age.js'))})
const text = JSON.stringify({ access_token: 'x'.repeat(60), user_id: '@bot:example.org', repository: 'o/r', run_id: '1' })
const clock = async (work) => {
  const start = process.hrtime.bigint()
  return [await work(), Number(process.hrtime.bigint() - start) / 1e6]
}
clock(() => seal(text, 'a passphrase of a benchmark')).then(async ([sealed, sealing]) => {
  const [opened, opening] = await clock(() => unseal(sealed, 'a passphrase of a benchmark'))
  if (opened.text !== text) throw new Error('not what was sealed')
  console.log(JSON.stringify([sealing, opening]))
})
`,
)

/** Spawn to exit, in milliseconds, and what was printed. */
function run(node, script, env) {
  for (const name of ['output', 'state', 'summary']) writeFileSync(file(name), '')
  return new Promise((resolve, reject) => {
    const start = process.hrtime.bigint()
    const child = spawn(node, [script], { env, stdio: ['ignore', 'pipe', 'inherit'] })
    let printed = ''
    child.stdout.setEncoding('utf8').on('data', (text) => {
      printed += text
    })
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0) resolve({ ms: Number(process.hrtime.bigint() - start) / 1e6, printed })
      else reject(new Error(`${script} ended with ${code}: ${printed}`))
    })
  })
}

async function once(node) {
  const alone = JSON.parse((await run(node, file('alone.js'), environment)).printed)
  const plain = await run(node, join(root, 'dist/login.js'), login)
  const sealed = await run(node, join(root, 'dist/login.js'), sealing)
  const [, value] = /^sealed-credentials<<.*\n(.*)\n/m.exec(readFileSync(file('output'), 'utf8'))
  const opening = { ...environment, 'INPUT_SEALED-CREDENTIALS': value, INPUT_PASSPHRASE: passphrase }
  const opened = await run(node, join(root, 'dist/unseal.js'), opening)
  return {
    'sealing alone': alone[0],
    'opening alone': alone[1],
    'login step': plain.ms,
    'login step that seals': sealed.ms,
    'unseal step': opened.ms,
  }
}

for (const node of nodes) {
  const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim()
  const samples = []
  for (let count = -1; count < runs; count += 1) {
    const sample = await once(node)
    if (count >= 0) samples.push(sample)
  }
  console.log(`Node ${version}, ${runs} runs each`)
  for (const name of Object.keys(samples[0])) {
    const sorted = samples.map((sample) => sample[name]).toSorted((a, b) => a - b)
    const row = [sorted[Math.floor(runs / 2)], sorted[0], sorted.at(-1)].map((ms) => ms.toFixed(1).padStart(7))
    console.log(`  ${name.padEnd(21)} median ${row[0]} ms  min ${row[1]}  max ${row[2]}`)
  }
}
server.close()
rmSync(directory, { recursive: true })
