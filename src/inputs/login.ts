import { isAbsolute, join } from 'node:path'
import type { CredentialKind } from '../credentials/kind.js'
import type { InputSource, Log } from '../runner/ports.js'
import { LOGOUT_MODES, type LogoutMode } from '../session/record.js'
import type { ActionInputs, Inputs } from './declared.js'
import { screenInputs } from './screen.js'
import { readSessionInputs, type SessionInputs, type SessionSource, type Skipped } from './session.js'
import { booleanValue, choiceValue, lifetimeValue, Problems, secretText } from './values.js'

/** The inputs of the login action, checked and typed. */
export interface LoginInputs extends SessionInputs, DeliveryInputs {
  readonly logout: LogoutMode
  /** JSON of the job's matrix values. */
  readonly jobMatrix: string
  /** Maximum age of a given access token since its rotation, in milliseconds. */
  readonly maxAgeMs?: number
}

/** Reads all inputs of login. @throws Failure that names all problems at once */
export function readLoginInputs(source: SessionSource, kinds: readonly CredentialKind[]): LoginInputs | Skipped {
  const problems = new Problems()
  const screened = screenInputs('login', source, problems)
  const inputs: ActionInputs<'login'> = screened
  return readSessionInputs(source, screened, kinds, problems, (kind) => {
    const logout = readLogout(inputs, kind, problems)
    return {
      logout,
      jobMatrix: inputs.input('job-matrix'),
      ...readMaxAge(inputs, kind, problems),
      ...readDelivery(inputs, source, logout, problems),
    }
  })
}

function readLogout(inputs: Inputs<'logout'>, kind: CredentialKind | undefined, problems: Problems): LogoutMode {
  const logout = choiceValue('logout', inputs.input('logout'), LOGOUT_MODES, problems)
  if (kind !== undefined && !kind.logoutAllowed && logout !== 'never') {
    problems.add(
      `\`logout: ${logout}\` does not go with \`${kind.input}\`: the action ends only sessions that it opened.`,
    )
  }
  return logout
}

function readMaxAge(
  inputs: Inputs<'max-age'>,
  kind: CredentialKind | undefined,
  problems: Problems,
): Pick<LoginInputs, 'maxAgeMs'> {
  const maxAgeMs = lifetimeValue('max-age', inputs.input('max-age'), problems)
  if (maxAgeMs === undefined) return {}
  if (kind !== undefined && kind.input !== 'access-token') {
    problems.add(`\`max-age\` goes with \`access-token\` only, not with \`${kind.input}\`.`)
  }
  return { maxAgeMs }
}

const MIN_PASSPHRASE = 16
const GOOD_PASSPHRASE = 24

/** How a session is delivered, besides the outputs. */
interface DeliveryInputs {
  readonly exportEnv: boolean
  /** Absolute path; empty: no file. */
  readonly credentialsFile: string
  /** Empty: the session file is not encrypted. */
  readonly sealPassphrase: string
}

type Environment = Pick<InputSource, 'environment'>

function readDelivery(
  inputs: Inputs<'export-env' | 'credentials-file' | 'seal-passphrase'> & Environment,
  log: Pick<Log, 'warning'>,
  logout: LogoutMode,
  problems: Problems,
): DeliveryInputs {
  return {
    exportEnv: readExportEnv(inputs, problems),
    credentialsFile: readCredentialsFile(inputs, problems),
    sealPassphrase: readSealPassphrase(inputs, log, logout, problems),
  }
}

/** Reads `export-env`. Without the command file for variables the toolkit would print them, including the token. */
export function readExportEnv(inputs: Inputs<'export-env'> & Environment, problems: Problems): boolean {
  const wanted = booleanValue('export-env', inputs.input('export-env'), false, problems)
  if (wanted && (inputs.environment('GITHUB_ENV') ?? '') === '') {
    problems.add('`export-env` needs the variable GITHUB_ENV, which this runner does not set.')
  }
  return wanted
}

function readCredentialsFile(inputs: Inputs<'credentials-file'> & Environment, problems: Problems): string {
  const file = inputs.input('credentials-file').trim()
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they cannot stand in an output of one line
  if (/[\0-\x1f\x7f]/.test(file))
    problems.refuse('credentials-file', file, 'has a line break or control character in it')
  if (file === '' || isAbsolute(file)) return file
  const temp = inputs.environment('RUNNER_TEMP') ?? ''
  if (temp === '') {
    problems.add('`credentials-file` is relative to RUNNER_TEMP, which is not set: give an absolute path.')
  }
  return join(temp, file)
}

function readSealPassphrase(
  inputs: Inputs<'seal-passphrase'>,
  log: Pick<Log, 'warning'>,
  logout: LogoutMode,
  problems: Problems,
): string {
  const passphrase = secretText(inputs.input('seal-passphrase'), 'password')
  if (passphrase === undefined) return ''
  const { length } = [...passphrase.value]
  if (length < MIN_PASSPHRASE) {
    problems.add(
      `\`seal-passphrase\` has ${length} characters, fewer than ${MIN_PASSPHRASE}. Make one: openssl rand -base64 32`,
    )
  } else if (length < GOOD_PASSPHRASE) {
    log.warning(
      '`seal-passphrase` is short: anyone who can read this run can try to guess it offline. Make a better one: ' +
        'openssl rand -base64 32',
    )
  }
  if (logout === 'always') {
    problems.add(
      '`seal-passphrase` does not go with `logout: always`: the token would be revoked before the next job starts.',
    )
  }
  return passphrase.value
}
