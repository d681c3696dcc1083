import {
  accessSync,
  appendFileSync,
  closeSync,
  constants,
  fstatSync,
  ftruncateSync,
  openSync,
  readFileSync,
  writeSync,
} from 'node:fs'
import * as core from '@actions/core'
import { isJsonObject } from '../api/values.js'
import { redact, registerSecret } from '../redaction.js'
import { maskForms } from './masks.js'
import { CommandFileError, type Runner } from './ports.js'
import { inOneWrite } from './process.js'

/** Checked before any request is sent, because the session is delivered through them. */
const COMMAND_FILES = ['GITHUB_OUTPUT', 'GITHUB_STATE']

/**
 * Creates the runner on `@actions/core`. No other file uses that module or reads `process.env`. Every printed line is
 * redacted with {@link redact}.
 */
export function toolkitRunner(): Runner {
  const clean = (message: string) => {
    const redacted = redact(message)
    const line = oneLine(redacted)
    // A line break may have split a secret, so a joined line is redacted again.
    return line === redacted ? line : redact(line)
  }
  return {
    input: (name) => core.getInput(name, { trimWhitespace: false }),
    inputNames: givenInputNames,
    environment: (name) => process.env[name],
    mask,
    saveState: (name, value) => writeCommandFile('GITHUB_STATE', () => core.saveState(name, value)),
    state: (name) => core.getState(name),
    setOutput: (name, value) => writeCommandFile('GITHUB_OUTPUT', () => core.setOutput(name, value)),
    exportVariable: (name, value) => writeCommandFile('GITHUB_ENV', () => core.exportVariable(name, value)),
    debug: (message) => core.debug(clean(message)),
    info: (message) => core.info(clean(message)),
    notice: (message) => core.notice(redact(message), { title: TITLE }),
    warning: (message) => core.warning(redact(message), { title: TITLE }),
    group: (title, lines) => {
      core.startGroup(clean(title))
      for (const line of lines) core.info(clean(line))
      core.endGroup()
    },
    fail: (message, title) => {
      process.exitCode = core.ExitCode.Failure
      core.error(redact(message), { title: redact(title) })
    },
    summary: (markdown) => writeSummary(redact(markdown)),
    event: readEvent,
  }
}

/** Title of annotations that do not fail the step. */
const TITLE = 'Matrix Access Token'

function mask(secret: string): void {
  registerSecret(secret)
  inOneWrite(() => {
    for (const form of maskForms(secret)) core.setSecret(form)
  })
}

const INPUT_PREFIX = 'INPUT_'

/** Returns the input names. The runner passes each input as `INPUT_<NAME>` in upper case, declared or not. */
function givenInputNames(): readonly string[] {
  return Object.keys(process.env)
    .filter((name) => name.startsWith(INPUT_PREFIX))
    .map((name) => name.slice(INPUT_PREFIX.length).toLowerCase())
}

/**
 * Joins a message into one line. `core.info` prints it unchanged, so after a line break the runner would look for
 * commands; the old form `##[command]` is recognized anywhere in a line (src/Runner.Common/ActionCommand.cs). .NET
 * trims white space before a command, which includes U+0085.
 */
function oneLine(message: string): string {
  return message
    .replace(/[\r\n]+/g, ' ')
    .replaceAll('##[', '## [')
    .replace(/^[\s\u0085]*::/, ': :')
}

/**
 * Requires the file. Without it the toolkit uses `::set-output`, which prints the value, including a token, to the log.
 */
function requireCommandFile(variable: string): void {
  if ((process.env[variable] ?? '') === '') throw new CommandFileError(variable, NO_RUNNER)
}

const NO_RUNNER = 'the variable is not set, so this is not a step of a workflow'

/** Writes to a command file. @throws CommandFileError */
function writeCommandFile(variable: string, write: () => void): void {
  requireCommandFile(variable)
  try {
    write()
  } catch (error) {
    const problem = systemProblem(error) ?? accessProblem(process.env[variable] ?? '') ?? 'the cause is unknown'
    throw new CommandFileError(variable, problem, { cause: error })
  }
}

