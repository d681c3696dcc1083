import { closeSync, fchmodSync, fstatSync, lstatSync, openSync, realpathSync, unlinkSync, writeFileSync } from 'node:fs'
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'

/** An empty file with mode 0600, created before the secret is known. */
export interface SecretFile {
  /** Absolute path, as given. */
  readonly path: string
  /** The path with all symbolic links resolved, for {@link SecretFiles.remove}. */
  readonly realPath: string
  /** Writes the whole text once and closes the file. */
  write(text: string): void
}

/** Creates and removes files for secrets. */
export interface SecretFiles {
  /**
   * Creates the file.
   * @param trusted folders of the runner, which may be reached through symbolic links
   * @throws Error if the path is occupied by a file or a symbolic link, or its folder does not exist
   */
  create(path: string, trusted: readonly string[]): SecretFile
  /**
   * Removes the entry at this path: the file, even if a step has replaced it, or a symbolic link, but never the target
   * of a link.
   * @throws Error if the folder is now a link, or the entry cannot be removed
   */
  remove(realPath: string): 'gone' | 'file' | 'link'
  /** Returns whether a path without symbolic links is in a folder, whose path may have some. */
  isInside(realPath: string, folder: string): boolean
}

export const liveSecretFiles: SecretFiles = { create: createSecretFile, remove: removeSecretFile, isInside }

/**
 * Creates the file. `wx` never opens an existing entry: it fails for a file and for any symbolic link (O_CREAT |
 * O_EXCL, open(2)). Except for trusted folders, no folder of the path may be a link, because a checkout can contain one
 * that leads elsewhere. A link can also be created between check and open, so the empty file is checked again.
 */
function createSecretFile(path: string, trusted: readonly string[]): SecretFile {
  const absolute = resolve(path)
  const folder = realFolder(dirname(absolute), trusted)
  const descriptor = openSync(absolute, 'wx', MODE)
  try {
    // A umask can also remove permissions of the owner.
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

/** Resolves the folder. @throws Error if its path has symbolic links, except those that lead to a trusted folder */
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

/** Inode numbers of some file systems exceed the range of a JavaScript number. */
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
    // A folder that does not exist contains nothing.
    return false
  }
}

/** Returns whether a relative path leaves its start; between Windows drives it is not even relative. */
function leadsOut(way: string): boolean {
  return way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way)
}
