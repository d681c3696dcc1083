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
import { extraCertificatesProblem } from './extra-certificates.js'
import { maskForms } from './masks.js'
import { CommandFileError, type Runner } from './ports.js'
import { inOneWrite } from './stdout.js'

/** Written to before the secret is known to be deliverable, so checked before anything is sent. */
const COMMAND_FILES = ['GITHUB_OUTPUT', 'GITHUB_STATE']

/**
 * The runner, through `@actions/core`: the only file that knows it, and the only one that reads `process.env`.
 * Every line that is printed goes through {@link redact}.
 */
export function toolkitRunner(): Runner {
  const clean = (message: string) => {
    const redacted = redact(message)
    const line = oneLine(redacted)
    // A line break may have split a secret, so a line that was joined is redacted again.
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

/** Of annotations that fail nothing. */
const TITLE = 'Matrix Access Token'

function mask(secret: string): void {
  registerSecret(secret)
  inOneWrite(() => {
    for (const form of maskForms(secret)) core.setSecret(form)
  })
}

const INPUT_PREFIX = 'INPUT_'

/** The runner passes each input as `INPUT_<NAME>`, in upper case, whether the action declares it or not. */
function givenInputNames(): readonly string[] {
  return Object.keys(process.env)
    .filter((name) => name.startsWith(INPUT_PREFIX))
    .map((name) => name.slice(INPUT_PREFIX.length).toLowerCase())
}

/**
 * `core.info` prints as it is, so a line break in the message would start a line of its own, on which the runner looks
 * for commands; the old form `##[command]` is looked for anywhere in a line (src/Runner.Common/ActionCommand.cs). What
 * stands before a command is trimmed by .NET, to which U+0085 is white space.
 */
function oneLine(message: string): string {
  return message
    .replace(/[\r\n]+/g, ' ')
    .replaceAll('##[', '## [')
    .replace(/^[\s\u0085]*::/, ': :')
}

/** Without the file the toolkit falls back to `::set-output`, which prints the value, token and all, into the log. */
function requireCommandFile(variable: string): void {
  if ((process.env[variable] ?? '') === '') throw new CommandFileError(variable, NO_RUNNER)
}

const NO_RUNNER = 'the variable is not set, so this is not a step of a workflow'

/** @throws CommandFileError */
function writeCommandFile(variable: string, write: () => void): void {
  requireCommandFile(variable)
  try {
    write()
  } catch (error) {
    const problem = systemProblem(error) ?? accessProblem(process.env[variable] ?? '') ?? 'the cause is unknown'
    throw new CommandFileError(variable, problem, { cause: error })
  }
}

/** The toolkit says of every file that it cannot reach that it is missing. This names the cause. */
function accessProblem(path: string): string | undefined {
  try {
    accessSync(path, constants.W_OK)
    return undefined
  } catch (error) {
    return systemProblem(error)
  }
}

/** Code and text of a system error, without the path. */
function systemProblem(error: unknown): string | undefined {
  return error instanceof Error ? /^E[A-Z]+: [^,]*/.exec(error.message)?.[0] : undefined
}

/** Whether there are files to write outputs and state to. */
export function hasCommandFiles(runner: Runner): boolean {
  return COMMAND_FILES.every((variable) => (runner.environment(variable) ?? '') !== '')
}

/**
 * Fails before anything is sent where there would be no way to hand over what comes back. The state is written by the
 * actions that have a post step, before they send.
 *
 * @throws CommandFileError
 */
export function requireCommandFiles(): void {
  for (const variable of COMMAND_FILES) requireCommandFile(variable)
  writeCommandFile('GITHUB_OUTPUT', () => tryToWrite(process.env.GITHUB_OUTPUT ?? ''))
}

/** Writes a byte and takes it back: only writing shows that a disk is full. */
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
 * A summary is a convenience: where there is none to write to, the step goes on. The file is what
 * `core.summary.write()` appends to as well, but asynchronously, which costs the login path more than all its masks.
 */
function writeSummary(markdown: string): void {
  const file = process.env.GITHUB_STEP_SUMMARY ?? ''
  if (file === '') return
  try {
    appendFileSync(file, markdown)
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
 * Any earlier step can set `NODE_TLS_REJECT_UNAUTHORIZED=0` for the whole job, which would send a password to an
 * attacker on the way. Node reads the variable at each handshake, so taking it away is enough. Also says where further
 * authorities have no effect.
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
