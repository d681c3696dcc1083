import { isJsonObject, stringMember } from '../matrix/json.js'
import { isPrintable, isToken, isUserId } from '../matrix/login.js'
import type { Session } from '../matrix/session.js'
import { Secret } from '../secret.js'

/** The run that credentials belong to. */
export interface Origin {
  readonly repository: string
  readonly runId: string
}

/** Credentials as JSON: members as in the answers of Matrix, and the run they were made in. */
export function credentialsJson(session: Session, { repository, runId }: Origin): string {
  const { accessToken, refreshToken, userId, deviceId, homeserverUrl, expiresAt } = session
  return JSON.stringify({
    access_token: accessToken.reveal(),
    ...(refreshToken === undefined ? {} : { refresh_token: refreshToken.reveal() }),
    user_id: userId,
    ...(deviceId === undefined ? {} : { device_id: deviceId }),
    homeserver: homeserverUrl,
    ...(expiresAt === undefined ? {} : { expires_at: new Date(expiresAt).toISOString() }),
    repository,
    run_id: runId,
  })
}

/** What {@link credentialsJson} wrote; `undefined` for anything else. */
export function parseCredentials(text: string): { session: Session; origin: Origin } | undefined {
  const value = parseJson(text)
  if (!isJsonObject(value)) return undefined
  const member = (name: string) => stringMember(value, name)
  const [accessToken, userId, homeserverUrl] = [member('access_token'), member('user_id'), member('homeserver')]
  if (accessToken === undefined || !isToken(accessToken) || userId === undefined || !isUserId(userId)) return undefined
  if (homeserverUrl === undefined || !isPrintable(homeserverUrl)) return undefined
  const [refreshToken, deviceId] = [member('refresh_token'), member('device_id')]
  const expiresAt = Date.parse(member('expires_at') ?? '')
  const session = {
    homeserverUrl,
    userId,
    accessToken: new Secret(accessToken),
    ...(deviceId === undefined ? {} : { deviceId }),
    ...(refreshToken === undefined ? {} : { refreshToken: new Secret(refreshToken) }),
    ...(Number.isNaN(expiresAt) ? {} : { expiresAt }),
  }
  return { session, origin: { repository: member('repository') ?? '', runId: member('run_id') ?? '' } }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
