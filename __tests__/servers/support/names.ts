import { chmodSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeDirectory } from './real-process.js'

/** Host names that exist for some processes only. */
export interface PrivateNames {
  /** Runs the command that its arguments are, with these names. */
  readonly command: string
  /** Node with these names, for {@link JobOptions.node}. */
  readonly node: string
  stop(): Promise<void>
}

/**
 * Gives processes an /etc/hosts of their own, in a mount namespace that ends with them: the machine's file stays as it is,
 * and names are looked up as always. Needs root, or a kernel that lets users have namespaces. Through bash, because dash
 * passes no variable on that it could not have set itself, and `INPUT_DEVICE-ID` is one of those.
 */
export function makePrivateNames(names: Readonly<Record<string, string>>): PrivateNames {
  const directory = makeDirectory('names')
  const hosts = join(directory, 'hosts')
  const lines = Object.entries({ localhost: '127.0.0.1', ...names }).map(([name, address]) => `${address} ${name}\n`)
  writeFileSync(hosts, lines.join(''))
  const asUser = process.getuid?.() === 0 ? '' : '--user --map-root-user '
  const command = script(
    join(directory, 'with-names'),
    `exec unshare ${asUser}--mount bash -c 'mount --bind "$0" /etc/hosts && exec "$@"' ${hosts} "$@"`,
  )
  const real = process.env['MATRIX_TEST_NODE'] ?? process.execPath
  const node = script(join(directory, 'node'), `exec ${command} ${real} "$@"`)
  return { command, node, stop: () => Promise.resolve(rmSync(directory, { recursive: true })) }
}

function script(path: string, line: string): string {
  writeFileSync(path, `#!/usr/bin/env bash\n${line}\n`)
  chmodSync(path, 0o755)
  return path
}
