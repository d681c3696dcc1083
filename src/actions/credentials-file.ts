import { Failure } from '../failures.js'
import type { Runner } from '../runner/ports.js'
import type { SecretFile, SecretFiles } from '../runner/secret-file.js'
import { saveCredentialsFile, savedCredentialsFile } from './session-state.js'

/**
 * Creates the file before anything is sent, so that what stands in the way is found while nothing has happened yet, and
 * tells the post step, which removes it. @throws Failure `invalid-input`
 */
export function createCredentialsFile(runner: Runner, files: SecretFiles, path: string): SecretFile | undefined {
  if (path === '') return undefined
  try {
    const file = files.create(path)
    saveCredentialsFile(runner, file.path)
    const workspace = runner.environment('GITHUB_WORKSPACE') ?? ''
    if (workspace !== '' && files.isInside(file.path, workspace)) {
      runner.warning(
        `credentials-file ${file.path} is in the workspace: artifacts, images and commits may take it along. A relative path is in RUNNER_TEMP.`,
      )
    }
    return file
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    const why = { EEXIST: 'there is something already', ENOENT: 'its folder does not exist' }[code]
    const message = `credentials-file ${path} cannot be created: ${why ?? (code === '' && error instanceof Error ? error.message : code)}.`
    throw new Failure(
      'invalid-input',
      message,
      'Name a file that does not exist, in a folder that does. Nothing was sent.',
      { cause: error },
    )
  }
}

/** Removes the file that main created, whatever became of the login. */
export function removeCredentialsFile(runner: Runner, files: SecretFiles): void {
  const path = savedCredentialsFile(runner)
  if (path === '') return
  try {
    files.remove(path)
  } catch {
    runner.warning(`The credentials file ${path} could not be removed.`)
  }
}
