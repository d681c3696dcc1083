import type { ExchangePorts } from '../http/exchange.js'
import type { Secret } from '../secret.js'
import { ForgeApi, type ReadHints } from './forge-api.js'
import { forgejoStore, readForgejoHints } from './forgejo.js'
import { githubStore } from './github.js'
import { readGithubHints } from './refusals.js'
import type { SecretStore } from './store.js'

/** The forge that runs the job. */
export interface Forge {
  readonly kind: ForgeKind
  /** `https://api.github.com`, without a trailing slash. */
  readonly apiUrl: string
}

export type ForgeKind = 'github' | 'forgejo'

/** The properties that differ between forges. */
interface ForgeStore {
  readonly open: (api: ForgeApi) => SecretStore
  readonly readHints: (token: string) => ReadHints
}

/** The stores. A new forge needs one file and one line here. */
const STORES: Readonly<Record<ForgeKind, ForgeStore>> = {
  github: { open: githubStore, readHints: readGithubHints },
  forgejo: { open: forgejoStore, readHints: () => readForgejoHints },
}

/** Creates the store of secrets for a forge. */
export function openStore({ kind, apiUrl }: Forge, token: Secret, ports: ExchangePorts): SecretStore {
  const { open, readHints } = STORES[kind]
  return open(new ForgeApi(apiUrl, token, ports, readHints(token.reveal())))
}
