import { hasInvalidToken } from '../api/call.js'
import { AnswerError, malformed } from '../api/error.js'
import { type JsonObject, objectMember, ServerText, secretMember, textMember } from '../api/values.js'
import type {
  ActiveSession,
  Credential,
  IssuedSession,
  IssuedTokens,
  LoginContext,
  SessionFacts,
  TokenRequest,
} from '../credentials/kind.js'
import { LOGOUT } from '../credentials/login-flow.js'
import { explain } from '../explain.js'
import { Failure } from '../failures.js'
import { WHOAMI, whoami } from '../matrix/account.js'
import { LOG_IN } from '../matrix/login.js'
import { refusedNewToken } from '../matrix/refusals.js'
import type { Log, Masks } from '../runner/ports.js'
import { proofOf, type SessionPhase, type SessionRecorder } from './record.js'
import { endSession, TeardownError } from './teardown.js'

/** One login that is under way. */
export interface LoginAttempt {
  readonly credential: Credential
  readonly context: LoginContext
  readonly log: Log
  /** Keeps the post step up to date. */
  readonly recorder: SessionRecorder
  /**
   * Called with tokens right after they were masked and saved, and before anything uses them: a server forgets a single-use
   * credential once its successor is used.
   */
  readonly onIssued?: (tokens: IssuedTokens) => void
}

/** What a login may need, with the ports of the step. */
export function loginContext(
  { log, masks, clock }: { readonly log: Log; readonly masks: Masks; readonly clock: { now(): number } },
  parts: Pick<LoginContext, 'client' | 'allowHttp' | 'user' | 'device'>,
): LoginContext {
  return { ...parts, now: clock.now, mask: masks.mask, warning: log.warning, group: log.group }
}

/**
 * Lets a credential become a session. The only way to a token, for every kind of credential: the state says that something
 * may be sent, the request is sent, its tokens are masked (in `call`), the state gets them, and only then is the rest of
 * the answer read.
 * @throws Failure as the credential explains it, or AnswerError, NoAnswerError
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
    const isRefusal = error instanceof AnswerError && error.problem.kind === 'refused'
    const other = isRefusal && !isAnswerLost(error) ? await request.alternative?.(error) : undefined
    if (other !== undefined) return sendRequest(other, attempt)
    throw withLostAnswer(await explained(error, attempt, request), error, attempt)
  }
}

/** Saves what the post step needs, then reads the answer. @throws AnswerError where it is odd; the session is ended or named */
async function takeSession(request: TokenRequest, answer: JsonObject, attempt: LoginAttempt): Promise<IssuedSession> {
  const { credential } = attempt
  const holder = (request.tokensAt ?? []).reduce(objectMember, answer)
  const tokens = readTokens(holder, request)
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
    if (session !== undefined && !isElsewhere) await endOrName(session, attempt)
    else if (credential.opensSession) nameSession(attempt, session)
    throw error
  }
}

