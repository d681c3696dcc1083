// Loaded into the action by NODE_OPTIONS: puts a symbolic link in the place of a folder, between the look at it and the
// moment in which a file in it is opened. SWAP_FOLDER=/folder SWAP_FOR=/another SWAP_BACK=true
const fs = require('node:fs')

const { openSync } = fs
const { SWAP_FOLDER: folder, SWAP_FOR: target, SWAP_BACK: back } = process.env

fs.openSync = (path, ...rest) => {
  if (!String(path).startsWith(`${folder}/`)) return openSync(path, ...rest)
  fs.renameSync(folder, `${folder}-aside`)
  fs.symlinkSync(target, folder)
  try {
    return openSync(path, ...rest)
  } finally {
    if (back === 'true') {
      fs.unlinkSync(folder)
      fs.renameSync(`${folder}-aside`, folder)
    }
  }
}
