/** https://spec.matrix.org/v1.18/client-server-api/#scope, and what MAS knows besides. */
const STABLE = 'urn:matrix:client:'
const UNSTABLE = 'urn:matrix:org.matrix.msc2967.client:'
export const MAS_ADMIN = 'urn:mas:admin'

/** Who asks, and how. */
interface Asking {
  /** Whether somebody sits at a browser. */
  readonly interactive: boolean
  /** Whether the client (`policy.data.admin_clients`), or else the user, may administer. */
  readonly admin: boolean
}

export const scopeTokens = (scope: string) => scope.split(' ')

/** crates/oauth2-types/src/scope.rs: sorted, each once; `undefined` where one is empty or has a character too many. */
export function parseScope(scope: string): string | undefined {
  const tokens = scopeTokens(scope)
  return tokens.every((token) => /^[\x21\x23-\x5B\x5D-\x7E]+$/.test(token))
    ? [...new Set(tokens)].sort().join(' ')
    : undefined
}

/** The device of one token of a scope. */
function deviceOf(token: string): string | undefined {
  const prefix = [STABLE, UNSTABLE].find((start) => token.startsWith(`${start}device:`))
  return prefix === undefined ? undefined : token.slice(`${prefix}device:`.length)
}

export const devicesOf = (scope: string) => [...new Set(scopeTokens(scope).flatMap((token) => deviceOf(token) ?? []))]

/** crates/handlers/src/oauth2/introspection.rs, normalize_scope: the API and the device in both forms, all sorted. */
export function equivalentScope(scope: string): string {
  const both = scopeTokens(scope).flatMap((token) => {
    const api = token === `${STABLE}api:*` || token === `${UNSTABLE}api:*`
    const device = deviceOf(token)
    const rest = api ? 'api:*' : device === undefined ? undefined : `device:${device}`
    return rest === undefined ? [token] : [`${STABLE}${rest}`, `${UNSTABLE}${rest}`]
  })
  return [...new Set(both)].sort().join(' ')
}

export const grantsClientApi = (scope: string) =>
  scopeTokens(scope).some((token) => token === `${STABLE}api:*` || token === `${UNSTABLE}api:*`)

/** policies/authorization_grant/authorization_grant.rego: what is wrong with a scope, in the policy's words. */
export function scopeViolations(scope: string, asking: Asking): string[] {
  const tokens = scopeTokens(scope)
  const has = (start: string) => tokens.some((token) => token.startsWith(start))
  const devices = [STABLE, UNSTABLE].map(
    (start) => tokens.filter((token) => token.startsWith(`${start}device:`)).length,
  )
  const violations = tokens.filter((token) => !isAllowed(token, asking)).map((token) => `scope '${token}' not allowed`)
  if (devices.some((count) => count > 1)) violations.push('only one device scope is allowed at a time')
  if (devices.some((count) => count > 0) && !has(`${STABLE}api:`) && !has(`${UNSTABLE}api:`)) {
    violations.push('device scopes are only allowed when the client-server API scope is requested')
  }
  if (has(STABLE) && has(UNSTABLE)) violations.push('request cannot mix unstable and stable scopes')
  return violations.sort()
}

function isAllowed(token: string, { interactive, admin }: Asking): boolean {
  if (['', 'openid', 'email', 'urn:mas:graphql:*'].includes(token)) return true
  if (token === MAS_ADMIN) return admin
  if (token === 'urn:synapse:admin:*') return interactive && admin
  if (token === `${STABLE}api:*` || token === `${UNSTABLE}api:*`) return interactive
  return interactive && /^[A-Za-z0-9._~!$&'()*+,;=:@/-]{10,}$/.test(deviceOf(token) ?? '')
}
