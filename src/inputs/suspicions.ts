import type { FailureCode } from '../failures.js'
import { type HomeserverAddress, isLoopback } from '../matrix/homeserver-address.js'
import type { ServerName, UserIdentifier } from '../matrix/identifiers.js'
import { findToken, unusualCharacters } from './text.js'

/** The inputs that may explain a failure. */
export interface SuspectInputs {
  /** The input that holds the credential. */
  readonly input: string
  /** The secret as it was used; empty if it is of a kind that no user chooses or types. */
  readonly secret: string
  readonly user: UserIdentifier | undefined
  readonly homeserver: HomeserverAddress
}

/** Failures that the form of a secret or a user may cause. */
const REFUSALS: readonly FailureCode[] = ['wrong-credentials', 'denied', 'token-invalid']
/** Failures that the address may cause. */
const WRONG_PLACES: readonly FailureCode[] = ['unreachable', 'tls', 'not-a-homeserver']

/** Lists what the inputs suggest as the cause of a failure with this code. @returns whole sentences for a hint */
export function hintsFor(code: FailureCode, suspects: SuspectInputs): readonly string[] {
  if (REFUSALS.includes(code)) return suspicions(suspects)
  const { homeserver } = suspects
  if (!WRONG_PLACES.includes(code) || homeserver.kind !== 'server-name') return []
  const mistake = describePortMistake(homeserver.serverName)
  return mistake === undefined ? [] : [mistake]
}

/**
 * Lists what the inputs suggest as the cause of a refused login. No part of the secret is shown.
 * @returns whole sentences for a hint; empty if nothing is suspicious
 */
export function suspicions({ input, secret, user, homeserver }: SuspectInputs): readonly string[] {
  const about = [...aboutCharacters(secret), ...aboutForm(input, secret)].map((what) => `\`${input}\` ${what}.`)
  return [...about, ...aboutUser(user, homeserver)]
}

function aboutCharacters(secret: string): readonly string[] {
  return [
    ...(/^\s/.test(secret) ? ['has a blank at its start'] : []),
    ...(/\s$/.test(secret) ? ['has a blank at its end'] : []),
    ...(/[\r\n]/.test(secret.trim()) ? ['has more than one line'] : []),
    ...unusualCharacters(secret.trim()).map((what) => `has ${what}`),
  ]
}

function aboutForm(input: string, secret: string): readonly string[] {
  const text = secret.trim()
  const literal = aboutLiteral(text)
  if (literal !== undefined) return [literal]
  if (/^\*+$/.test(text)) return ['holds asterisks only, as a masked value in a log does']
  if (/^@[^:\s]+:[^\s]+$/.test(text)) return ['holds what looks like a user ID']
  const token = input === 'password' || input === 'shared-secret' ? findToken(text) : undefined
  return token === undefined ? [] : [`holds what looks like ${token.description}: is it in the wrong input?`]
}

/** Recognizes an unevaluated expression or variable. */
function aboutLiteral(text: string): string | undefined {
  if (/\$\{\{|\}\}/.test(text)) return 'holds an expression (`${{ … }}`) that was not evaluated'
  if (/^(secrets|vars|env|inputs|steps|needs)\.[\w.-]+$/.test(text)) {
    const context = text.split('.')[0]
    return `holds the literal text \`${context}.…\`: write it as an expression, \`\${{ ${context}.… }}\``
  }
  if (/^(\$[A-Za-z_]\w*|\$\{\w+\}|\$env:\w+|%\w+%)$/.test(text)) {
    return 'holds what looks like the name of a variable ($…): `with:` expands no variables, only `${{ … }}`'
  }
  return undefined
}

function aboutUser(user: UserIdentifier | undefined, homeserver: HomeserverAddress): readonly string[] {
  if (user?.kind === 'email') {
    return [
      '`user` is an e-mail address: the server knows it only if the account has confirmed it. A user ID is @name:example.org.',
    ]
  }
  if (user?.kind === 'phone') {
    return ['`user` is a phone number: the server knows it only if the account has confirmed it.']
  }
  const literal = user?.kind === 'localpart' ? aboutLiteral(user.localpart) : undefined
  if (literal !== undefined) return [`\`user\` ${literal}.`]
  if (user?.kind !== 'user-id') return []
  const { hostname } = user.serverName
  const host = homeserver.kind === 'server-name' ? homeserver.serverName.hostname : new URL(homeserver.url).hostname
  if (areRelated(host.toLowerCase(), hostname.toLowerCase())) return []
  return [`\`user\` is an account of ${hostname}, and \`homeserver\` is ${host}: is that the server of this account?`]
}

/**
 * Returns whether a client API at `host` can belong to the server name. `matrix.example.org` can belong to
 * `example.org`, and also to `chat.example.org`.
 */
function areRelated(host: string, serverName: string): boolean {
  const domain = (name: string) => name.split('.').slice(-2).join('.')
  // An IP address does not show the name of the server behind it.
  if (/^[\d.]+$|^\[|^localhost$/.test(host)) return true
  return host === serverName || domain(host) === domain(serverName)
}

/**
 * Gives advice about a server name with a port that is not reachable or not found: often it is the port of the client
 * API.
 * @returns `undefined` if the name has no port
 */
export function describePortMistake({ text, hostname }: ServerName): string | undefined {
  if (text === hostname) return undefined
  const scheme = isLoopback(hostname) || isPrivateAddress(hostname) ? 'http' : 'https'
  return (
    `The server name ${text} is looked up at https://${hostname}, without the port. ` +
    `If the client API is at that port, set \`homeserver\` to ${scheme}://${text}.`
  )
}

/** Returns whether an address is private. @see https://www.rfc-editor.org/rfc/rfc1918#section-3 */
function isPrivateAddress(hostname: string): boolean {
  return /^(10|192\.168|172\.(1[6-9]|2\d|3[01]))\.[\d.]+$/.test(hostname)
}
