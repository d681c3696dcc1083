// How much of a login is code that runs for the first time: in one process, the bare POST and the login by password, five
// times each. Usage: node bench/cold-code.mjs [--runs 21] [node binary …]
import { execFile, execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs, promisify } from 'node:util'
import { bareRequest, passwordInputs, stepEnvironment } from './environment.mjs'
import { makeCertificate, startStandIn } from './stand-in.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: 'string', default: '21' } },
})
const nodes = positionals.length === 0 ? [process.execPath] : positionals
const TIMES = 5

const folder = mkdtempSync(join(tmpdir(), 'matrix-bench-'))
const certificate = makeCertificate(folder)
const { urls, close } = await startStandIn(certificate)

/** Loads the code, and runs it so often. Prints the milliseconds of each. */
const repeat = (load, once) => `const start = performance.now()
${load}
const took = [performance.now() - start]
async function main() {
  for (let time = 0; time < ${TIMES}; time += 1) {
    const start = performance.now()
    await ${once}
    took.push(performance.now() - start)
  }
  require('fs').writeFileSync(process.argv[2], JSON.stringify(took))
}
void main()
`
const bare = bareRequest('https', urls.https)
const scripts = {
  'bare POST, https': repeat(
    "require('https')",
    `new Promise((done) => { ${bare.replace('}).end(body)', "  response.on('close', done)\n}).end(body)")} })`,
  ),
  'login, password': repeat(`const { login } = require(${JSON.stringify(join(root, 'dist/index.js'))})`, 'login()'),
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]

async function measure(node, script) {
  const file = join(folder, 'script.js')
  writeFileSync(file, script)
  const samples = []
  for (let run = 0; run < Number(values.runs); run += 1) {
    for (const name of ['output', 'state', 'summary']) writeFileSync(join(folder, name), '')
    const env = { ...stepEnvironment(folder, urls, certificate), ...passwordInputs(urls) }
    const result = join(folder, 'result')
    await promisify(execFile)(node, [file, result], { env })
    samples.push(JSON.parse(readFileSync(result, 'utf8')))
  }
  return Array.from({ length: TIMES + 1 }, (_, at) => median(samples.map((sample) => sample[at])))
}

try {
  for (const node of nodes) {
    console.log(
      `Node ${execFileSync(node, ['--version'], { encoding: 'utf8' }).trim()}, ms, medians of ${values.runs}\n`,
    )
    const times = Array.from({ length: TIMES }, (_, at) => `${at + 1}.`)
    console.log(`| | load | ${times.join(' | ')} |\n| --- | ${[...times, ''].map(() => '---').join(' | ')} |`)
    for (const [name, script] of Object.entries(scripts)) {
      const took = await measure(node, script)
      console.log(`| ${name} | ${took.map((ms) => ms.toFixed(1)).join(' | ')} |`)
    }
    console.log()
  }
} finally {
  close()
  rmSync(folder, { recursive: true })
}
