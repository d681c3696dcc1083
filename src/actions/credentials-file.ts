import { Failure } from '../failures.js'
import type { Runner } from '../runner/ports.js'
import type { SecretFile, SecretFiles } from '../runner/secret-file.js'
import { saveCredentialsFile } from '../session/record.js'

/**
 * Creates the credentials file before any request is sent, so that a problem with the path fails the step early. Saves
 * the path for the post step, which removes the file. @throws Failure `invalid-input`
 */
export function createCredentialsFile(runner: Runner, files: SecretFiles, path: string): SecretFile {
  const file = create(runner, files, path)
  saveCredentialsFile(runner, file.realPath)
  if (files.isInside(file.realPath, runner.environment('GITHUB_WORKSPACE') ?? '')) {
    runner.warning(
      `\`credentials-file\` ${file.path} is in the workspace: artifacts, images and commits may take it along. A relative path is in RUNNER_TEMP.`,
    )
  }
  return file
}

function create(runner: Runner, files: SecretFiles, path: string): SecretFile {
  // On self-hosted runners both folders may be reached through a symbolic link.
  const trusted = ['RUNNER_TEMP', 'GITHUB_WORKSPACE'].flatMap((name) => runner.environment(name) || [])
  try {
    return files.create(path, trusted)
  } catch (error) {
    const message = `\`credentials-file\` (${path.length} characters) cannot be created: ${reason(error)}.`
    const hint = 'Name a file that does not exist, in a folder that does, without symbolic links. Nothing was sent.'
    throw new Failure('invalid-input', message, hint, { cause: error })
  }
}

function reason(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const known = { EEXIST: 'there is something already', ENOENT: 'its folder does not exist' }[code]
  return known ?? (code === '' && error instanceof Error ? error.message : code)
}

/**
 * Writes the session file. Ansible evaluates text between `{{` and `}}` in the variables of `-e @file`, and the server
 * chooses user ID and device ID. Values with such text are refused, so that a server cannot run commands on the machine
 * where its token is deployed.
 * @throws Failure `server-error` for such a value; `internal` if the file cannot be written, for example on a full disk
 */
export function writeCredentialsFile(file: SecretFile, json: string): void {
  if (/\{[{%#]/.test(json)) {
    const message =
      'The server’s answer holds {{, {% or {#, which Ansible would run: it is not written to `credentials-file`.'
    throw new Failure('server-error', message, 'No honest server answers so. Do not use this session.')
  }
  try {
    file.write(`${json}\n`)
  } catch (error) {
    const message = `\`credentials-file\` ${file.path} cannot be written: ${reason(error)}.`
    const hint = 'Is the disk of the runner full? Make room, or name another folder.'
    throw new Failure('internal', message, hint, { cause: error })
  }
}

/**
 * Removes the credentials file that main created, whether or not the login succeeded. A step may have replaced it (`sed
 * -i`, `ansible-vault encrypt`), so another file of that name is removed as well: it may hold the token. The target of
 * a symbolic link is never removed.
 */
export function removeCredentialsFile(runner: Runner, files: SecretFiles, path: string): void {
  try {
    if (files.remove(path) !== 'link') return
    runner.warning(
      `The credentials file ${path} was a symbolic link by now. The link was removed, what it points to was not: remove it yourself if the credentials are in it.`,
    )
  } catch (error) {
    runner.warning(`The credentials file ${path} could not be removed: ${reason(error)}.`)
  }
}
