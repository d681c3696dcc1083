// Loaded into the action by NODE_OPTIONS: pulls the plug before or after its n-th write to a command file, or to stdout.
// KILL_AT=append:3:after
const fs = require('node:fs')

const [kind, count, moment] = (process.env.KILL_AT ?? '').split(':')
const name = kind === 'append' ? 'appendFileSync' : 'writeSync'
const original = fs[name]
let seen = 0

fs[name] = (...args) => {
  seen += 1
  const due = seen === Number(count)
  if (due && moment === 'before') process.kill(process.pid, 'SIGKILL')
  const result = original(...args)
  if (due) process.kill(process.pid, 'SIGKILL')
  return result
}
