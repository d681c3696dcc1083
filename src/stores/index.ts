import type { ExchangePorts } from '../http/exchange.js'
import type { Secret } from '../secret.js'
import { ForgeApi } from './api.js'
import { forgejoStore } from './forgejo.js'
import { githubStore } from './github.js'
import type { SecretStore } from './store.js'

/** Which forge runs the job. */
export interface Forge {
  readonly kind: 'github' | 'forgejo'
  /** `https://api.github.com`, without a slash at its end. */
  readonly apiUrl: string
}

/** The store of secrets that belongs to a forge. A new one is a file, and a line here. */
export function openStore(forge: Forge, token: Secret, ports: ExchangePorts): SecretStore {
  const api = new ForgeApi(forge.apiUrl, token, ports)
  return forge.kind === 'github' ? githubStore(api) : forgejoStore(api)
}
