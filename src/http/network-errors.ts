import { TransportError, type TransportProblem } from './transport.js'

const DNS_CODES = ['ENOTFOUND', 'EAI_AGAIN', 'EAI_NODATA', 'EAI_NONAME', 'ENODATA']
const UNREACHED_CODES = ['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN', 'EADDRNOTAVAIL', 'EACCES', 'EPERM']
const RESET_CODES = ['ECONNRESET', 'EPIPE', 'ECONNABORTED']
const TIMEOUT_CODES = ['ETIMEDOUT', 'ESOCKETTIMEDOUT', 'ERR_SOCKET_CONNECTION_TIMEOUT']

/** OpenSSL's verification errors, as Node names them: https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const CERTIFICATE_CODE =
  /^(UNABLE_TO_|CERT_|CRL_|SELF_SIGNED_CERT|DEPTH_ZERO_|INVALID_CA|INVALID_PURPOSE|HOSTNAME_MISMATCH|PATH_LENGTH|ERROR_IN_C|ERR_TLS_CERT)/

/** What a thrown network error means. Never puts the URL, which a proxy's credentials could stand in, into the message. */
export function classifyNetworkError(error: unknown, host: string, deadlinePassed: boolean): TransportError {
  const cause = { cause: error }
  if (deadlinePassed) return new TransportError('timeout', host, 'no complete answer in time', undefined, cause)
  const found = firstError(error)
  const problem = problemOf(found)
  return new TransportError(problem, host, describe(problem, found), found.code, cause)
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

function problemOf({ code = '', message }: Found): TransportProblem {
  if (message.startsWith('tunneling socket') || message.includes('body from proxy')) return 'proxy'
  if (DNS_CODES.includes(code)) return 'dns'
  if (UNREACHED_CODES.includes(code)) return 'refused'
  if (TIMEOUT_CODES.includes(code)) return 'timeout'
  if (code === 'ECONNRESET' && message === 'aborted') return 'truncated'
  if (RESET_CODES.includes(code)) return 'reset'
  if (CERTIFICATE_CODE.test(code)) return 'certificate'
  if (code === 'EPROTO' || code.startsWith('ERR_SSL_')) return 'not-tls'
  return 'other'
}

function describe(problem: TransportProblem, { code, message }: Found): string {
  switch (problem) {
    case 'dns':
      return `the name cannot be resolved (${code})`
    case 'refused':
      return `no connection (${code})`
    case 'reset':
      return `the connection was cut before an answer (${code})`
    case 'truncated':
      return 'the connection was cut in the middle of the answer'
    case 'certificate':
      return `the certificate is not accepted (${code})`
    case 'not-tls':
      return `no TLS at that port (${code})`
    case 'proxy':
      return `the proxy did not connect (${message.replace(/^tunneling socket could not be established, /, '')})`
    default:
      return code ?? 'the exchange failed'
  }
}
