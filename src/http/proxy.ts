import { BlockList, isIP } from 'node:net'
import { Failure } from '../failures.js'

/** What the environment says about proxies. */
export interface ProxySettings {
  /** The variable that names the proxy, and its value. */
  readonly name: string
  readonly value: string
  /** The hosts that are reached without it, as in `NO_PROXY`. */
  readonly noProxy: string
}

/** The proxy for a request. */
export interface HttpProxy {
  /** Whether the connection to the proxy itself uses TLS (`https://` proxy). */
  readonly secure: boolean
  /** A name or an IP address; IPv6 without brackets. */
  readonly host: string
  readonly port: number
  /** Value of `Proxy-Authorization`; sent to the proxy only. */
  readonly authorization: string | undefined
}

/**
 * Finds the proxy for a URL.
 *
 * @returns `undefined` if the request is sent directly
 * @throws Failure `invalid-input` if the variable is malformed; it names the variable and never its value
 * @see https://curl.se/docs/manpage.html#ENVIRONMENT lib/url.c (`parse_proxy`)
 */
export function proxyFor(url: URL, { name, value, noProxy }: ProxySettings): HttpProxy | undefined {
  if (isBypassed(url, noProxy)) return undefined
  const proxy = parseProxy(value)
  if (proxy !== undefined) return proxy
  throw new Failure('invalid-input', `${name} is not the address of an HTTP proxy.`, UNREADABLE_HINT)
}

const UNREADABLE_HINT =
  'Write it as http://host:port, with credentials http://user:password@host:port. SOCKS proxies are not supported. ' +
  'To connect without a proxy, list the host in NO_PROXY. No request is sent directly instead.'

