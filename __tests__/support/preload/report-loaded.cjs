// Loaded into the action by NODE_OPTIONS: appends the files of JavaScript that the process loaded to LOADED_REPORT, one a line.
const { appendFileSync } = require('node:fs')
const { Module } = require('node:module')

const compile = Module.prototype._compile
const loaded = []

Module.prototype._compile = function compileAndNote(content, filename, ...rest) {
  loaded.push(filename)
  return compile.call(this, content, filename, ...rest)
}
process.on('exit', () => appendFileSync(process.env.LOADED_REPORT, loaded.map((name) => `${name}\n`).join('')))
