import type { Repeatable } from '../http/exchange.js'
import { issuedTokens, type LoginCredential, loginRequest, sessionFromLogin } from '../matrix/login.js'
import type { Secret } from '../secret.js'
import type { Credential, Opened, OpeningContext } from './credential.js'
import { LOGOUT } from './ending.js'
import { devicePredecessors } from './predecessors.js'

/** What sets one login apart from another, besides the credential. */
interface LoginOptions {
  /** Of an application service. */
  readonly accessToken?: Secret
  readonly repeatable?: Repeatable
}

/** A credential that opens a session by `POST /login`, on any device that it is told. */
export function loginCredential(
  parts: Pick<Credential, 'description' | 'open' | 'explain'> & Partial<Credential>,
): Credential {
  return {
    device: 'login',
    opensSession: true,
    isReplaced: false,
    mustBeProven: false,
    predecessors: (context, session) => devicePredecessors(parts.open, context, session),
    ...parts,
  }
}

/** `POST /login` with a credential: one request, on the device of the context; such a session is ended by `/logout`. */
export async function openByLogin(
  credential: LoginCredential,
  { client, device, now, sending, issued }: OpeningContext,
  { accessToken, repeatable = 'always' }: LoginOptions = {},
): Promise<Opened> {
  sending()
  const answer = await client.send({ ...loginRequest(credential, device, accessToken), repeatable })
  issued(issuedTokens(answer), LOGOUT)
  return { ...sessionFromLogin(client, answer, now()), ending: LOGOUT }
}
