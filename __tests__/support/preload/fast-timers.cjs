// Loaded into the command by NODE_OPTIONS: every pause of a second or more passes a hundred times as fast, and is written
// down with its true length. Deadlines of requests (src/http/toolkit-transport.ts) stay what they are. PAUSES names the file.
const { appendFileSync } = require('node:fs')

const isDeadline = (callback) => String(callback) === '() => reject(DEADLINE_PASSED)'
const { setTimeout: original } = globalThis

globalThis.setTimeout = (callback, ms, ...rest) => {
  if (!(ms >= 1_000) || isDeadline(callback)) return original(callback, ms, ...rest)
  appendFileSync(process.env.PAUSES, `${ms}\n`)
  return original(callback, ms / 100, ...rest)
}
