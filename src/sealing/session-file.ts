import { isJsonObject, isPrintable, isToken, type JsonObject, ServerText, stringMember } from '../api/values.js'
import type { Session } from '../credentials/kind.js'
import { isUserId } from '../matrix/identifiers.js'
import { Secret } from '../secret.js'
import type { Unsealed } from './age.js'

/** The run that a session file belongs to. */
export interface Origin {
  readonly repository: string
  readonly runId: string
  /** The attempt of the run; empty if it is not known. */
  readonly runAttempt: string
}

/** Formats a session as JSON, with the member names of Matrix responses and the run that opened it. */
export function sessionFileJson(session: Session, { repository, runId, runAttempt }: Origin): string {
  const { accessToken, refreshToken, userId, deviceId, homeserverUrl, expiresAt } = session
  return JSON.stringify({
    access_token: accessToken.reveal(),
    ...(refreshToken === undefined ? {} : { refresh_token: refreshToken.reveal() }),
    user_id: userId.raw,
    ...(deviceId === undefined ? {} : { device_id: deviceId.raw }),
    homeserver: homeserverUrl,
    ...(expiresAt === undefined ? {} : { expires_at: new Date(expiresAt).toISOString() }),
    repository,
    run_id: runId,
    ...(runAttempt === '' ? {} : { run_attempt: runAttempt }),
  })
}

/** Parses the output of {@link sessionFileJson}; `undefined` for anything else. */
export function parseSessionFile(text: string): { readonly session: Session; readonly origin: Origin } | undefined {
  const value = parseJson(text)
  if (value === undefined) return undefined
  const member = (name: string) => stringMember(value, name)
  const [accessToken, userId, homeserverUrl] = [member('access_token'), member('user_id'), member('homeserver')]
  if (accessToken === undefined || !isToken(accessToken) || userId === undefined || !isUserId(userId)) return undefined
  if (homeserverUrl === undefined || !isPrintable(homeserverUrl)) return undefined
  const [refreshToken, deviceId] = [member('refresh_token'), member('device_id')]
  const expiresAt = Date.parse(member('expires_at') ?? '')
  const session = {
    homeserverUrl,
    userId: new ServerText(userId),
    accessToken: new Secret(accessToken),
    ...(deviceId === undefined ? {} : { deviceId: new ServerText(deviceId) }),
    ...(refreshToken === undefined ? {} : { refreshToken: new Secret(refreshToken) }),
    ...(Number.isNaN(expiresAt) ? {} : { expiresAt }),
  }
  const memberOrEmpty = (name: string) => member(name) ?? ''
  return {
    session,
    origin: {
      repository: memberOrEmpty('repository'),
      runId: memberOrEmpty('run_id'),
      runAttempt: memberOrEmpty('run_attempt'),
    },
  }
}

function parseJson(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isJsonObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** Encrypts text with a passphrase. @returns one line of base64 */
export async function sealText(text: string, passphrase: string): Promise<string> {
  const { seal } = await loadAge()
  return Buffer.from(await seal(text, passphrase)).toString('base64')
}

/** Decrypts the output of {@link sealText} or of the `age` command. */
export async function unsealText(sealed: Uint8Array, passphrase: string): Promise<Unsealed> {
  const { openAge } = await loadAge()
  return openAge(sealed, passphrase)
}

/** Loads the separate bundle on demand, so that a login without encryption does not load it. */
function loadAge() {
  return import('./age.js')
}