/** Whether the device that a login names is the requested one. A credential that requests none has no such device. */
function isOnRequestedDevice(named: ServerText | undefined, { credential, context }: LoginAttempt): boolean {
  return credential.device !== 'login' || named?.raw === context.device.deviceId
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

/** Saves the tokens, which are masked, before anything else is done with them. @throws AnswerError, CommandFileError */
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

function odd(what: string, { context }: LoginAttempt): AnswerError {
  return malformed(what, { server: context.client.baseUrl, operation: LOG_IN }, { answerLost: true })
}

/** Ends the session where that ends nothing else, otherwise names it; does nothing where either was done before. */
export async function endOrName(session: IssuedSession, attempt: LoginAttempt): Promise<void> {
  const { credential, recorder, log } = attempt
  if (!credential.opensSession || recorder.phase === 'ended') return
  // On a device that stays the same from run to run, a log-out would end the token of the run before, too.
  if (recorder.record.logout !== 'never' || credential.device !== 'login') {
    try {
      await endIssued(session, attempt)
      return recorder.end()
    } catch {
      if (recorder.isEndedByPostStep)
        return log.info('The new session could not be ended yet. The post step tries again.')
    }
  }
  nameSession(attempt, session)
}

/** Says which session is left, and that nothing else will end it. */
function nameSession({ context, recorder, log }: LoginAttempt, session?: IssuedSession): void {
  const { user, homeserverUrl, sessionName } = recorder.record
  const device = session?.deviceId ?? (recorder.record.deviceId || context.device.deviceId)
  const name = `A session of ${user === '' ? 'the account' : user} on device ${device} at ${homeserverUrl} may remain`
  log.warning(
    sessionName === undefined
      ? `${name}. End it in the list of sessions of that account if it is there.`
      : `${name}: ${sessionName}. The device has other sessions, too: end this one alone if it is there.`,
  )
  recorder.end()
}

/** Ends a session that this very attempt opened. @throws AnswerError, NoAnswerError, TeardownError */
export async function endIssued(session: IssuedSession, attempt: LoginAttempt): Promise<void> {
  const { credential, context, recorder } = attempt
  if (recorder.phase === 'ended')
    throw new TeardownError('the server opened it on another device than it was asked for')
  const { accessToken, teardown, adminClient, deviceId, held, refreshToken = held } = session
  await endSession({
    client: context.client,
    teardown,
    accessToken,
    ...(refreshToken === undefined ? {} : { refreshToken }),
    ...(adminClient === undefined ? {} : { adminClient }),
    ...(credential.device === 'existing' ? {} : { requestedDevice: context.device.deviceId }),
    ...(deviceId === undefined ? {} : { namedDevice: deviceId.raw }),
  })
}

/** Whether the server opened the session on the device that was requested. A credential that requests none has no such device. */
export function isAsRequested(
  { deviceId }: Pick<IssuedSession, 'deviceId'>,
  { credential, context }: LoginAttempt,
): boolean {
  return credential.device === 'existing' || deviceId?.raw === context.device.deviceId
}

/**
 * A session on another device than the requested one is not ended by this action: a log-out would end whatever else is on
 * that device.
 */
export function warnOfOtherDevice({ deviceId }: Pick<IssuedSession, 'deviceId'>, attempt: LoginAttempt): void {
  const { context, recorder, log } = attempt
  if (isOnRequestedDevice(deviceId, attempt)) return
  const device = deviceId === undefined ? 'no device' : `device ${deviceId}`
  log.warning(
    `The server logged in on ${device} instead of the requested ${context.device.deviceId}. ` +
      'Nothing is ended because of it. End this session in the list of sessions of the account when it is not needed any more.',
  )
  recorder.end()
}

/** Says whose session it is: the answer did, or `whoami` does. @throws Failure as the credential explains it */
export async function verifySession(session: IssuedSession, attempt: LoginAttempt): Promise<ActiveSession> {
  const { userId } = session
  if (userId === undefined || attempt.credential.needsWhoami) return verifyWithWhoami(session, attempt)
  return { ...session, userId, homeserverUrl: attempt.context.client.baseUrl }
}

/** The same, with `whoami` in any case. */
export async function verifyWithWhoami(session: IssuedSession, attempt: LoginAttempt): Promise<ActiveSession> {
  const { context, recorder } = attempt
  const { userId: _told, deviceId: _named, ...rest } = session
  try {
    const owner = await whoami(context.client, session.accessToken)
    const device = attempt.credential.device === 'existing' ? { deviceId: `${owner.deviceId ?? ''}` } : {}
    recorder.update({ user: `${owner.userId}`, ...device })
    // Where the answer named another device, that was said already.
    if (recorder.phase !== 'ended') warnOfOtherDevice(owner, attempt)
    return { ...rest, homeserverUrl: context.client.baseUrl, ...owner }
  } catch (error) {
    throw await explained(error, attempt)
  }
}

async function explained(error: unknown, attempt: LoginAttempt, request?: TokenRequest): Promise<unknown> {
  if (!(error instanceof AnswerError)) return error
  const known = request?.explain?.(error) ?? (await attempt.credential.explain(error, attempt.context))
  if (known !== undefined) return known
  return (error.operation === WHOAMI ? refusedNewToken(error) : undefined) ?? error
}

/** Adds what the credential knows about the state of things after an answer was lost. */
function withLostAnswer(explanation: unknown, error: unknown, { credential, context }: LoginAttempt): unknown {
  const { afterLostAnswer } = credential
  if (afterLostAnswer === undefined || !isAnswerLost(error) || explanation instanceof Failure) return explanation
  const { word, message, hint } = explain(explanation, context.now())
  return new Failure(word, `${message} ${afterLostAnswer}`, hint, { cause: error })
}

/**
 * Whether an answer was lost, so that the request may have had its effect: a fact that errors of an exchange carry. A
 * failure has it from its cause. Anything else, such as a bug, counts as lost.
 */
export function isAnswerLost(error: unknown): boolean {
  if (error instanceof Error && 'answerLost' in error) return error.answerLost === true
  return error instanceof Failure ? error.cause !== undefined && isAnswerLost(error.cause) : true
}
