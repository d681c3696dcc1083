import type { Unsealed } from './age.js'

/** Seals text to a passphrase. @returns one line of base64 */
export async function sealText(text: string, passphrase: string): Promise<string> {
  const { seal } = await loadAge()
  return Buffer.from(await seal(text, passphrase)).toString('base64')
}

/** Opens what {@link sealText} made, or the `age` command. */
export async function unsealText(sealed: Uint8Array, passphrase: string): Promise<Unsealed> {
  const { unseal } = await loadAge()
  return unseal(sealed, passphrase)
}

/** A bundle of its own, loaded on demand: a login that seals nothing does not pay for it. */
function loadAge() {
  return import('./age.js')
}