/** As in curl, the scheme is optional, and text after the authority is ignored. */
const PROXY_URL = /^(?:([a-z][a-z0-9+.-]*):\/{1,3})?([^/?#]*)(?:[/?#].*)?$/is

/** Parses the value of a proxy variable. @returns `undefined` if it is not the address of an HTTP proxy */
function parseProxy(value: string): HttpProxy | undefined {
  const [, scheme = 'http', authority = ''] = PROXY_URL.exec(value) ?? []
  const secure = scheme.toLowerCase() === 'https'
  if (!secure && scheme.toLowerCase() !== 'http') return undefined
  const [, userInfo, hostName = '', port = ''] = /^(?:(.*)@)?(\[[^\]]*\]|[^:[\]]*)(?::(\d*))?$/s.exec(authority) ?? []
  const host = readHost(hostName)
  const portNumber = port === '' ? (secure ? 443 : 80) : Number(port)
  const authorization = userInfo === undefined || userInfo === '' ? undefined : basicAuthorization(userInfo)
  if (host === undefined || portNumber < 1 || portNumber > 65_535 || authorization === null) return undefined
  return { secure, host, port: portNumber, authorization }
}

function readHost(text: string): string | undefined {
  const [, address] = /^\[(.*)\]$/.exec(text) ?? []
  if (address !== undefined) {
    const zoned = address.replace(/%25/, '%')
    return isIP(zoned) === 6 ? zoned : undefined
  }
  const url = `http://${text}`
  const name = text !== '' && URL.canParse(url) ? new URL(url).hostname : ''
  return /^[a-z0-9._-]+$/.test(name) ? name : undefined
}

/**
 * Returns the value of `Proxy-Authorization`. @returns `null` if it holds a control character, which curl refuses too
 */
function basicAuthorization(userInfo: string): string | null {
  const separator = userInfo.indexOf(':')
  const user = percentDecode(separator < 0 ? userInfo : userInfo.slice(0, separator))
  const password = percentDecode(separator < 0 ? '' : userInfo.slice(separator + 1))
  const credentials = Buffer.concat([user, Buffer.from(':'), password])
  return credentials.some((byte) => byte < 0x20 || byte === 0x7f) ? null : `Basic ${credentials.toString('base64')}`
}

/** Decodes percent-encoding. A `%` without two hexadecimal digits is kept. The bytes need not be UTF-8. */
function percentDecode(text: string): Buffer {
  const bytes = Buffer.from(text).toString('latin1')
  const decoded = bytes.replace(/%([0-9a-f]{2})/gi, (_all, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  )
  return Buffer.from(decoded, 'latin1')
}

/**
 * Returns whether a request bypasses the proxy: to loopback, as in Go's `http.ProxyFromEnvironment`, or to a host in
 * `NO_PROXY`. Commas and blanks separate its entries. An entry is a name (also matches its subdomains; so does one with
 * a leading dot), `*.name` (subdomains only), an IP address, a network (CIDR) or `*`. A name or an address can have a
 * port.
 *
 * @see https://curl.se/docs/manpage.html#--noproxy lib/noproxy.c
 * @see https://pkg.go.dev/golang.org/x/net/http/httpproxy#Config
 */
function isBypassed(url: URL, noProxy: string): boolean {
  const host = withoutFinalDot(url.hostname.replace(/^\[(.*)\]$/, '$1'))
  const port = url.port === '' ? DEFAULT_PORTS[url.protocol] : url.port
  if (isLoopback(host)) return true
  return noProxy.split(/[\s,]+/).some((entry) => matches(entry.toLowerCase(), host, port))
}

const DEFAULT_PORTS: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' }

function isLoopback(host: string): boolean {
  if (host === 'localhost' || host.endsWith('.localhost')) return true
  return isWithin(host, '127.0.0.0', 8) || isWithin(host, '::1', 128)
}

function matches(entry: string, host: string, port: string | undefined): boolean {
  if (entry === '*') return true
  const network = /^(.+)\/(\d{1,3})$/.exec(entry)
  if (network !== null) return isWithin(host, network[1] ?? '', Number(network[2]))
  if (isIP(entry) === 6) return isWithin(host, entry, 128)
  const [, name = '', ofPort] = /^(\[[^\]]*\]|[^:[\]]+)(?::(\d+))?$/.exec(entry) ?? []
  if (name === '' || (ofPort !== undefined && ofPort !== port)) return false
  const address = name.replace(/^\[(.*)\]$/, '$1')
  const family = isIP(address)
  return family === 0 ? isOfDomain(name, host) : isWithin(host, address, family === 4 ? 32 : 128)
}

/** Returns whether a host matches the entry as a domain. An IP address never does: it is compared as a whole. */
function isOfDomain(entry: string, host: string): boolean {
  if (isIP(host) !== 0) return false
  const domain = toAscii(withoutFinalDot(entry.replace(/^\*?\./, '')))
  if (domain === '') return false
  return host.endsWith(`.${domain}`) || (host === domain && !entry.startsWith('*.'))
}

/** Converts a domain to ASCII. The host of a URL is already in ASCII. */
function toAscii(domain: string): string {
  const isAscii = /^[\x21-\x7e]*$/.test(domain)
  return isAscii || !URL.canParse(`http://${domain}`) ? domain : new URL(`http://${domain}`).hostname
}

function withoutFinalDot(name: string): string {
  return name.replace(/\.$/, '')
}

/**
 * Returns whether an address is in a network. Compares addresses, not spellings; an IPv4 address within IPv6
 * (`::ffff:…`) equals that IPv4 address.
 */
function isWithin(host: string, address: string, prefix: number): boolean {
  const [ofHost, family] = [familyOf(host), familyOf(address)]
  if (ofHost === undefined || family === undefined || prefix > (family === 'ipv4' ? 32 : 128)) return false
  const network = new BlockList()
  network.addSubnet(address, prefix, family)
  return network.check(host, ofHost)
}

function familyOf(address: string): 'ipv4' | 'ipv6' | undefined {
  const family = isIP(address)
  if (family === 0) return undefined
  return family === 4 ? 'ipv4' : 'ipv6'
}
