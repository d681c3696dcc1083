/**
 * Where the browser comes back to. The protocol has no `state` of its own (`m.login.sso` sends back `loginToken` and
 * nothing else), so both parts that nobody can guess stand in the address that the server is given: who makes the browser
 * go elsewhere, or come here with a login token of an account of their own, knows neither.
 */
export interface Rendezvous {
  /** `http://127.0.0.1:PORT`, or an address that cannot be reached, for `--paste`. */
  readonly origin: string
  readonly path: string
  readonly state: string
}

/** 128 bits each. */
const BYTES = 16

export function makeRendezvous(origin: string, bytes: (count: number) => Uint8Array): Rendezvous {
  const unguessable = () => Buffer.from(bytes(BYTES)).toString('base64url')
  return { origin, path: `/${unguessable()}`, state: unguessable() }
}

/** The address that the server sends the browser to, with `loginToken` added to its query. */
function redirectUrl({ origin, path, state }: Rendezvous): string {
  return `${origin}${path}?state=${state}`
}

/**
 * The address at which the login in the browser begins. `action=login` tells an OAuth-aware server to show its login page, not
 * its registration (Matrix 1.18, MSC3824).
 * @see https://spec.matrix.org/latest/client-server-api/#get_matrixclientv3loginssoredirect
 */
export function loginUrl(baseUrl: string, rendezvous: Rendezvous): string {
  const query = `redirectUrl=${encodeURIComponent(redirectUrl(rendezvous))}&action=login`
  return `${baseUrl}/_matrix/client/v3/login/sso/redirect?${query}`
}
