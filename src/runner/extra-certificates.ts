import { readFileSync } from 'node:fs'

/** The PEM forms that OpenSSL accepts. */
const PEM_CERTIFICATE = /-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----/

/**
 * Explains why Node loads no certificate from the file in `NODE_EXTRA_CA_CERTS`. Node reports an unreadable file on
 * stderr, which actions do not show, and does not report a file without a certificate.
 * @param path path of the file; empty if the variable is not set
 * @returns a phrase that completes "NODE_EXTRA_CA_CERTS names a file that …"; `undefined` if there is no problem
 * @see https://nodejs.org/api/cli.html#node_extra_ca_certsfile
 */
export function extraCertificatesProblem(path: string): string | undefined {
  if (path === '') return undefined
  try {
    return PEM_CERTIFICATE.test(readFileSync(path, 'latin1')) ? undefined : 'holds no certificate in PEM form'
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${error.code})` : ''
    return `this job cannot read${code}`
  }
}
