import { isPrintable } from '../api/values.js'
import { lazyPattern } from '../redaction.js'

/** A server name: host and optional port, as after the first colon of a user ID. */
export interface ServerName {
  /** The whole name, `example.org:8448`. */
  readonly text: string
  /** Host without the port; an IPv6 address keeps its brackets. */
  readonly hostname: string
}

const SERVER_NAME = /^(\[[0-9A-Fa-f:.]{2,45}\]|[A-Za-z0-9.-]{1,255})(?::\d{1,5})?$/

/** Parses a server name. @see https://spec.matrix.org/latest/appendices/#server-name */
export function parseServerName(text: string): ServerName | undefined {
  const hostname = SERVER_NAME.exec(text)?.[1]
  // The grammar allows invalid addresses such as 999.999.999.999 or port 99999.
  return hostname === undefined || !URL.canParse(`https://${text}`) ? undefined : { text, hostname }
}

const FOREIGN_LETTER = lazyPattern('(?![\\0-\\x7f])[\\p{L}\\p{S}]', 'u')

/**
 * Describes the problem with a server name with non-ASCII letters, such as `müller.example`; `undefined` for any other
 * text. The name is not converted to Punycode: a mask would not match a misplaced secret in that form.
 * @see RFC 3492
 */
export function internationalNameProblem(text: string): string | undefined {
  if (!FOREIGN_LETTER().test(text)) return undefined
  return 'has a server name with letters outside ASCII: write it as the server has it, in the form xn--…'
}

/** The account to log in to, in one of the forms that users know. */
export type UserIdentifier =
  | {
      readonly kind: 'user-id'
      readonly userId: string
      readonly localpart: string
      readonly serverName: ServerName
    }
  | { readonly kind: 'localpart'; readonly localpart: string }
  | { readonly kind: 'email'; readonly address: string }
  /** Digits only, with the country code and without `+`. */
  | { readonly kind: 'phone'; readonly digits: string }

/** The problem with a user, completing the sentence "user …". */
export interface IdentifierProblem {
  readonly problem: string
}

/**
 * The first `@` of a text, if a user ID with a modern localpart and a server name with a dot begins there: plain enough
 * to be shown in a message.
 */
const FIRST_USER_ID = /^[^@]*(@[a-z0-9._=/+-]+:[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?::\d{1,5})?)/

/** Maximum length of a user ID, in bytes of UTF-8. @see https://spec.matrix.org/latest/appendices/#user-identifiers */
const MAX_USER_ID_BYTES = 255

/** Maximum length of a link or identifier that is parsed, in characters. */
const MAX_TEXT_LENGTH = 2_048

/** Distinguishes the forms. A value with `@` in the middle is an e-mail address, never a user ID. */
export function parseUser(text: string): UserIdentifier | IdentifierProblem {
  if (text.length > MAX_TEXT_LENGTH) return { problem: 'is longer than any user ID' }
  const mistake = recognizedMistake(text)
  if (mistake !== undefined) return { problem: mistake }
  if (/[\0\r\n]/.test(text)) return { problem: 'contains a line break or NUL' }
  if (text.startsWith('@')) return parseUserId(text)
  if (text.startsWith('+')) return parsePhone(text)
  if (text.includes('@')) return parseEmail(text)
  if (text.includes(':')) return { problem: 'is not a user ID: write it with @ in front, @name:example.org' }
  return { kind: 'localpart', localpart: text }
}

/**
 * Recognizes text that users copy instead of a user ID. The value is not shown, because it can be a misplaced secret;
 * only a user ID in a link is.
 * @see https://spec.matrix.org/latest/appendices/#uris for `matrix:` and matrix.to links
 */
