import { ProxyError } from './connection.js'
import { isUnavailable } from './retry.js'
import { type TlsDetail, TransportError, type TransportProblem } from './transport.js'

const DNS_CODES = ['ENOTFOUND', 'EAI_AGAIN', 'EAI_NODATA', 'EAI_NONAME', 'ENODATA']
const UNREACHED_CODES = ['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN', 'EADDRNOTAVAIL', 'EACCES', 'EPERM']
const RESET_CODES = ['ECONNRESET', 'EPIPE', 'ECONNABORTED']
const TIMEOUT_CODES = ['ETIMEDOUT', 'ESOCKETTIMEDOUT', 'ERR_SOCKET_CONNECTION_TIMEOUT']

/** The state of the connection at the time of an error. */
export interface ConnectionFacts {
  /** Whether it was open (with TLS: after `secureConnect`). */
  readonly isOpen: boolean
  /** Whether TLS version and cipher were negotiated. */
  readonly isNegotiated: boolean
  readonly deadlinePassed: boolean
}

/**
 * Classifies a network error. Never includes the URL in the message, because it can hold the credentials of a proxy.
 */
export function classifyNetworkError(error: unknown, host: string, facts: ConnectionFacts): TransportError {
  const sent = { requestSent: facts.isOpen, cause: error }
  if (facts.deadlinePassed) return new TransportError('timeout', host, timeoutText(facts), sent)
  if (error instanceof ProxyError) return proxyError(error, host)
  const { code, message } = firstError(error)
  const tls = readTlsFailure(code ?? '', message, facts.isNegotiated)
  if (tls !== undefined) {
    // With TLS 1.3 the server requests a client certificate after our side completed the handshake. Without one it
    // reads no request.
    const requestSent = facts.isOpen && tls.detail !== 'client-certificate'
    return new TransportError(tls.problem, host, describeTls(tls.problem, tls.detail, code), {
      ...sent,
      ...tls,
      code,
      requestSent,
    })
  }
  const problem = problemOf(code ?? '', message)
  const codes = addressCodes(error)
  const text = codes.length > 1 ? `no connection to any address (${codes.join(', ')})` : describe(problem, code, facts)
  return new TransportError(problem, host, text, { ...sent, code })
}

/** Classifies an error of the proxy. A 4xx is final, as for a server; any other error may be transient. */
function proxyError(error: ProxyError, host: string): TransportError {
  const { status, code } = error
  const refuses = status === undefined ? readTlsFailure(code ?? '', '', false) !== undefined : isFinal(status)
  const codes = addressCodes(error.cause)
  const failed = codes.length > 1 ? codes.join(', ') : (code ?? 'no answer')
  const reason = status === undefined ? failed : `statusCode=${status}`
  const facts = { requestSent: false, code, cause: error }
  return new TransportError(refuses ? 'proxy-refused' : 'proxy', host, `the proxy did not connect (${reason})`, facts)
}

function isFinal(status: number): boolean {
  return status < 500 && status !== 429 && !isUnavailable(status)
}

interface Found {
  readonly code: string | undefined
  readonly message: string
}

/**
 * Finds the error to report. A refusal by a host with several addresses is an `AggregateError` with an empty message.
 */
function firstError(error: unknown): Found {
  if (typeof error !== 'object' || error === null) return { code: undefined, message: String(error) }
  if ('errors' in error && Array.isArray(error.errors) && error.errors.length > 0) return firstError(error.errors[0])
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  return { code, message: 'message' in error ? String(error.message) : '' }
}

/**
 * Returns the error code of each address of a host, without duplicates, because the first one alone is misleading.
 * GitHub's runners have no IPv6, so every server with an IPv6 address would be reported as unreachable (ENETUNREACH),
 * whatever the result for its IPv4 address.
 */
function addressCodes(error: unknown): readonly string[] {
  if (typeof error !== 'object' || error === null || !('errors' in error) || !Array.isArray(error.errors)) return []
  const codes = error.errors.map((each) => firstError(each).code).filter((code) => code !== undefined)
  return [...new Set(codes)]
}

function problemOf(code: string, message: string): TransportProblem {
  if (DNS_CODES.includes(code)) return 'dns'
  if (UNREACHED_CODES.includes(code)) return 'refused'
  if (TIMEOUT_CODES.includes(code)) return 'timeout'
  if ((code === 'ECONNRESET' && message === 'aborted') || code === 'HPE_INVALID_EOF_STATE') return 'truncated'
  // The errors of llhttp, which parses answers in Node.
  if (code.startsWith('HPE_')) return 'not-http'
  return RESET_CODES.includes(code) ? 'reset' : 'other'
}

function describe(problem: TransportProblem, code: string | undefined, facts: ConnectionFacts): string {
  switch (problem) {
    case 'dns':
      return `the name cannot be resolved (${code})`
    case 'refused':
      return `no connection (${code})`
    case 'reset':
      return facts.isOpen
        ? `the connection was cut before an answer (${code})`
        : `the connection was cut before it was ready, nothing was sent (${code})`
    case 'timeout':
      return timeoutText(facts)
    case 'truncated':
      return 'the connection was cut in the middle of the answer'
    case 'not-http':
      return `the answer is not valid HTTP (${code})`
    default:
      return code ?? 'the exchange failed'
  }
}

