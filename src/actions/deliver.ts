import type { IssuedTokens, Session } from '../credentials/kind.js'
import type { InputSource, Log, Outputs } from '../runner/ports.js'
import type { SecretFile } from '../runner/secret-file.js'
import type { Origin } from '../sealing/session-file.js'
import type { LogoutMode } from '../session/record.js'

/** How a session is delivered. */
export interface DeliveryPlan {
  readonly logout: LogoutMode
  readonly exportEnv: boolean
  /** Empty: the session file is not encrypted. */
  readonly sealPassphrase: string
  /** When the token was issued by a rotation, in milliseconds since 1970; `undefined` if unknown. */
  readonly rotatedAt: number | undefined
}

/** The run that this step is part of. */
export function readOrigin({ environment }: Pick<InputSource, 'environment'>): Origin {
  return {
    repository: environment('GITHUB_REPOSITORY') ?? '',
    runId: environment('GITHUB_RUN_ID') ?? '',
    runAttempt: environment('GITHUB_RUN_ATTEMPT') ?? '',
  }
}

/** Delivers a session to later steps. The token was masked when it was received. @throws Failure */
export async function deliver(
  runner: Outputs & Log & InputSource,
  session: Session,
  inputs: DeliveryPlan,
  file?: SecretFile,
): Promise<void> {
  const sealed = await writeSessionFile(session, readOrigin(runner), inputs.sealPassphrase, file)
  setSessionOutputs(runner, session)
  runner.setOutput('rotated-at', inputs.rotatedAt === undefined ? '' : new Date(inputs.rotatedAt).toISOString())
  runner.setOutput('sealed-credentials', sealed)
  runner.setOutput('credentials-file', file?.path ?? '')
  runner.setOutput('failure', '')
  if (inputs.exportEnv) exportSession(runner, session)
  const expiresAt = expiryOf(session)
  runner.info(`Logged in as ${session.userId}, ${describeDevice(session)}, ${describeEnd(expiresAt)}.`)
  runner.summary(summaryTable(session, expiresAt, inputs.logout))
}

/**
 * Encrypts and writes the session file, as far as requested. @returns the encrypted file; empty if it is not requested
 */
async function writeSessionFile(
  session: Session,
  origin: Origin,
  sealPassphrase: string,
  file: SecretFile | undefined,
): Promise<string> {
  if (sealPassphrase === '' && file === undefined) return ''
  const { sealText, sessionFileJson } = await import('../sealing/session-file.js')
  const json = sessionFileJson(session, origin)
  const sealed = sealPassphrase === '' ? '' : await sealText(json, sealPassphrase)
  if (file === undefined) return sealed
  const { writeCredentialsFile } = await import('./credentials-file.js')
  writeCredentialsFile(file, json)
  return sealed
}

/** Sets all outputs of a session. */
export function setSessionOutputs(runner: Outputs, session: Session): void {
  setCredentialOutputs(runner, session)
  runner.setOutput('authenticated', 'true')
}

/**
 * Sets the output of the new refresh token before it is used, because the old one is already used up. The access token
 * is set after its owner is verified.
 */
export function setRefreshTokenOutput(runner: Outputs, { refreshToken }: IssuedTokens): void {
  if (refreshToken !== undefined) runner.setOutput('refresh-token', refreshToken.reveal())
}

/** Sets the outputs of the tokens only. */
export function setTokenOutputs(runner: Outputs, { accessToken, refreshToken }: IssuedTokens): void {
  runner.setOutput('access-token', accessToken.reveal())
  runner.setOutput('refresh-token', refreshToken?.reveal() ?? '')
}

/** Sets the outputs that another job receives as well. */
export function setCredentialOutputs(runner: Outputs, session: Session): void {
  setTokenOutputs(runner, session)
  runner.setOutput('user-id', session.userId.raw)
  runner.setOutput('device-id', session.deviceId?.raw ?? '')
  runner.setOutput('homeserver-url', session.homeserverUrl)
  runner.setOutput('expires-at', expiryOf(session))
}

/** Exports the session to later steps of the job, as the environment variables that clients read. */
export function exportSession(runner: Outputs, session: Session): void {
  runner.exportVariable('MATRIX_ACCESS_TOKEN', session.accessToken.reveal())
  runner.exportVariable('MATRIX_USER_ID', session.userId.raw)
  runner.exportVariable('MATRIX_DEVICE_ID', session.deviceId?.raw ?? '')
  runner.exportVariable('MATRIX_HOMESERVER', session.homeserverUrl)
}

function expiryOf({ expiresAt }: Session): string {
  return expiresAt === undefined ? '' : new Date(expiresAt).toISOString()
}

/** Reports a skipped login: no credential is set, and the step succeeds. Later steps check `authenticated`. */
export function deliverSkipped(runner: Outputs & Log, why: string): void {
  runner.setOutput('authenticated', 'false')
  runner.setOutput('failure', '')
  runner.warning(`Login skipped: no credential is set (\`if-no-credentials: skip\`). ${why}`)
}

function describeDevice({ deviceId }: Session): string {
  return deviceId === undefined ? 'without a device' : `device ${deviceId}`
}

function describeEnd(expiresAt: string): string {
  return expiresAt === '' ? 'no expiry named' : `until ${expiresAt}`
}

const AFTERWARDS: Readonly<Record<LogoutMode, string>> = {
  never: 'stays until it is ended (<code>logout: never</code>)',
  always: 'ends after this job (<code>logout: always</code>)',
  'on-failure': 'ends after this job if the job fails or is cancelled (<code>logout: on-failure</code>)',
}

function summaryTable(session: Session, expiresAt: string, logout: LogoutMode): string {
  const rows: readonly (readonly [string, string])[] = [
    ['User', code(`${session.userId}`)],
    ['Device', session.deviceId === undefined ? 'none' : code(`${session.deviceId}`)],
    ['Homeserver', code(session.homeserverUrl)],
    ['Expires', expiresAt === '' ? 'the server named no end' : code(expiresAt)],
    ['The session', AFTERWARDS[logout]],
  ]
  return summaryOf('Matrix login', rows)
}

/** Formats a table for the job summary. @param rows names and values, in HTML */
export function summaryOf(heading: string, rows: readonly (readonly [name: string, value: string])[]): string {
  const body = rows.map(([name, value]) => `<tr><th align="left">${name}</th><td>${value}</td></tr>`).join('')
  return `<h3>${heading}</h3><table>${body}</table>`
}

/** Formats text as code, escaped so that it cannot become markup. */
export function code(text: string): string {
  return `<code>${text.replace(/[&<>"'`|\\*_[\]]/g, (character) => `&#${character.charCodeAt(0)};`)}</code>`
}
