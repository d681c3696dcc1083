import { execFileSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeDirectory } from './real-process.js'

/** A private certificate authority, made anew for each run. */
export interface Authority {
  /** Its certificate, for NODE_EXTRA_CA_CERTS. */
  readonly certificateFile: string
  /** A key and a certificate for some host names, signed by it. */
  issue(...names: readonly string[]): ServerCertificate
  stop(): Promise<void>
}

/** Paths of PEM files. */
export interface ServerCertificate {
  readonly certificateFile: string
  readonly keyFile: string
}

const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']

export function makeAuthority(): Authority {
  const directory = makeDirectory('authority')
  const file = (name: string) => join(directory, name)
  const openssl = (...args: readonly string[]) => execFileSync('openssl', args, { stdio: 'ignore' })
  const ca = ['-keyout', file('ca.key'), '-out', file('ca.pem'), '-subj', '/CN=Test authority', '-days', '2']
  openssl('req', '-x509', ...NEW_KEY, ...ca)
  let issued = 0
  const issue = (...names: readonly string[]): ServerCertificate => {
    issued += 1
    const [keyFile, certificateFile] = [file(`${issued}.key`), file(`${issued}.pem`)]
    const request = file(`${issued}.csr`)
    openssl('req', '-new', ...NEW_KEY, '-keyout', keyFile, '-out', request, '-subj', '/CN=server')
    writeFileSync(file('extensions'), `subjectAltName=${names.map((name) => `DNS:${name}`).join(',')}\n`)
    const signer = ['-CA', file('ca.pem'), '-CAkey', file('ca.key'), '-CAcreateserial', '-days', '2']
    openssl('x509', '-req', '-in', request, ...signer, '-extfile', file('extensions'), '-out', certificateFile)
    return { keyFile, certificateFile }
  }
  return { certificateFile: file('ca.pem'), issue, stop: () => Promise.resolve(rmSync(directory, { recursive: true })) }
}
