import { hasInvalidToken } from '../api/call.js'
import { ApiError, malformed } from '../api/error.js'
import { type JsonObject, objectMember, ServerText, secretMember, textMember } from '../api/values.js'
import type { IssuedSession, IssuedTokens, SessionFacts, TokenRequest } from '../credentials/kind.js'
import { LOGOUT } from '../credentials/login-flow.js'
import { Failure } from '../failures.js'
import { LOG_IN } from '../matrix/client.js'
import { explained, isOnRequestedDevice, type LoginAttempt, proofOf, type SessionPhase } from './record.js'

/**
 * Exchanges a credential for a session. Every kind of credential gets its tokens here, always in this order: save that
 * a request may be sent, send it, mask its tokens (in `call`), save them, read the rest of the response.
 * @throws Failure as the credential explains it, or ApiError, NetworkError
 */
export async function issueSession(attempt: LoginAttempt): Promise<IssuedSession> {
  const { credential, context } = attempt
  const source = await credential.requestTokens(context).catch(async (error: unknown) => {
    throw await explained(error, attempt)
  })
  if ('given' in source) return { accessToken: source.given, teardown: LOGOUT }
  const { answer, request } = await sendRequest(source, attempt)
  return takeSession(request, answer, attempt)
}

/** Sends the request, or after a refusal the alternative of the credential. */
async function sendRequest(
  request: TokenRequest,
  attempt: LoginAttempt,
): Promise<{ readonly answer: JsonObject; readonly request: TokenRequest }> {
  const { credential, recorder } = attempt
  if (credential.opensSession) recorder.update({ phase: 'sent' })
  try {
    return { answer: await request.send(), request }
  } catch (error) {
    if (!isAnswerLost(error) && recorder.phase === 'sent') recorder.end()
    const isRefusal = error instanceof ApiError && error.problem.kind === 'refused'
    const other = isRefusal && !isAnswerLost(error) ? await request.alternative?.(error) : undefined
    if (other !== undefined) return sendRequest(other, attempt)
    throw await withLostAnswer(await explained(error, attempt, request), error, attempt)
  }
}

/**
 * Saves the data for the post step, then reads the response.
 * @throws ApiError if it is malformed; the session is then ended or named
 */
async function takeSession(request: TokenRequest, answer: JsonObject, attempt: LoginAttempt): Promise<IssuedSession> {
  const { credential } = attempt
  const holder = (request.tokensAt ?? []).reduce(objectMember, answer)
  const tokens = readTokens(holder, request)
  if (tokens !== undefined) refuseGivenToken(tokens, attempt)
  const named = credential.device === 'login' ? textMember(answer, 'device_id') : undefined
  const described = describeSession(tokens, request, answer)
  const session = described === undefined || named === undefined ? described : { ...described, deviceId: named }
  // An OAuth response names no device, and its revocation ends this session only.
  const isElsewhere = session?.teardown.kind === 'logout' && !isOnRequestedDevice(named, attempt)
  try {
    if (tokens !== undefined) save(tokens, session, attempt, phaseOf(attempt, isElsewhere))
    if (tokens === undefined) throw odd('it has no usable access_token', attempt)
    if (hasInvalidToken(holder, 'refresh_token')) throw odd('its refresh_token is not a usable token', attempt)
    const facts = request.read(answer)
    if (session === undefined) throw odd('it does not say how the session is ended', attempt)
    return { ...session, ...readFacts(facts, attempt) }
  } catch (error) {
    if (isElsewhere) await nameLost(session, attempt)
    else await abandon(session, attempt)
    throw error
  }
}

/** Refuses a token that was given to this step: ending the new session would end the given one. @throws ApiError */
function refuseGivenToken({ accessToken }: IssuedTokens, attempt: LoginAttempt): void {
  const { credential, tokensInUse = [], recorder } = attempt
  const given = [...(credential.accessTokens ?? []), ...tokensInUse]
  if (!given.some((token) => token.reveal() === accessToken.reveal())) return
  recorder.end()
  throw odd('its access_token is not new: it was given to this step', attempt)
}

/** Ends a session that cannot be used, or tells the user where to find it. */
export async function abandon(session: IssuedSession | undefined, attempt: LoginAttempt): Promise<void> {
  const { endOrName } = await import('./teardown.js')
  if (session !== undefined) await endOrName(session, attempt)
  else await nameLost(session, attempt)
}

async function nameLost(session: IssuedSession | undefined, attempt: LoginAttempt): Promise<void> {
  if (!attempt.credential.opensSession) return
  const { nameSession } = await import('./teardown.js')
  nameSession(attempt, session)
}

