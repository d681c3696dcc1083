import { closeSync, lstatSync, openSync, realpathSync, unlinkSync, writeSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'

/** A file that is there, empty and ours alone, before the secret that it is for. */
export interface SecretFile {
  /** Absolute. */
  readonly path: string
  /** Writes everything at once and closes the file. */
  write(text: string): void
}

/** Files for secrets. */
export interface SecretFiles {
  /** @throws Error where something is in the way: a file, a symbolic link, no folder */
  create(path: string): SecretFile
  /** Removes a file; nothing if it is gone. */
  remove(path: string): void
  /** Whether `path` lies in `folder`, symbolic links looked through. */
  isInside(path: string, folder: string): boolean
}

export const liveSecretFiles: SecretFiles = {
  create: createSecretFile,
  remove: (path) => {
    // Removes a link itself, never what it points to.
    if (lstatSync(path, { throwIfNoEntry: false }) !== undefined) unlinkSync(path)
  },
  isInside: (path, folder) => {
    const way = relative(realpathSync(folder), join(realpathSync(dirname(path)), basename(path)))
    return way !== '' && !way.startsWith('..')
  },
}

/**
 * `wx` creates and never opens: it fails on a file and on a symbolic link of any kind (O_CREAT | O_EXCL, open(2)). The
 * folder must be what its name says, because a checkout can hold a link that leads elsewhere. 0600 from the first byte.
 */
function createSecretFile(path: string): SecretFile {
  const absolute = resolve(path)
  const folder = dirname(absolute)
  if (lstatSync(folder).isSymbolicLink()) throw new Error('its folder is a symbolic link')
  const descriptor = openSync(absolute, 'wx', 0o600)
  return {
    path: absolute,
    write: (text) => {
      writeSync(descriptor, text)
      closeSync(descriptor)
    },
  }
}
