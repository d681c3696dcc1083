import { BlockList, isIP } from 'node:net'

/**
 * Whether a request goes past the proxy: to loopback, as Go's `http.ProxyFromEnvironment` has it, or to a host in
 * `NO_PROXY`. An entry is a name (its subdomains included, with a leading dot too), `*.name` (subdomains only), an
 * address, a network (CIDR) or `*`; a name or an address can have a port. Commas and blanks separate entries.
 *
 * @see https://curl.se/docs/manpage.html#--noproxy lib/noproxy.c
 * @see https://pkg.go.dev/golang.org/x/net/http/httpproxy#Config
 */
export function isBypassed(url: URL, noProxy: string): boolean {
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

/** The part of a number that looks like a domain is not one: an address is compared as a whole only. */
function isOfDomain(entry: string, host: string): boolean {
  if (isIP(host) !== 0) return false
  const domain = toAscii(withoutFinalDot(entry.replace(/^\*?\./, '')))
  if (domain === '') return false
  return host.endsWith(`.${domain}`) || (host === domain && !entry.startsWith('*.'))
}

/** The host of a URL is in ASCII already. */
function toAscii(domain: string): string {
  const isAscii = /^[\x21-\x7e]*$/.test(domain)
  return isAscii || !URL.canParse(`http://${domain}`) ? domain : new URL(`http://${domain}`).hostname
}

function withoutFinalDot(name: string): string {
  return name.replace(/\.$/, '')
}

/** Compares addresses and not their spellings; an IPv4 address within IPv6 (`::ffff:…`) is that IPv4 address. */
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
