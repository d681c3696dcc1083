import { judgeCallback } from './callback.js'
import { makeRendezvous, type Rendezvous } from './rendezvous.js'

/**
 * Where the browser is sent when it runs on another machine: nothing listens there, it shows an error, and the address
 * that it shows is pasted. Below 1024 nobody but the administrator of that machine can listen, and browsers do not refuse
 * this port.
 */
const PORT_OF_NOBODY = 1023

export function makeRemoteRendezvous(bytes: (count: number) => Uint8Array): Rendezvous {
  return makeRendezvous(PORT_OF_NOBODY, bytes)
}

/** The login token in what was pasted, where that is the address this very login was sent to. */
export function readPasted(text: string, rendezvous: Rendezvous): string | undefined {
  const pasted = text.trim()
  if (!URL.canParse(pasted)) return undefined
  const { origin, host, pathname, search } = new URL(pasted)
  if (origin !== rendezvous.origin) return undefined
  const request = { method: 'GET', target: pathname + search, host, origin: undefined } as const
  const verdict = judgeCallback({ ...request, fetchMode: undefined, fetchDestination: undefined }, rendezvous)
  return verdict.kind === 'login-token' ? verdict.token : undefined
}
