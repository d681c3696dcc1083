import { isAbsolute, join } from 'node:path'
import type { InputSource, Log } from '../runner/ports.js'
import type { LogoutMode } from '../session/record.js'
import type { Inputs } from './declared.js'
import type { Problems } from './problems.js'
import { booleanValue, secretText } from './values.js'

const MIN_PASSPHRASE = 16
const GOOD_PASSPHRASE = 24

/** How a session is delivered, besides the outputs. */
export interface DeliveryInputs {
  readonly exportEnv: boolean
  /** Absolute path; empty: no file. */
  readonly credentialsFile: string
  /** Empty: the session file is not encrypted. */
  readonly sealPassphrase: string
}

type Environment = Pick<InputSource, 'environment'>

export function readDelivery(
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
