import type { Credential, Opened, OpeningContext, OpenSession } from '../credentials/credential.js'
import { type Ending, endSession } from '../credentials/ending.js'
import { refusedNewToken } from '../credentials/refusals.js'
import { explain } from '../explain.js'
import { Failure } from '../failures.js'
import { NoAnswerError } from '../http/exchange.js'
import { AnswerError } from '../matrix/answers.js'
import type { MatrixClient } from '../matrix/client.js'
import type { UserIdentifier } from '../matrix/identifiers.js'
import { type IssuedTokens, isIssuedToken, isMaskable, type LoginDevice } from '../matrix/login.js'
import type { LogoutResult } from '../matrix/logout.js'
import { WHOAMI, whoami } from '../matrix/whoami.js'
import type { Runner } from '../runner/ports.js'
import type { Secret } from '../secret.js'
import type { NetworkPorts } from './connect.js'
import type { SessionLog } from './session-state.js'

/** One login that is under way: what the credential may use, and how the post step is kept up to date. */
export interface Opening {
  readonly credential: Credential
  readonly context: OpeningContext
  readonly runner: Runner
  readonly log: SessionLog
  /** Whether the request that opens the session, or uses the credential up, has left. */
  readonly wasSent: () => boolean
}

/** What an opening is about. */
export interface OpeningRequest {
  readonly credential: Credential
  readonly client: MatrixClient
  readonly allowHttp: boolean
  readonly user: UserIdentifier | undefined
  readonly device: LoginDevice
  readonly log: SessionLog
  /** Called with tokens that must be handed over before anything uses them, right after they were masked. */
  readonly onReplaced: (tokens: IssuedTokens) => void
}

export function prepareOpening({ runner, clock }: NetworkPorts, request: OpeningRequest): Opening {
  const { credential, log, onReplaced, ...facts } = request
  let sent = false
  const context: OpeningContext = {
    ...facts,
    now: clock.now,
    sending: () => {
      sent = true
      if (credential.opensSession) log.update({ phase: 'sent' })
    },
    issued: (tokens, ending, held) => {
      takeTokens(runner, log, tokens, ending, held)
      if (credential.isReplaced) onReplaced(tokens)
    },
    mask: runner.mask,
    warning: runner.warning,
    group: runner.group,
  }
  return { credential, context, runner, log, wasSent: () => sent }
}

/** The mask comes before any other statement; then the post step learns what it may have to end. */
function takeTokens(runner: Runner, log: SessionLog, tokens: IssuedTokens, ending: Ending, held?: Secret): void {
  const { accessToken, refreshToken } = tokens
  for (const token of [accessToken, refreshToken]) if (token !== undefined && isMaskable(token)) runner.mask(token)
  if (accessToken === undefined || !isIssuedToken(accessToken)) return
  log.saveTokens(accessToken, refreshToken ?? held?.reveal())
  log.update({ phase: 'open', ending })
}

/** Lets a credential become tokens. @throws the failure as the credential explains it, or what was thrown */
export async function openSession(opening: Opening): Promise<Opened> {
  const { credential, context, runner, log } = opening
  runner.info(`Logging in with ${credential.description}…`)
  try {
    return await credential.open(context)
  } catch (error) {
    if (log.phase === 'sent' && !mayHaveTakenEffect(error)) log.update({ phase: 'over' })
    throw await explained(error, opening)
  }
}

/** Says whose session it is: the answer did, or `whoami` does. @throws the failure as the credential explains it */
export async function proveSession(opened: Opened, opening: Opening): Promise<OpenSession> {
  const { client } = opening.context
  const { userId, deviceId, ...rest } = opened
  if (userId !== undefined && !opening.credential.mustBeProven) {
    return { ...rest, homeserverUrl: client.baseUrl, userId, ...(deviceId === undefined ? {} : { deviceId }) }
  }
  return proveByWhoami(opened, opening)
}

/** The same, with `whoami` in any case. */
export async function proveByWhoami(opened: Opened, opening: Opening): Promise<OpenSession> {
  const { context, log } = opening
  const { userId: _told, deviceId: _named, ...rest } = opened
  try {
    const owner = await whoami(context.client, opened.accessToken)
    log.update({ user: owner.userId, deviceId: owner.deviceId ?? '' })
    return { ...rest, homeserverUrl: context.client.baseUrl, ...owner }
  } catch (error) {
    throw await explained(error, opening)
  }
}

/** Ends a session that this very step opened. @throws AnswerError, NoAnswerError */
export function endOpened(opened: Opened, { credential, context }: Opening): Promise<LogoutResult> {
  const { accessToken, refreshToken, ending } = opened
  return endSession(ending, {
    client: context.client,
    accessToken,
    ...(refreshToken === undefined ? {} : { refreshToken }),
    ...(credential.admin === undefined ? {} : { admin: credential.admin }),
    mask: context.mask,
  })
}

async function explained(error: unknown, { credential, context, wasSent }: Opening): Promise<unknown> {
  const known = error instanceof AnswerError ? await credential.explain(error, context) : undefined
  if (known !== undefined) return known
  const dead = error instanceof AnswerError && error.operation === WHOAMI ? refusedNewToken(error) : undefined
  if (dead !== undefined) return dead
  if (credential.afterLostAnswer === undefined || !wasSent() || !isAnswerLost(error)) return error
  const { word, message, hint } = explain(error, context.now())
  return new Failure(word, `${message} ${credential.afterLostAnswer}`, hint, { cause: error })
}

/** Whether there may be a session that nobody holds, or that only the post step knows. */
function mayHaveTakenEffect(error: unknown): boolean {
  return isAnswerLost(error) || !(error instanceof AnswerError || error instanceof NoAnswerError)
}

/** Whether an answer was lost, so that the request may have had its effect. */
export function isAnswerLost(error: unknown): boolean {
  if (error instanceof AnswerError) return error.mayHaveTakenEffect
  return error instanceof NoAnswerError && error.answerLost
}
