import type { Credential, OpeningContext } from '../credentials/credential.js'
import { NoAnswerError } from '../http/exchange.js'
import { AnswerError } from '../matrix/answers.js'
import type { JsonObject } from '../matrix/json.js'
import { issuedTokens } from '../matrix/login.js'
import type { Session } from '../matrix/session.js'
import type { Runner } from '../runner/ports.js'
import { type SessionPhase, saveToken } from './session-state.js'

/** One login that is under way: what the credential may use, and how the post step is kept up to date. */
export interface Opening {
  readonly context: OpeningContext
  readonly runner: Runner
  readonly save: (phase: SessionPhase) => void
}

/** The mask comes before any other statement; then the post step learns what it may have to end. */
export function takeTokens(runner: Runner, answer: JsonObject, save: (phase: SessionPhase) => void): void {
  const { accessToken, refreshToken } = issuedTokens(answer)
  if (accessToken !== undefined) runner.mask(accessToken)
  if (refreshToken !== undefined) runner.mask(refreshToken)
  if (accessToken === undefined) return
  saveToken(runner, accessToken)
  save('open')
}

/** Lets a credential become a session. @throws the failure as the credential explains it, or what was thrown */
export async function openSession(credential: Credential, { context, runner, save }: Opening): Promise<Session> {
  runner.info(`Logging in with ${credential.description}…`)
  if (credential.opensSession) save('sent')
  try {
    return await credential.open(context)
  } catch (error) {
    if (credential.opensSession && !mayHaveOpened(error)) save('over')
    throw (error instanceof AnswerError ? await credential.explain(error, context) : undefined) ?? error
  }
}

/** Whether there may be a session that nobody holds, or that only the post step knows. */
function mayHaveOpened(error: unknown): boolean {
  if (error instanceof AnswerError) return error.mayHaveTakenEffect
  return !(error instanceof NoAnswerError) || error.answerLost
}