function readTokens(holder: JsonObject, { held }: TokenRequest): IssuedTokens | undefined {
  const accessToken = secretMember(holder, 'access_token')
  const refreshToken = secretMember(holder, 'refresh_token')
  if (accessToken === undefined) return undefined
  if (refreshToken !== undefined) return { accessToken, refreshToken }
  return { accessToken, ...(held === undefined ? {} : { held }) }
}

/** Builds what is needed to end the session, before the rest of the response is read. */
function describeSession(
  tokens: IssuedTokens | undefined,
  { teardown, adminClient }: TokenRequest,
  answer: JsonObject,
): IssuedSession | undefined {
  const found = teardown(answer)
  if (tokens === undefined || found === undefined) return undefined
  return { ...tokens, teardown: found, ...(adminClient === undefined ? {} : { adminClient }) }
}

/**
 * Returns the phase after a response. Neither this step nor the post step may log out a device that was not requested,
 * or end a session that existed before and may be that of another user than `user`.
 */
function phaseOf({ credential, context }: LoginAttempt, isElsewhere: boolean): SessionPhase {
  const isUnverified = !credential.opensSession && context.user !== undefined
  return isElsewhere || isUnverified ? 'ended' : 'open'
}

/**
 * Saves the masked tokens before they are used. That a session must not be ended is saved before its token, so that no
 * post step ends it, whatever fails in between. @throws ApiError, CommandFileError
 */
function save(
  tokens: IssuedTokens,
  session: IssuedSession | undefined,
  attempt: LoginAttempt,
  phase: SessionPhase,
): void {
  const { recorder, onIssued } = attempt
  const { accessToken, held, refreshToken = held } = tokens
  try {
    const { teardown, adminClient } = session ?? {}
    const change = teardown === undefined ? {} : { phase, teardown, proof: proofOf(teardown, adminClient) }
    if (phase === 'ended') recorder.update(change)
    if (!recorder.saveTokens(accessToken.reveal(), refreshToken?.reveal(), change))
      throw odd('its tokens are too long', attempt)
    recorder.update(change)
  } finally {
    // Also if the state cannot be written: the credential that was sent is used up.
    onIssued?.(tokens)
  }
}

function readFacts({ userId, deviceId, expiresAt }: SessionFacts, { log }: LoginAttempt): Partial<IssuedSession> {
  if (expiresAt === 'malformed') log.warning(ODD_LIFETIME)
  return {
    ...(userId === undefined ? {} : { userId: new ServerText(userId) }),
    ...(deviceId === undefined ? {} : { deviceId: new ServerText(deviceId) }),
    ...(typeof expiresAt === 'number' ? { expiresAt } : {}),
  }
}

const ODD_LIFETIME = 'The server names a lifetime of the token that is not usable. `expires-at` stays empty.'

function odd(what: string, { context }: LoginAttempt): ApiError {
  return malformed(what, { server: context.client.baseUrl, operation: LOG_IN }, { answerLost: true })
}

/** Adds to the explanation which state can remain after a lost response. */
async function withLostAnswer(explanation: unknown, error: unknown, attempt: LoginAttempt): Promise<unknown> {
  const remains = isAnswerLost(error) ? afterLostAnswer(error, attempt) : undefined
  if (remains === undefined || explanation instanceof Failure) return explanation
  const { explain } = await import('../explain.js')
  const { code, message, hint } = explain(explanation, attempt.context.now())
  return new Failure(code, `${message} ${remains}`, hint, { cause: error })
}

/** Names the session of a success that cannot be read. With `logout: always` and `on-failure` the post step does so. */
function afterLostAnswer(error: unknown, { credential, recorder }: LoginAttempt): string | undefined {
  const isUnreadable = error instanceof ApiError && error.problem.kind === 'malformed'
  const { user, deviceId, logout } = recorder.record
  if (credential.afterLostAnswer !== undefined || !isUnreadable || logout !== 'never' || !credential.opensSession)
    return credential.afterLostAnswer
  const owner = user === '' ? 'the account' : user
  return `A session of ${owner} on device ${deviceId} may remain: end it in the list of sessions if it is there.`
}

/**
 * Returns whether a response was lost, so that the request may have taken effect. Errors of an exchange hold this fact;
 * a failure has it from its cause. Any other error, such as a bug, counts as lost.
 */
export function isAnswerLost(error: unknown): boolean {
  if (error instanceof Error && 'answerLost' in error) return error.answerLost === true
  return error instanceof Failure ? error.cause !== undefined && isAnswerLost(error.cause) : true
}