function timeoutText({ isOpen }: ConnectionFacts): string {
  return isOpen ? 'no complete answer in time' : 'no connection in time, nothing was sent'
}

const TLS_TEXTS: Readonly<Record<TlsDetail, string>> = {
  expired: 'the certificate is not accepted: it has expired',
  'not-yet-valid': 'the certificate is not accepted: it is not valid yet',
  'wrong-name': 'the certificate is not accepted: it is for another name',
  'unknown-authority': 'the certificate is not accepted: its authority is not known',
  'client-certificate': 'the server requires a client certificate',
  'protocol-version': 'no TLS version in common',
  'no-common-cipher': 'no TLS cipher in common',
  'unknown-name': 'the server does not know this name',
}

function describeTls(problem: TransportProblem, detail: TlsDetail | undefined, code: string | undefined): string {
  if (problem === 'not-tls') return `no TLS at that port (${code})`
  if (detail !== undefined) return `${TLS_TEXTS[detail]} (${code})`
  return problem === 'certificate' ? `the certificate is not accepted (${code})` : `the TLS handshake failed (${code})`
}

/** The meaning of a failed handshake or certificate check. */
interface TlsFailure {
  readonly problem: Extract<TransportProblem, 'certificate' | 'tls-refused' | 'not-tls'>
  readonly detail: TlsDetail | undefined
}

/**
 * OpenSSL's verification errors, by Node's names.
 * @see https://nodejs.org/api/tls.html#x509-certificate-error-codes
 */
const CERTIFICATE_CODE =
  /^(UNABLE_TO_|CERT_|CRL_|SELF_SIGNED_CERT|DEPTH_ZERO_|INVALID_CA|INVALID_PURPOSE|HOSTNAME_MISMATCH|PATH_LENGTH|ERROR_IN_C|ERR_TLS_CERT|UNSPECIFIED$)/

const CERTIFICATE_DETAILS: readonly (readonly [RegExp, TlsDetail])[] = [
  [/^CERT_HAS_EXPIRED$/, 'expired'],
  [/^CERT_NOT_YET_VALID$/, 'not-yet-valid'],
  [/ALTNAME_INVALID$|^HOSTNAME_MISMATCH$/, 'wrong-name'],
  [/^UNABLE_TO_(GET_ISSUER|VERIFY_LEAF)|SELF_SIGNED_CERT|^CERT_UNTRUSTED$|^INVALID_CA$/, 'unknown-authority'],
]

/** OpenSSL's errors for bytes that are not TLS, such as an HTTP response. */
const NOT_TLS =
  /WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|UNKNOWN_PROTOCOL|HTTP_REQUEST|BAD_RECORD_TYPE|RECORD_TOO_SMALL/

/** Alerts of the server, by number. @see RFC 8446 §6, RFC 5246 §7.2 */
const ALERTS: Readonly<Record<string, TlsDetail>> = {
  40: 'no-common-cipher',
  // 42 to 49 are about a certificate. This client has no certificate, so they mean that one is required.
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

/** OpenSSL's errors when this side rejects the server's choice. */
const LOCAL_DETAILS: readonly (readonly [RegExp, TlsDetail])[] = [
  [/UNSUPPORTED_PROTOCOL|NO_PROTOCOLS_AVAILABLE|VERSION_TOO_LOW|UNSUPPORTED_SSL_VERSION/, 'protocol-version'],
  [
    /CIPHER|KEY_TOO_SMALL|SIGALG|SIGNATURE_TYPE|SIGNATURE_ALGORITHM|WRONG_CURVE|LEGACY_RENEGOTIATION/,
    'no-common-cipher',
  ],
]

/**
 * Classifies a TLS error.
 *
 * @param isNegotiated whether version and cipher were negotiated before
 * @returns `undefined` if it is not a TLS error
 */
function readTlsFailure(code: string, message: string, isNegotiated: boolean): TlsFailure | undefined {
  if (CERTIFICATE_CODE.test(code)) return { problem: 'certificate', detail: firstMatch(CERTIFICATE_DETAILS, code) }
  if (code !== 'EPROTO' && !code.startsWith('ERR_SSL_')) return undefined
  const text = `${code} ${message.toUpperCase().replaceAll(' ', '_')}`
  const [, alert] = /SSL_ALERT_NUMBER_(\d+)/.exec(text) ?? []
  if (alert !== undefined) return { problem: 'tls-refused', detail: detailOf(alert, isNegotiated) }
  if (NOT_TLS.test(text)) return { problem: 'not-tls', detail: undefined }
  return { problem: 'tls-refused', detail: firstMatch(LOCAL_DETAILS, text) }
}

/**
 * Returns the detail of an alert. TLS 1.2 has none for a missing client certificate: OpenSSL sends `handshake_failure`
 * (40).
 */
function detailOf(alert: string, isNegotiated: boolean): TlsDetail | undefined {
  return alert === '40' && isNegotiated ? 'client-certificate' : ALERTS[alert]
}

function firstMatch(table: readonly (readonly [RegExp, TlsDetail])[], text: string): TlsDetail | undefined {
  return table.find(([pattern]) => pattern.test(text))?.[1]
}
