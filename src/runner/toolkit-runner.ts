import { appendFileSync, readFileSync } from 'node:fs'
import * as core from '@actions/core'
import { Failure } from '../failures.js'
import { isJsonObject } from '../matrix/json.js'
import { maskForms } from './masks.js'
import type { Runner } from './ports.js'
import { redact } from './redact.js'

/** Written to before the secret is known to be deliverable, so checked before anything is sent. */
const COMMAND_FILES = ['GITHUB_OUTPUT', 'GITHUB_STATE']

/**
 * The runner, through `@actions/core`: the only file that knows it, and the only one that reads `process.env`.
 * Every line that is printed goes through {@link redact} with the secrets seen so far.
 */
export function toolkitRunner(): Runner {
  const secrets: string[] = []
  const clean = (message: string) => oneLine(redact(message, secrets))
  return {
    input: (name) => core.getInput(name, { trimWhitespace: false }),
    inputNames: givenInputNames,
    environment: (name) => process.env[name],
    mask: (secret) => {
      for (const form of maskForms(secret)) core.setSecret(form)
      secrets.push(...maskForms(secret))
    },
    saveState: (name, value) => {
      requireCommandFile('GITHUB_STATE')
      core.saveState(name, value)
    },
    state: (name) => core.getState(name),
    setOutput: (name, value) => {
      requireCommandFile('GITHUB_OUTPUT')
      core.setOutput(name, value)
    },
    exportVariable: (name, value) => {
      requireCommandFile('GITHUB_ENV')
      core.exportVariable(name, value)
    },
    debug: (message) => core.debug(clean(message)),
    info: (message) => core.info(clean(message)),
    notice: (message) => core.notice(redact(message, secrets)),
    warning: (message) => core.warning(redact(message, secrets)),
    group: (title, lines) => {
      core.startGroup(clean(title))
      for (const line of lines) core.info(clean(line))
      core.endGroup()
    },
    fail: (message) => core.setFailed(redact(message, secrets)),
    summary: (markdown) => writeSummary(redact(markdown, secrets)),
    event: readEvent,
  }
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
  if ((process.env[variable] ?? '') !== '') return
  throw new Failure(
    'internal',
    `${variable} is not set: this is no runner of GitHub Actions.`,
    'Run it as a step of a workflow.',
  )
}

/** Whether there are files to write outputs and state to. */
export function hasCommandFiles(runner: Runner): boolean {
  return COMMAND_FILES.every((variable) => (runner.environment(variable) ?? '') !== '')
}

/** Fails before anything is sent where there would be no way to hand over what comes back. */
export function requireCommandFiles(): void {
  for (const variable of COMMAND_FILES) requireCommandFile(variable)
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
 * Any earlier step can set `NODE_TLS_REJECT_UNAUTHORIZED=0` for the whole job, and a password would go to whoever
 * intercepts the connection. Node reads the variable at each handshake, so taking it away is enough.
 */
export function enforceCertificateChecks(runner: Runner): void {
  if (process.env.NODE_TLS_REJECT_UNAUTHORIZED !== '0') return
  delete process.env.NODE_TLS_REJECT_UNAUTHORIZED
  runner.warning(
    'NODE_TLS_REJECT_UNAUTHORIZED=0 is ignored: certificates are checked all the same, because a password and a token ' +
      'are sent. For a private certificate authority set NODE_EXTRA_CA_CERTS instead.',
  )
}
