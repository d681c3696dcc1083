import { judgeCallback } from './callback.js'
import { makeRendezvous, type Rendezvous } from './rendezvous.js'

/**
 * The address that the browser is sent to when it runs on another machine. The browser cannot open it, shows an error, and
 * keeps the address in its address bar. No server can answer: the name does not resolve, and no public certificate
 * authority issues a certificate for `.invalid`, so a resolver that answers all the same receives the name and nothing else.
 * An address on loopback can be listened to by every user of the machine, on macOS below port 1024 too.
 *
 * Synapse and Matrix Authentication Service accept every `https` address with a host as `redirectUrl`.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6761#section-6.4 `.invalid` never resolves
 * @see https://github.com/element-hq/matrix-authentication-service/blob/main/crates/handlers/src/compat/login_sso_redirect.rs
 */
const UNREACHABLE_ORIGIN = 'https://matrix-access-token.invalid'

export function makeRemoteRendezvous(bytes: (count: number) => Uint8Array): Rendezvous {
  return makeRendezvous(UNREACHABLE_ORIGIN, bytes)
}

/** @returns the login token in the pasted address, or undefined where that is not the address of this login */
export function readPasted(text: string, rendezvous: Rendezvous): string | undefined {
  const pasted = text.trim()
  if (!URL.canParse(pasted)) return undefined
  const { origin, host, pathname, search } = new URL(pasted)
  if (origin !== rendezvous.origin) return undefined
  const request = { method: 'GET', target: pathname + search, host, origin: undefined } as const
  const verdict = judgeCallback({ ...request, fetchMode: undefined, fetchDestination: undefined }, rendezvous)
  return verdict.kind === 'login-token' ? verdict.token : undefined
}
