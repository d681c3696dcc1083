// Loaded into the action by NODE_OPTIONS: no request ever comes to anything, and nothing keeps the process alive.
const { EventEmitter } = require('node:events')
const http = require('node:http')

http.request = () => Object.assign(new EventEmitter(), { setTimeout() {}, write() {}, end() {} })

const { setTimeout: original } = globalThis
globalThis.setTimeout = (...args) => original(...args).unref()
