import type { LoginInputs } from '../inputs/login.js'
import type { LogoutMode } from '../inputs/logout-mode.js'
import type { IssuedTokens } from '../matrix/login.js'
import { cleanServerText } from '../matrix/server-text.js'
import type { Session } from '../matrix/session.js'
import type { Runner } from '../runner/ports.js'
import type { SecretFile } from '../runner/secret-file.js'
import { credentialsJson } from '../sealing/credentials.js'
import { sealText } from '../sealing/sealing.js'
import { writeCredentialsFile } from './credentials-file.js'
import { readOrigin } from './origin.js'

/** Hands a session to the steps that follow. The token was masked when it arrived. */
export async function deliver(runner: Runner, session: Session, inputs: LoginInputs, file?: SecretFile): Promise<void> {
  const json = credentialsJson(session, readOrigin(runner))
  const sealed = inputs.sealPassphrase === '' ? '' : await sealText(json, inputs.sealPassphrase)
  if (file !== undefined) writeCredentialsFile(file, json)
  setSessionOutputs(runner, session)
  runner.setOutput('sealed-credentials', sealed)
  runner.setOutput('credentials-file', file?.path ?? '')
  runner.setOutput('failure', '')
  if (inputs.exportEnv) exportSession(runner, session)
  const expiresAt = expiryOf(session)
  const who = cleanServerText(session.userId)
  runner.info(`Logged in as ${who}, ${describeDevice(session)}, ${describeEnd(expiresAt)}.`)
  runner.summary(summaryTable(session, expiresAt, inputs.logout))
}

/** The outputs that say all of a session. */
export function setSessionOutputs(runner: Runner, session: Session): void {
  setCredentialOutputs(runner, session)
  runner.setOutput('authenticated', 'true')
}

/** The tokens alone, before anything uses them: servers forget the one that was refreshed once they do. */
export function setTokenOutputs(runner: Runner, { accessToken = '', refreshToken = '' }: IssuedTokens): void {
  runner.setOutput('access-token', accessToken)
  runner.setOutput('refresh-token', refreshToken)
}

/** The outputs that another job gets as well. */
export function setCredentialOutputs(runner: Runner, session: Session): void {
  const refreshToken = session.refreshToken?.reveal()
  const accessToken = session.accessToken.reveal()
  setTokenOutputs(runner, { accessToken, ...(refreshToken === undefined ? {} : { refreshToken }) })
  runner.setOutput('user-id', session.userId)
  runner.setOutput('device-id', session.deviceId ?? '')
  runner.setOutput('homeserver-url', session.homeserverUrl)
  runner.setOutput('expires-at', expiryOf(session))
}

/** For later steps of the job, under the names that clients look for. */
export function exportSession(runner: Runner, session: Session): void {
  runner.exportVariable('MATRIX_ACCESS_TOKEN', session.accessToken.reveal())
  runner.exportVariable('MATRIX_USER_ID', session.userId)
  runner.exportVariable('MATRIX_DEVICE_ID', session.deviceId ?? '')
  runner.exportVariable('MATRIX_HOMESERVER', session.homeserverUrl)
}

function expiryOf({ expiresAt }: Session): string {
  return expiresAt === undefined ? '' : new Date(expiresAt).toISOString()
}

/** No credential, and that is fine: later steps ask `authenticated`. */
export function deliverSkipped(runner: Runner, why: string): void {
  runner.setOutput('authenticated', 'false')
  runner.setOutput('failure', '')
  runner.warning(`Nobody is logged in, as if-no-credentials: skip asks. ${why}`)
}

function describeDevice({ deviceId }: Session): string {
  return deviceId === undefined ? 'without a device' : `device ${cleanServerText(deviceId)}`
}

function describeEnd(expiresAt: string): string {
  return expiresAt === '' ? 'no expiry named' : `until ${expiresAt}`
}

const AFTERWARDS: Readonly<Record<LogoutMode, string>> = {
  never: 'stays until somebody ends it (<code>logout: never</code>)',
  always: 'ends after this job (<code>logout: always</code>)',
  'on-failure': 'ends after this job if the job fails or is cancelled (<code>logout: on-failure</code>)',
}

function summaryTable(session: Session, expiresAt: string, logout: LogoutMode): string {
  const rows: readonly (readonly [string, string])[] = [
    ['User', code(session.userId)],
    ['Device', session.deviceId === undefined ? 'none' : code(session.deviceId)],
    ['Homeserver', code(session.homeserverUrl)],
    ['Expires', expiresAt === '' ? 'the server named no end' : code(expiresAt)],
    ['The session', AFTERWARDS[logout]],
  ]
  const body = rows.map(([name, value]) => `<tr><th align="left">${name}</th><td>${value}</td></tr>`).join('')
  return `<h3>Matrix login</h3><table>${body}</table>\n`
}

/** The names are the server's: nothing in them may become markup. */
function code(text: string): string {
  return `<code>${cleanServerText(text).replace(/[&<>"'`|\\*_[\]]/g, (character) => `&#${character.charCodeAt(0)};`)}</code>`
}
