import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { isIP } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A key and a self-signed certificate for some names, made anew for each run. */
export interface Certificate {
  readonly key: string
  readonly cert: string
  /** File of the certificate, for NODE_EXTRA_CA_CERTS. */
  readonly certFile: string
  stop(): Promise<void>
}

export function makeCertificate(...names: readonly string[]): Certificate {
  const directory = mkdtempSync(join(tmpdir(), 'certificate-'))
  const [keyFile, certFile] = [join(directory, 'key.pem'), join(directory, 'cert.pem')]
  const alternatives = names.map((name) => (isIP(name) === 0 ? `DNS:${name}` : `IP:${name}`)).join(',')
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', keyFile]
  const cert = [
    '-x509',
    '-days',
    '2',
    '-subj',
    '/CN=test',
    '-addext',
    `subjectAltName=${alternatives}`,
    '-out',
    certFile,
  ]
  execFileSync('openssl', ['req', ...key, ...cert], { stdio: 'ignore' })
  return {
    key: readFileSync(keyFile, 'utf8'),
    cert: readFileSync(certFile, 'utf8'),
    certFile,
    stop: () => Promise.resolve(rmSync(directory, { recursive: true })),
  }
}

/** The same, but its time is over since yesterday. */
export function makeExpiredCertificate(...names: readonly string[]): Certificate {
  const certificate = makeCertificate(...names)
  const { certFile } = certificate
  const keyFile = join(certFile, '..', 'key.pem')
  const renewed = ['-in', certFile, '-signkey', keyFile, '-days', '-1', '-out', certFile]
  execFileSync('openssl', ['x509', ...renewed], { stdio: 'ignore' })
  return { ...certificate, cert: readFileSync(certFile, 'utf8') }
}
