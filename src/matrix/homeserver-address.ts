import type { ServerText } from '../api/values.js'
import { Failure } from '../failures.js'
import { internationalNameProblem, isWebClient, parseServerName, type ServerName } from './identifiers.js'

/** The address of the homeserver: a server name to look up, or a base URL to use unchanged. */
export type HomeserverAddress =
  | { readonly kind: 'server-name'; readonly serverName: ServerName }
  | { readonly kind: 'base-url'; readonly url: string }

/** The problem with an address; `insecure` marks plain HTTP. */
export interface AddressProblem {
  readonly problem: string
  readonly insecure?: true
}

/** In characters. */
const MAX_URL_LENGTH = 2_048

/**
 * Parses `example.org`, `example.org:8448` and `https://matrix.example.org/path`. A problem does not quote the text,
 * because it can be a misplaced secret; only the server name of a user ID in a link is shown.
 */
export function parseHomeserver(text: string, allowHttp: boolean): HomeserverAddress | AddressProblem {
  if (text.length > MAX_URL_LENGTH) return { problem: 'is longer than any address' }
  const mistake = recognizedMistake(text)
  if (mistake !== undefined) return { problem: mistake }
  if (/^[A-Za-z][A-Za-z0-9+.-]*:\/\//.test(text)) {
    const parsed = parseBaseUrl(text)
    if ('problem' in parsed) return parsed
    const { url } = parsed
    if (hidesCase(text.split('/')[2] ?? '')) return { problem: CAPITALS }
    if (isInsecure(url, allowHttp)) return { problem: 'sends credentials in clear text, over http://', insecure: true }
    return { kind: 'base-url', url: baseUrlText(url) }
  }
  const serverName = parseServerName(text.replace(/\/+$/, ''))
  if (serverName === undefined) return { problem: internationalNameProblem(text) ?? NO_ADDRESS }
  if (hidesCase(serverName.hostname)) return { problem: CAPITALS }
  if (serverName.text !== serverName.hostname && isLoopback(serverName.hostname)) {
    return { problem: `has a port of this machine and no scheme: write http://${serverName.text}` }
  }
  return { kind: 'server-name', serverName }
}

const NO_ADDRESS = 'is neither a server name (example.org) nor an https:// URL'

/** Recognizes text that users copy instead of the address of a homeserver. */
function recognizedMistake(text: string): string | undefined {
  const [, host = '', rest = ''] = /^(?:https?:\/\/)?([A-Za-z0-9.-]+)(?::\d+)?(\/.*)?$/is.exec(text) ?? []
  const isKnown = isWebClient(host)
  if (isKnown || rest.includes('/#/')) {
    const serverName = /(?:@|%40)[^:/?%]*(?::|%3A)([a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d{1,5})?)/i.exec(rest)?.[1]
    const meant = serverName ?? 'the part of the user ID behind the colon, example.org'
    const reason = isKnown ? 'is the address of a web client' : 'has a fragment (#/…), as the address of a web client'
    return `${reason}, not of a homeserver: write ${meant}`
  }
  if (/^(secrets|vars|env|inputs)\.[A-Z0-9_]+$/.test(text)) return 'is an expression without its braces: ${{ … }}'
  if (text.startsWith('@')) return 'is a user ID: write only the part behind the colon'
  if (/^[#!]/.test(text)) return 'is a room, not a homeserver: write a server name, example.org'
  return undefined
}

/**
 * Returns whether a host is one word with capitals: it may be a password. Requests and their errors have it in lower
 * case, which a mask does not match.
 */
function hidesCase(host: string): boolean {
  return /[A-Z]/.test(host) && !/[.[]/.test(host)
}

const CAPITALS = 'has capitals and no dot in its host name: write a host name in lower case'

/** Parses a URL that can be the base of the client API, from a user or from `.well-known`. */
export function parseBaseUrl(text: string): { url: URL } | AddressProblem {
  if (text.length > MAX_URL_LENGTH || !URL.canParse(text)) return { problem: 'is not a URL' }
  const url = new URL(text)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return { problem: 'is not an https:// URL' }
  if (url.username !== '' || url.password !== '') return { problem: 'has a user or password in it' }
  if (url.search !== '' || url.hash !== '') return { problem: 'has a query or a fragment' }
  return { url }
}

/** Returns the URL without trailing slashes and without a pasted `/_matrix/…`; other paths are kept. */
export function baseUrlText(url: URL): string {
  const path = url.pathname.replace(/\/_matrix(\/.*)?$/, '').replace(/\/+$/, '')
  return url.origin + path
}

/**
 * Returns whether an address on another machine has no TLS: any scheme except `https:` is sent as plain HTTP. Traffic
 * to loopback stays on this machine.
 */
export function isInsecure(url: URL, allowHttp: boolean): boolean {
  return url.protocol !== 'https:' && !(url.protocol === 'http:' && (allowHttp || isLoopback(url.hostname)))
}

/**
 * Returns whether a host is `localhost`, in 127.0.0.0/8, or ::1. The URL parser has normalized forms such as `127.1`.
 */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname)
}

/**
 * Creates the failure for an address without TLS from a server: credentials are not sent there without `allow-http`.
 * @param source URL of the document that contains the address
 * @param hint what to do about it
 */
export function insecureDiscovery(source: string, named: ServerText, hint: string): Failure {
  return new Failure('insecure-url', `${source} names an address without TLS: ${named}.`, hint)
}
