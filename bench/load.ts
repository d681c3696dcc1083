// Login, use, logout, over and over, against a real Synapse: started by npm run bench:load.
import { randomBytes } from 'node:crypto'
import { parseArgs } from 'node:util'
import { type LoadResult, runLoad } from '../__tests__/servers/support/load.js'
import { startSynapse } from '../__tests__/servers/support/synapse.js'

const { values } = parseArgs({
  options: { cycles: { type: 'string', default: '1000' }, parallel: { type: 'string', default: '1,4,16' } },
})

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN
}

/** By quarters of the run, in order: flat where nothing piles up. */
function quarters(numbers: readonly number[]): string {
  const size = Math.ceil(numbers.length / 4)
  return [0, 1, 2, 3].map((part) => median(numbers.slice(part * size, (part + 1) * size)).toFixed(0)).join(', ')
}

function report(parallel: number, { cycles, failures, sessionsLeft, seconds, serverMemory }: LoadResult): void {
  console.log(`${cycles.length} cycles, ${parallel} at once, in ${seconds.toFixed(0)} s`)
  console.log(`  failures: ${failures.length}, sessions left: ${sessionsLeft}`)
  for (const failure of failures.slice(0, 5)) console.log(`    ${failure}`)
  console.log(`  time of a cycle, median of each quarter: ${quarters(cycles.map(({ ms }) => ms))} ms`)
  console.log(`  memory of the action, median of each quarter: ${quarters(cycles.map(({ memory }) => memory))} MiB`)
  console.log(`  memory of Synapse: ${serverMemory.map((mebibytes) => mebibytes.toFixed(0)).join(' → ')} MiB`)
  if (failures.length > 0 || sessionsLeft !== 0) process.exitCode = 1
}

const server = await startSynapse()
try {
  for (const parallel of values.parallel.split(',').map(Number)) {
    const load = { cycles: Number(values.cycles), parallel, password: randomBytes(18).toString('base64url') }
    report(parallel, await runLoad(server, load))
  }
} finally {
  await server.stop()
}
