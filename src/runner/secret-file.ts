import { closeSync, fchmodSync, fstatSync, lstatSync, openSync, realpathSync, unlinkSync, writeFileSync } from 'node:fs'
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'

/** An empty file with mode 0600, created before the secret is known. */
export interface SecretFile {
  /** Absolute, as it was named. */
  readonly path: string
  /** The same without symbolic links on the way, for {@link SecretFiles.remove}. */
  readonly realPath: string
  /** Writes everything at once and closes the file. */
  write(text: string): void
}

/** Files for secrets. */
export interface SecretFiles {
  /**
   * @param trusted folders of the runner's own, which may be reached through symbolic links
   * @throws Error where something is in the way: a file, a symbolic link, no folder
   */
  create(path: string, trusted: readonly string[]): SecretFile
  /**
   * Removes what has this name: the file, also one that a step has rewritten since, or a symbolic link, never what it
   * points to. @throws Error where the folder has become a link, or what is there cannot be removed
   */
  remove(realPath: string): 'gone' | 'file' | 'link'
  /** Whether a path without symbolic links lies in a folder, which may have some. */
  isInside(realPath: string, folder: string): boolean
}

export const liveSecretFiles: SecretFiles = { create: createSecretFile, remove: removeSecretFile, isInside }

/**
 * `wx` creates and never opens: it fails on a file and on a symbolic link of any kind (O_CREAT | O_EXCL, open(2)). No
 * folder on the way may be a link, because a checkout can hold one that leads elsewhere; and as one can be put there
 * between looking and opening, what was opened is looked at again, while it is empty still.
 */
function createSecretFile(path: string, trusted: readonly string[]): SecretFile {
  const absolute = resolve(path)
  const folder = realFolder(dirname(absolute), trusted)
  const descriptor = openSync(absolute, 'wx', MODE)
  try {
    // A umask takes bits away, those of the owner too.
    fchmodSync(descriptor, MODE)
    if (realpathSync(dirname(absolute)) !== folder || !isFileOf(descriptor, absolute)) throw new Error(LINKED)
  } catch (error) {
    if (isFileOf(descriptor, absolute)) unlinkSync(absolute)
    closeSync(descriptor)
    throw error
  }
  return {
    path: absolute,
    realPath: join(folder, basename(absolute)),
    write: (text) => {
      try {
        writeFileSync(descriptor, text)
      } finally {
        closeSync(descriptor)
      }
    },
  }
}

const MODE = 0o600
const LINKED = 'its folder is a symbolic link, or is reached through one'

/** The folder without links. @throws Error where links lead to it, but for those that lead to a trusted folder */
function realFolder(folder: string, trusted: readonly string[]): string {
  const real = realpathSync(folder)
  const expected = trusted.flatMap((root) => {
    const rest = relative(root, folder)
    return leadsOut(rest) ? [] : [join(realpathSync(root), rest)]
  })
  if (real !== folder && !expected.includes(real)) throw new Error(LINKED)
  return real
}

function isFileOf(descriptor: number, path: string): boolean {
  const [opened, named] = [fstatSync(descriptor, BIG), lstatSync(path, { ...BIG, throwIfNoEntry: false })]
  return named !== undefined && named.ino === opened.ino && named.dev === opened.dev
}

/** Inode numbers of some file systems are larger than a JavaScript number holds. */
const BIG = { bigint: true } as const

function removeSecretFile(realPath: string): 'gone' | 'file' | 'link' {
  const found = lstatSync(realPath, { throwIfNoEntry: false })
  if (found === undefined) return 'gone'
  if (realpathSync(dirname(realPath)) !== dirname(realPath)) throw new Error(LINKED)
  unlinkSync(realPath)
  return found.isSymbolicLink() ? 'link' : 'file'
}

function isInside(realPath: string, folder: string): boolean {
  if (folder === '') return false
  try {
    const way = relative(realpathSync(folder), realPath)
    return way !== '' && !leadsOut(way)
  } catch {
    // A folder that does not exist has nothing in it.
    return false
  }
}

/** Whether a relative path leads out of where it starts; between drives of Windows it is not even relative. */
function leadsOut(way: string): boolean {
  return way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way)
}
