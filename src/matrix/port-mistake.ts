import { isLoopback } from './homeserver-address.js'
import type { ServerName } from './server-name.js'

/**
 * Advice for a server name with a port that cannot be reached or is not found: many people mean the port of the client API.
 * @returns `undefined` where the name has no port
 */
export function describePortMistake({ text, hostname }: ServerName): string | undefined {
  if (text === hostname) return undefined
  const scheme = isLoopback(hostname) || isPrivateAddress(hostname) ? 'http' : 'https'
  return (
    `The server name ${text} is looked up at https://${hostname}, without the port. ` +
    `If the client API is at that port, set \`homeserver\` to ${scheme}://${text}.`
  )
}

/** @see https://www.rfc-editor.org/rfc/rfc1918#section-3 */
function isPrivateAddress(hostname: string): boolean {
  return /^(10|192\.168|172\.(1[6-9]|2\d|3[01]))\.[\d.]+$/.test(hostname)
}
