#!/usr/bin/env node
// Starts the command. Written for every Node there is: on an old one this file must still parse, to say what is wrong.
var OLDEST = 20

if (parseInt(process.versions.node, 10) >= OLDEST) {
  require('./cli-main.js').cli()
} else {
  process.exitCode = 1
  console.error('matrix-access-token needs Node.js', OLDEST, 'or newer, and this is', process.versions.node)
}
