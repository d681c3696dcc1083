import { readFileSync } from 'node:fs'

/** The forms that OpenSSL reads certificates in. */
const PEM_CERTIFICATE = /-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----/

/**
 * Says why Node takes no certificate from the file in `NODE_EXTRA_CA_CERTS`. Node says so on stderr, which actions do not
 * pass on, and of a file without a certificate it says nothing.
 * @param path path of the file; empty where the variable is not set
 * @returns words that complete "NODE_EXTRA_CA_CERTS names a file that …"; `undefined` where there is nothing to say
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
