import { hasInvalidToken } from '../api/call.js'
import { ApiError, malformed } from '../api/error.js'
import { type JsonObject, objectMember, ServerText, secretMember, textMember } from '../api/values.js'
import type { ActiveSession, IssuedSession, IssuedTokens, SessionFacts, TokenRequest } from '../credentials/kind.js'
import { LOGOUT } from '../credentials/login-flow.js'
import { Failure } from '../failures.js'
import { WHOAMI, whoami } from '../matrix/account.js'
import { LOG_IN } from '../matrix/client.js'
import { isOnRequestedDevice, type LoginAttempt, proofOf, type SessionPhase, warnOfOtherDevice } from './record.js'

/**
 * Lets a credential become a session. The only way to a token, for every kind of credential: the state says that something
 * may be sent, the request is sent, its tokens are masked (in `call`), the state gets them, and only then is the rest of
 * the answer read.
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

/** Sends the request, or another one that the credential knows after a refusal. */
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

/** Saves what the post step needs, then reads the answer. @throws ApiError where it is odd; the session is ended or named */
async function takeSession(request: TokenRequest, answer: JsonObject, attempt: LoginAttempt): Promise<IssuedSession> {
  const { credential } = attempt
  const holder = (request.tokensAt ?? []).reduce(objectMember, answer)
  const tokens = readTokens(holder, request)
  if (tokens !== undefined) refuseGivenToken(tokens, attempt)
  const named = credential.device === 'login' ? textMember(answer, 'device_id') : undefined
  const described = describeSession(tokens, request, answer)
  const session = described === undefined || named === undefined ? described : { ...described, deviceId: named }
  // An answer of OAuth names no device, and its revocation ends this session alone.
  const isElsewhere = session?.teardown.kind === 'logout' && !isOnRequestedDevice(named, attempt)
  try {
    // Neither this step nor the post step may log out what is on a device that was not asked for.
    if (tokens !== undefined) save(tokens, session, attempt, isElsewhere ? 'ended' : 'open')
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

/** Whatever ends a new session again would end what the given token is used for. @throws ApiError */
function refuseGivenToken({ accessToken }: IssuedTokens, attempt: LoginAttempt): void {
  const { credential, tokensInUse = [], recorder } = attempt
  const given = [...(credential.accessTokens ?? []), ...tokensInUse]
  if (!given.some((token) => token.reveal() === accessToken.reveal())) return
  recorder.end()
  throw odd('its access_token is not new: it was given to this step', attempt)
}

/** Ends a session that cannot be used, or says where a person finds it. */
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

/** What it takes to end the session, known before the rest of the answer is read. */
function describeSession(
  tokens: IssuedTokens | undefined,
  { teardown, adminClient }: TokenRequest,
  answer: JsonObject,
): IssuedSession | undefined {
  const found = teardown(answer)
  if (tokens === undefined || found === undefined) return undefined
  return { ...tokens, teardown: found, ...(adminClient === undefined ? {} : { adminClient }) }
}

/** Saves the tokens, which are masked, before anything else is done with them. @throws ApiError, CommandFileError */
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
    if (!recorder.saveTokens(accessToken.reveal(), refreshToken?.reveal(), change))
      throw odd('its tokens are too long', attempt)
    recorder.update(change)
  } finally {
    // Also where the state cannot be written: what was sent is used up.
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

/** Says whose session it is: the answer did, or `whoami` does. @throws Failure as the credential explains it */
export async function verifySession(session: IssuedSession, attempt: LoginAttempt): Promise<ActiveSession> {
  const { userId } = session
  if (userId === undefined || attempt.credential.needsWhoami) return verifyWithWhoami(session, attempt)
  return { ...session, userId, homeserverUrl: attempt.context.client.baseUrl }
}

/**
 * The same, with `whoami` in any case. Where that names another device than the requested one, a log-out would end that
 * device, so the session is recorded as `ended`: nothing ends it from here on.
 */
export async function verifyWithWhoami(session: IssuedSession, attempt: LoginAttempt): Promise<ActiveSession> {
  const { context, recorder } = attempt
  const { userId: _told, deviceId: _named, ...rest } = session
  try {
    const owner = await whoami(context.client, session.accessToken)
    const device = attempt.credential.device === 'existing' ? { deviceId: `${owner.deviceId ?? ''}` } : {}
    recorder.update({ user: `${owner.userId}`, ...device })
    // Where the answer named another device, that was said already. A revocation ends this session alone, wherever it is.
    if (recorder.phase !== 'ended' && session.teardown.kind === 'logout') warnOfOtherDevice(owner, attempt)
    return { ...rest, homeserverUrl: context.client.baseUrl, ...owner }
  } catch (error) {
    throw await explained(error, attempt)
  }
}

async function explained(error: unknown, attempt: LoginAttempt, request?: TokenRequest): Promise<unknown> {
  if (!(error instanceof ApiError)) return error
  const known = request?.explain?.(error) ?? (await attempt.credential.explain(error, attempt.context))
  if (known !== undefined) return known
  if (error.operation !== WHOAMI) return error
  const { refusedNewToken } = await import('../matrix/refusals.js')
  return refusedNewToken(error) ?? error
}

/** Adds what the credential knows about the state of things after an answer was lost. */
async function withLostAnswer(
  explanation: unknown,
  error: unknown,
  { credential, context }: LoginAttempt,
): Promise<unknown> {
  const { afterLostAnswer } = credential
  if (afterLostAnswer === undefined || !isAnswerLost(error) || explanation instanceof Failure) return explanation
  const { explain } = await import('../explain.js')
  const { code, message, hint } = explain(explanation, context.now())
  return new Failure(code, `${message} ${afterLostAnswer}`, hint, { cause: error })
}

/**
 * Whether an answer was lost, so that the request may have had its effect: a fact that errors of an exchange carry. A
 * failure has it from its cause. Anything else, such as a bug, counts as lost.
 */
export function isAnswerLost(error: unknown): boolean {
  if (error instanceof Error && 'answerLost' in error) return error.answerLost === true
  return error instanceof Failure ? error.cause !== undefined && isAnswerLost(error.cause) : true
}