function recognizedMistake(text: string): string | undefined {
  if (/^(https?:\/\/|matrix:|matrix\.to\/)/i.test(text)) {
    const userId = userIdInLink(text)
    return `is a link, not a user: write ${userId ?? '@name:example.org'}`
  }
  if (text.startsWith('#') && text.includes(':')) return 'is a room alias, not a user: write @name:example.org'
  if (text.startsWith('!') && text.includes(':')) return 'is a room ID, not a user: write @name:example.org'
  if (/^["'`“”„‘’‚«»‹›].*["'`“”„‘’‚«»‹›]$/u.test(text)) return 'has quotation marks around it: write it without them'
  return undefined
}

/**
 * Returns the user ID in a link: `https://matrix.to/#/@bot:example.org`, `https://app.element.io/#/user/@…`,
 * `matrix:u/bot:example.org`.
 */
function userIdInLink(link: string): string | undefined {
  const uri = /^matrix:u(?:ser)?\/(.*)$/i.exec(link)?.[1]
  const text = (uri === undefined ? link : `@${uri}`).replaceAll('%40', '@').replaceAll(/%3A/gi, ':')
  return FIRST_USER_ID.exec(text)?.[1]
}

/**
 * Parses a user ID. Accepts historical localparts (capitals, any character except `:` and NUL, also empty), as the
 * specification requires. The first colon separates, because server names have colons too (ports, IPv6).
 */
function parseUserId(userId: string): UserIdentifier | IdentifierProblem {
  const colon = userId.indexOf(':')
  if (colon === -1) return { problem: 'has no server name: write @name:example.org, or the name without @' }
  if (Buffer.byteLength(userId) > MAX_USER_ID_BYTES) return { problem: `is longer than ${MAX_USER_ID_BYTES} bytes` }
  const serverName = parseServerName(userId.slice(colon + 1))
  if (serverName === undefined) {
    return { problem: internationalNameProblem(userId.slice(colon + 1)) ?? 'has no valid server name behind the colon' }
  }
  if (isWebClient(serverName.hostname)) return { problem: 'names a web client behind the colon, not a homeserver' }
  return { kind: 'user-id', userId, localpart: userId.slice(1, colon), serverName }
}

function parsePhone(text: string): UserIdentifier | IdentifierProblem {
  const digits = text.slice(1).replace(/[\s().-]/g, '')
  // E.164: at most 15 digits; the country code never starts with 0.
  if (!/^[1-9]\d{4,14}$/.test(digits)) return { problem: 'is not an international phone number such as +441632960123' }
  return { kind: 'phone', digits }
}

function parseEmail(address: string): UserIdentifier | IdentifierProblem {
  if (!/^[^\s@]+@[^\s@]+$/.test(address)) return { problem: 'is neither a user ID nor an e-mail address' }
  return { kind: 'email', address }
}

/**
 * Returns the `identifier` of a login. A phone number is sent as a third-party identifier, because Synapse refuses
 * `m.id.phone` in the form of the specification (synapse/handlers/auth.py requires a member `number`).
 * @see https://spec.matrix.org/latest/client-server-api/#identifier-types
 */
export function loginIdentifier(user: UserIdentifier): Readonly<Record<string, string>> {
  switch (user.kind) {
    case 'user-id':
      return { type: 'm.id.user', user: user.userId }
    case 'localpart':
      return { type: 'm.id.user', user: user.localpart }
    case 'email':
      return { type: 'm.id.thirdparty', medium: 'email', address: user.address }
    case 'phone':
      return { type: 'm.id.thirdparty', medium: 'msisdn', address: user.digits }
  }
}

/**
 * Returns whether `userId` may be the account that `user` names. Ignores the case of ASCII letters, because most
 * servers do so at login. An e-mail address or a phone number cannot be compared, so it always matches.
 */
export function isSameUser(user: UserIdentifier, userId: string): boolean {
  const actual = lowerCaseAscii(userId)
  if (user.kind === 'user-id') return actual === lowerCaseAscii(user.userId)
  if (user.kind === 'localpart') return actual.startsWith(`@${lowerCaseAscii(user.localpart)}:`)
  return true
}

/**
 * Lower-cases ASCII only. Other Unicode letters can have an ASCII lower case: `@\u212aim` (Kelvin sign) is not `@kim`.
 */
function lowerCaseAscii(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())
}

/** Formats the user for messages. */
export function describeUser(user: UserIdentifier): string {
  switch (user.kind) {
    case 'user-id':
      return user.userId
    case 'localpart':
      return user.localpart
    case 'email':
      return user.address
    case 'phone':
      return `+${user.digits}`
  }
}

/**
 * Returns whether a user ID can be used in an output and a log. It has `@`, a server name after the first colon, and no
 * control characters.
 */
export function isUserId(text: string): boolean {
  const serverName = /^@[^:]*:(.+)$/.exec(text)?.[1]
  return serverName !== undefined && parseServerName(serverName) !== undefined && isPrintable(text)
}

/** Hosts of public web clients and of the link service matrix.to. They do not serve the client API of a homeserver. */
const WEB_CLIENTS: readonly string[] = [
  'matrix.to',
  'app.element.io',
  'develop.element.io',
  'staging.element.io',
  'mobile.element.io',
  'hydrogen.element.io',
  'riot.im',
  'view.matrix.org',
  'app.cinny.in',
  'app.schildi.chat',
  'fluffychat.im',
  'web.fluffychat.im',
  'nheko.im',
]

/** Returns whether a host is a well-known web client. */
export function isWebClient(hostname: string): boolean {
  const host = hostname.toLowerCase().replace(/^www\./, '')
  return WEB_CLIENTS.includes(host)
}
