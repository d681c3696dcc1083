import type { TlsDetail, TransportProblem } from './transport.js'

/** What a failed handshake or certificate check means. */
export interface TlsFailure {
  readonly problem: Extract<TransportProblem, 'certificate' | 'tls-refused' | 'not-tls'>
  readonly detail: TlsDetail | undefined
}

/** OpenSSL's verification errors, as Node names them. @see https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const CERTIFICATE_CODE =
  /^(UNABLE_TO_|CERT_|CRL_|SELF_SIGNED_CERT|DEPTH_ZERO_|INVALID_CA|INVALID_PURPOSE|HOSTNAME_MISMATCH|PATH_LENGTH|ERROR_IN_C|ERR_TLS_CERT|UNSPECIFIED$)/

const CERTIFICATE_DETAILS: readonly (readonly [RegExp, TlsDetail])[] = [
  [/^CERT_HAS_EXPIRED$/, 'expired'],
  [/^CERT_NOT_YET_VALID$/, 'not-yet-valid'],
  [/ALTNAME_INVALID$|^HOSTNAME_MISMATCH$/, 'wrong-name'],
  [/^UNABLE_TO_(GET_ISSUER|VERIFY_LEAF)|SELF_SIGNED_CERT|^CERT_UNTRUSTED$|^INVALID_CA$/, 'unknown-authority'],
]

/** What OpenSSL says to bytes that are not TLS, such as an HTTP answer. */
const NOT_TLS =
  /WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|UNKNOWN_PROTOCOL|HTTP_REQUEST|BAD_RECORD_TYPE|RECORD_TOO_SMALL/

/** Alerts that a server sends, by number. @see RFC 8446 §6, RFC 5246 §7.2 */
const ALERTS: Readonly<Record<string, TlsDetail>> = {
  40: 'no-common-cipher',
  // From 42 to 49: about a certificate. A client that has none is the only one that they can be about.
  42: 'client-certificate',
  43: 'client-certificate',
  44: 'client-certificate',
  45: 'client-certificate',
  46: 'client-certificate',
  48: 'client-certificate',
  49: 'client-certificate',
  70: 'protocol-version',
  71: 'no-common-cipher',
  86: 'protocol-version',
  112: 'unknown-name',
  116: 'client-certificate',
}

/** What OpenSSL on this side does not accept of the server's choice. */
const LOCAL_DETAILS: readonly (readonly [RegExp, TlsDetail])[] = [
  [/UNSUPPORTED_PROTOCOL|NO_PROTOCOLS_AVAILABLE|VERSION_TOO_LOW|UNSUPPORTED_SSL_VERSION/, 'protocol-version'],
  [
    /CIPHER|KEY_TOO_SMALL|SIGALG|SIGNATURE_TYPE|SIGNATURE_ALGORITHM|WRONG_CURVE|LEGACY_RENEGOTIATION/,
    'no-common-cipher',
  ],
]

/**
 * Reads an error of TLS.
 *
 * @param isNegotiated whether version and cipher were agreed upon before
 * @returns `undefined` if it is not one
 */
export function readTlsFailure(code: string, message: string, isNegotiated: boolean): TlsFailure | undefined {
  if (CERTIFICATE_CODE.test(code)) return { problem: 'certificate', detail: firstMatch(CERTIFICATE_DETAILS, code) }
  if (code !== 'EPROTO' && !code.startsWith('ERR_SSL_')) return undefined
  const text = `${code} ${message.toUpperCase().replaceAll(' ', '_')}`
  const [, alert] = /SSL_ALERT_NUMBER_(\d+)/.exec(text) ?? []
  if (alert !== undefined) return { problem: 'tls-refused', detail: detailOf(alert, isNegotiated) }
  if (NOT_TLS.test(text)) return { problem: 'not-tls', detail: undefined }
  return { problem: 'tls-refused', detail: firstMatch(LOCAL_DETAILS, text) }
}

/** TLS 1.2 has no alert of its own for a missing client certificate: OpenSSL sends `handshake_failure` (40). */
function detailOf(alert: string, isNegotiated: boolean): TlsDetail | undefined {
  return alert === '40' && isNegotiated ? 'client-certificate' : ALERTS[alert]
}

function firstMatch(table: readonly (readonly [RegExp, TlsDetail])[], text: string): TlsDetail | undefined {
  return table.find(([pattern]) => pattern.test(text))?.[1]
}
