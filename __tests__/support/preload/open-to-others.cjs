// Loaded into the action by NODE_OPTIONS: with no umask at all, fails any opening of a new file that others may read, even
// if only until a chmod: who has opened it by then goes on reading.
const fs = require('node:fs')

process.umask(0)
const { openSync } = fs

fs.openSync = (path, flags, ...rest) => {
  const descriptor = openSync(path, flags, ...rest)
  if (String(flags).includes('x') && (fs.fstatSync(descriptor).mode & 0o077) !== 0) throw new Error('open to others')
  return descriptor
}
