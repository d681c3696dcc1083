import type { Repeatable } from '../http/exchange.js'
import { issuedTokens, type LoginCredential, loginRequest, sessionFromLogin } from '../matrix/login.js'
import type { Secret } from '../secret.js'
import type { Opened, OpeningContext } from './credential.js'
import { LOGOUT } from './ending.js'

/** What sets one login apart from another, besides the credential. */
interface LoginOptions {
  /** Of an application service. */
  readonly accessToken?: Secret
  readonly repeatable?: Repeatable
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
