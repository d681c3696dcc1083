import tls from 'node:tls'
import { jest } from '@jest/globals'

/** Makes this process trust a certificate authority, as NODE_EXTRA_CA_CERTS does at its start. @returns how to end that */
export function trustInProcess(cert: string): () => void {
  const create = tls.createSecureContext
  const spy = jest.spyOn(tls, 'createSecureContext')
  spy.mockImplementation((options) => create({ ...options, ca: cert }))
  return () => spy.mockRestore()
}