/** Returns the cause of an access problem; the toolkit reports every inaccessible file as missing. */
function accessProblem(path: string): string | undefined {
  try {
    accessSync(path, constants.W_OK)
    return undefined
  } catch (error) {
    return systemProblem(error)
  }
}

/** Returns code and text of a system error, without the path. */
function systemProblem(error: unknown): string | undefined {
  return error instanceof Error ? /^E[A-Z]+: [^,]*/.exec(error.message)?.[0] : undefined
}

/** Returns whether the command files for outputs and state are set. */
export function hasCommandFiles(runner: Runner): boolean {
  return COMMAND_FILES.every((variable) => (runner.environment(variable) ?? '') !== '')
}

/**
 * Fails before any request is sent if the outputs cannot be written. Actions with a post step write the state
 * themselves before they send a request.
 *
 * @throws CommandFileError
 */
export function requireCommandFiles(): void {
  for (const variable of COMMAND_FILES) requireCommandFile(variable)
  writeCommandFile('GITHUB_OUTPUT', () => tryToWrite(process.env.GITHUB_OUTPUT ?? ''))
}

/** Writes a byte and removes it again: a full disk is only detected by a write. */
function tryToWrite(path: string): void {
  const descriptor = openSync(path, constants.O_WRONLY | constants.O_APPEND)
  try {
    const stats = fstatSync(descriptor)
    writeSync(descriptor, '\n')
    if (stats.isFile()) ftruncateSync(descriptor, stats.size)
  } finally {
    closeSync(descriptor)
  }
}

/**
 * Writes the job summary. It is optional, so the step continues without it. `core.summary.write()` appends to the same
 * file, but asynchronously, which takes longer than all masks of a login.
 */
function writeSummary(markdown: string): void {
  const file = process.env.GITHUB_STEP_SUMMARY ?? ''
  if (file === '') return
  try {
    appendFileSync(file, `${markdown}\n`)
  } catch {
    core.debug('the job summary could not be written')
  }
}

function readEvent(): Readonly<Record<string, unknown>> {
  try {
    const event: unknown = JSON.parse(readFileSync(process.env.GITHUB_EVENT_PATH ?? '', 'utf8'))
    return isJsonObject(event) ? event : {}
  } catch {
    return {}
  }
}

/**
 * Removes `NODE_TLS_REJECT_UNAUTHORIZED=0`, which any earlier step can set for the whole job and with which a password
 * could be sent to an attacker. Node reads the variable at each handshake, so removing it is sufficient. Also warns if
 * additional certificate authorities have no effect.
 */
export function enforceCertificateChecks(runner: Runner): void {
  const problem = extraCertificatesProblem(process.env.NODE_EXTRA_CA_CERTS ?? '')
  if (problem !== undefined) {
    runner.warning(
      `NODE_EXTRA_CA_CERTS names a file that ${problem}, so it has no effect. In a job container, a path of the host does ` +
        'not exist. A certificate in DER form is converted with `openssl x509 -inform der`.',
    )
  }
  if (process.env.NODE_TLS_REJECT_UNAUTHORIZED !== '0') return
  delete process.env.NODE_TLS_REJECT_UNAUTHORIZED
  runner.warning(
    'NODE_TLS_REJECT_UNAUTHORIZED=0 is ignored: certificates are checked all the same, because a password and a token ' +
      'are sent. For a private certificate authority set NODE_EXTRA_CA_CERTS instead.',
  )
}

/** The PEM forms that OpenSSL accepts. */
const PEM_CERTIFICATE = /-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----/

/**
 * Explains why Node loads no certificate from the file in `NODE_EXTRA_CA_CERTS`. Node reports an unreadable file on
 * stderr, which actions do not show, and does not report a file without a certificate.
 * @param path path of the file; empty if the variable is not set
 * @returns a phrase that completes "NODE_EXTRA_CA_CERTS names a file that …"; `undefined` if there is no problem
 * @see https://nodejs.org/api/cli.html#node_extra_ca_certsfile
 */
function extraCertificatesProblem(path: string): string | undefined {
  if (path === '') return undefined
  try {
    return PEM_CERTIFICATE.test(readFileSync(path, 'latin1')) ? undefined : 'holds no certificate in PEM form'
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${error.code})` : ''
    return `this job cannot read${code}`
  }
}
