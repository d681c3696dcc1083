import { isAbsolute, join } from 'node:path'
import type { Runner } from '../runner/ports.js'
import type { LogoutMode } from '../session/record.js'
import type { Problems } from './problems.js'
import { booleanValue, secretText } from './values.js'

const SHORTEST_PASSPHRASE = 16
const GOOD_PASSPHRASE = 24

/** How a session reaches those who need it, besides the outputs. */
export interface DeliveryInputs {
  readonly exportEnv: boolean
  /** Absolute; empty: no file. */
  readonly credentialsFile: string
  /** Empty: nothing is sealed. */
  readonly sealPassphrase: string
}

/** Masked first of all, like every secret input. */
export function maskSealPassphrase(runner: Runner): void {
  const passphrase = secretText(runner.input('seal-passphrase'), 'password')
  if (passphrase !== undefined) runner.mask(passphrase.value)
}

export function readDelivery(runner: Runner, logout: LogoutMode, problems: Problems): DeliveryInputs {
  return {
    exportEnv: readExportEnv(runner, problems),
    credentialsFile: readCredentialsFile(runner, problems),
    sealPassphrase: readSealPassphrase(runner, logout, problems),
  }
}

/** Without the file that variables go into, the toolkit would print them, token and all. */
export function readExportEnv(runner: Runner, problems: Problems): boolean {
  const wanted = booleanValue('export-env', runner.input('export-env'), false, problems)
  if (wanted && (runner.environment('GITHUB_ENV') ?? '') === '') {
    problems.add('export-env needs the file GITHUB_ENV, which this runner does not name.')
  }
  return wanted
}

function readCredentialsFile(runner: Runner, problems: Problems): string {
  const file = runner.input('credentials-file').trim()
  if (file === '' || isAbsolute(file)) return file
  const temp = runner.environment('RUNNER_TEMP') ?? ''
  if (temp === '')
    problems.add('credentials-file is relative, to RUNNER_TEMP, which is not set: give an absolute path.')
  return join(temp, file)
}

function readSealPassphrase(runner: Runner, logout: LogoutMode, problems: Problems): string {
  const passphrase = secretText(runner.input('seal-passphrase'), 'password')
  if (passphrase === undefined) return ''
  if (passphrase.dropped !== undefined)
    runner.warning('seal-passphrase has a line break at its end, which is left out.')
  const { length } = [...passphrase.value]
  if (length < SHORTEST_PASSPHRASE) {
    problems.add(
      `seal-passphrase has ${length} characters, fewer than ${SHORTEST_PASSPHRASE}. Make one: openssl rand -base64 32`,
    )
  } else if (length < GOOD_PASSPHRASE) {
    runner.warning(
      'seal-passphrase is short for what everybody who can read the run may try. Make a better one: openssl rand -base64 32',
    )
  }
  if (logout === 'always') {
    problems.add('seal-passphrase does not go with logout: always: the token would be dead before the next job starts.')
  }
  return passphrase.value
}
