import { type Authority, makeAuthority, type ServerCertificate } from './authority.js'
import { makePrivateNames, type PrivateNames } from './names.js'
import { type ReverseProxy, startNginx } from './nginx.js'
import { NO_LIMITS, type Synapse, startSynapse } from './synapse.js'
import { startTokenTap, type TokenTap } from './token-tap.js'

/**
 * A whole deployment, as administrators run it: Synapse as `example.org`, behind nginx with certificates of a private
 * authority. `example.org` serves `.well-known` at port 443 and delegates to another host at another port.
 */
export interface ExampleOrg {
  readonly synapse: Synapse
  /** Between nginx and Synapse. */
  readonly tap: TokenTap
  readonly nginx: ReverseProxy
  readonly authority: Authority
  readonly names: PrivateNames
  /** Where the client API is: what `homeserver-url` says in the end. */
  readonly clientApi: string
  /** The same, with a certificate for another name. */
  readonly misnamed: string
  stop(): Promise<void>
}

/** Loopback, but not 127.0.0.1, and another one for each run: nothing else of this machine is in the way at port 443. */
const ADDRESS = `127.44.${(process.pid >> 8) % 256}.${(process.pid % 254) + 1}`
const CLIENT_API_PORT = 8448
const NAMES = ['example.org', 'matrix.example.org', 'misnamed.example.org', 'plain.example.org']

export async function startExampleOrg(): Promise<ExampleOrg> {
  const synapse = await startSynapse({ ...NO_LIMITS, server_name: 'example.org' })
  const tap = await startTokenTap(synapse.url)
  const authority = makeAuthority()
  const names = makePrivateNames(Object.fromEntries(NAMES.map((name) => [name, ADDRESS])))
  const clientApi = `https://matrix.example.org:${CLIENT_API_PORT}`
  const right = authority.issue('example.org', 'matrix.example.org')
  const nginx = await startNginx([
    {
      ...site('example.org', 443, right),
      wellKnown: JSON.stringify({ 'm.homeserver': { base_url: `${clientApi}/` } }),
    },
    { ...site('matrix.example.org', CLIENT_API_PORT, right), passTo: tap.url },
    { ...site('misnamed.example.org', CLIENT_API_PORT + 1, authority.issue('else.example.org')), passTo: tap.url },
    { name: 'plain.example.org', address: ADDRESS, port: 8008, passTo: tap.url },
  ])
  const stop = async () => {
    for (const part of [nginx, names, authority, tap, synapse]) await part.stop()
  }
  const misnamed = `https://misnamed.example.org:${CLIENT_API_PORT + 1}`
  return { synapse, tap, nginx, authority, names, clientApi, misnamed, stop }
}

function site(name: string, port: number, certificate: ServerCertificate) {
  return { name, address: ADDRESS, port, certificate }
}
