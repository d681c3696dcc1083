import { ProxyError } from './connection.js'
import { isUnavailable } from './status.js'
import { readTlsFailure } from './tls-errors.js'
import { type TlsDetail, TransportError, type TransportProblem } from './transport.js'

const DNS_CODES = ['ENOTFOUND', 'EAI_AGAIN', 'EAI_NODATA', 'EAI_NONAME', 'ENODATA']
const UNREACHED_CODES = ['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN', 'EADDRNOTAVAIL', 'EACCES', 'EPERM']
const RESET_CODES = ['ECONNRESET', 'EPIPE', 'ECONNABORTED']
const TIMEOUT_CODES = ['ETIMEDOUT', 'ESOCKETTIMEDOUT', 'ERR_SOCKET_CONNECTION_TIMEOUT']

/** What is known of the connection at the time of an error. */
export interface ConnectionFacts {
  /** Whether it was open (with TLS: after `secureConnect`). */
  readonly isOpen: boolean
  /** Whether TLS version and cipher were agreed upon. */
  readonly isNegotiated: boolean
  readonly deadlinePassed: boolean
}

/** What a thrown network error means. Never puts the URL, which a proxy's credentials could stand in, into the message. */
export function classifyNetworkError(error: unknown, host: string, facts: ConnectionFacts): TransportError {
  const sent = { requestSent: facts.isOpen, cause: error }
  if (facts.deadlinePassed) return new TransportError('timeout', host, timeoutText(facts), sent)
  if (error instanceof ProxyError) return proxyError(error, host)
  const { code, message } = firstError(error)
  const tls = readTlsFailure(code ?? '', message, facts.isNegotiated)
  if (tls !== undefined) {
    // With TLS 1.3 the server asks for a client certificate after our side of the handshake, and reads no request without.
    const requestSent = facts.isOpen && tls.detail !== 'client-certificate'
    return new TransportError(tls.problem, host, describeTls(tls.problem, tls.detail, code), {
      ...sent,
      ...tls,
      code,
      requestSent,
    })
  }
  const problem = problemOf(code ?? '', message)
  return new TransportError(problem, host, describe(problem, code, facts), { ...sent, code })
}

/** 4xx of a proxy stands, as of a server; everything else may pass. */
function proxyError(error: ProxyError, host: string): TransportError {
  const { status, code } = error
  const refuses = status === undefined ? readTlsFailure(code ?? '', '', false) !== undefined : isFinal(status)
  const reason = status === undefined ? (code ?? 'no answer') : `statusCode=${status}`
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

/** A refusal by a host with several addresses comes as an `AggregateError` with an empty message: look inside. */
function firstError(error: unknown): Found {
  if (typeof error !== 'object' || error === null) return { code: undefined, message: String(error) }
  if ('errors' in error && Array.isArray(error.errors) && error.errors.length > 0) return firstError(error.errors[0])
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  return { code, message: 'message' in error ? String(error.message) : '' }
}

function problemOf(code: string, message: string): TransportProblem {
  if (DNS_CODES.includes(code)) return 'dns'
  if (UNREACHED_CODES.includes(code)) return 'refused'
  if (TIMEOUT_CODES.includes(code)) return 'timeout'
  if (code === 'ECONNRESET' && message === 'aborted') return 'truncated'
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
    default:
      return code ?? 'the exchange failed'
  }
}

function timeoutText({ isOpen }: ConnectionFacts): string {
  return isOpen ? 'no complete answer in time' : 'no connection in time, nothing was sent'
}

const TLS_TEXTS: Readonly<Record<TlsDetail, string>> = {
  expired: 'the certificate has expired',
  'not-yet-valid': 'the certificate is not valid yet',
  'wrong-name': 'the certificate is for another name',
  'unknown-authority': 'the authority of the certificate is not known',
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
