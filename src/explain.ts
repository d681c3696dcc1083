import { ApiError, type ApiProblem, describeRefusal, MATRIX } from './api/error.js'
import { ServerText } from './api/values.js'
import { FAILURES } from './failure-codes.js'
import { type Explanation, Failure, type FailureCode } from './failures.js'
import { NetworkError } from './http/exchange.js'
import type { TlsDetail, TransportError } from './http/transport.js'
import { ISSUES_URL } from './version.js'

/**
 * Explains any thrown value. An error of an unknown type is a bug in this project. @param now milliseconds since 1970
 */
export function explain(error: unknown, now: number): Explanation {
  if (error instanceof Failure) {
    const { code, message, hint = FAILURES[code].remedy } = error
    return { code, message, hint }
  }
  if (error instanceof NetworkError) return explainNoAnswer(error)
  if (error instanceof ApiError) return explainAnswer(error, now)
  return explainBug(error)
}

/** Returns the same failure with further advice. @param hintsFor returns sentences for a failure code */
export async function withHints(
  error: unknown,
  hintsFor: (code: FailureCode) => Promise<readonly string[]>,
  now: number,
): Promise<unknown> {
  const { code, message, hint } = explain(error, now)
  const more = await hintsFor(code)
  if (more.length === 0) return error
  return new Failure(code, message, [hint, ...more].filter((text) => text !== '').join(' '), { cause: error })
}

function explainNoAnswer({ cause, tries }: NetworkError): Explanation {
  const code = codeFor(cause)
  const times = tries === 1 ? '' : `, after ${tries} tries`
  const host = shown(new ServerText(cause.host), 'the server')
  const message = `No complete answer from ${host}: ${cause.message}${times}.`
  return { code, message, hint: hintFor(cause) }
}

/** Returns server text, or a replacement if there is none or it is hidden, as in a post step. */
function shown(text: ServerText | undefined, otherwise: string): string {
  return `${text ?? ''}` || otherwise
}

function codeFor({ problem }: TransportError): FailureCode {
  if (problem === 'certificate' || problem === 'tls-refused' || problem === 'not-tls') return 'tls'
  return problem === 'too-large' || problem === 'not-http' ? 'server-error' : 'unreachable'
}

function hintFor({ problem, host, detail }: TransportError): string {
  if (detail !== undefined) return TLS_HINTS[detail]
  switch (problem) {
    case 'dns':
      return `Check the spelling of ${shown(new ServerText(host), 'the server')}. For a server that only its own network knows, use a self-hosted runner there.`
    case 'proxy':
      return 'Check HTTPS_PROXY, HTTP_PROXY and NO_PROXY of the job, and whether the proxy may connect to that host.'
    case 'proxy-refused':
      return 'Check user and password in HTTPS_PROXY or HTTP_PROXY of the job, and whether the proxy allows this host.'
    case 'certificate':
      return FAILURES.tls.remedy
    case 'tls-refused':
      return 'The log of the server, or of the proxy in front of it, says why it ended the TLS handshake.'
    case 'not-tls':
      return 'Is this the port that speaks TLS? A client API on this machine without TLS is, for example, http://localhost:8008.'
    case 'not-http':
      return 'Does HTTP answer at that port? If it does, the server or a proxy in front of it sends a header that is not allowed: one with a control character, two lengths, or more than 16 KiB.'
    case 'too-large':
      return FAILURES['server-error'].remedy
    default:
      return FAILURES.unreachable.remedy
  }
}

const TLS_HINTS: Readonly<Record<TlsDetail, string>> = {
  expired: 'Renew the certificate on the server. If it is new, reload the server, and check the clock of the runner.',
  'not-yet-valid': 'Check the clock of the runner, and the start date of the certificate on the server.',
  'wrong-name': 'Check the spelling of the address. The certificate on the server must contain exactly this name.',
  'unknown-authority':
    'Install the complete certificate chain on the server; for a private authority set NODE_EXTRA_CA_CERTS.',
  'client-certificate': 'This action has no client certificate. Exempt /_matrix from that check on the server.',
  'protocol-version': 'Enable TLS 1.2 or TLS 1.3 on the server.',
  'no-common-cipher': 'Enable a current cipher suite and key type on the server (TLS 1.2 or TLS 1.3).',
  'unknown-name': 'Check the spelling of the address. The server has no certificate for this name.',
}

function explainAnswer(error: ApiError, now: number): Explanation {
  const code = codeOf(error)
  const { message, hint } = describeAnswer(error, now)
  return { code, message, hint: hint ?? FAILURES[code].remedy }
}

const CODES: Readonly<Record<ApiProblem['kind'], FailureCode>> = {
  refused: 'denied',
  'rate-limited': 'rate-limited',
  'server-error': 'server-error',
  redirected: 'redirected',
  foreign: 'server-error',
  malformed: 'server-error',
}

function codeOf({ problem, dialect }: ApiError): FailureCode {
  return problem.kind === 'foreign' ? (dialect.foreign?.code ?? CODES.foreign) : CODES[problem.kind]
}

function describeAnswer(error: ApiError, now: number): { message: string; hint?: string } {
  const { problem, server, operation, dialect } = error
  switch (problem.kind) {
    case 'rate-limited':
      return { message: `${describeRefusal(error)} ${retryTime(problem.retryAfterMs, now)}` }
    case 'server-error':
      return { message: describeRefusal(error, 'failed') }
    case 'redirected': {
      const target = shown(problem.location, 'an unnamed address')
      const message = `${server} was asked to ${operation.phrase} and answered ${problem.status}, a redirect to ${target}. It was not followed: it would pass the credential on.`
      return dialect === MATRIX ? { message } : { message, hint: REDIRECTED_ELSEWHERE }
    }
    case 'foreign': {
      const evidence = shown(problem.evidence, '')
      const said = evidence === '' ? `${problem.status}` : `${problem.status}, ${evidence}`
      const message = `${server} is not ${dialect.serverKind}: asked to ${operation.phrase}, it said ${said}.`
      return dialect.foreign === undefined ? { message } : { message, hint: dialect.foreign.hint }
    }
    case 'malformed':
      return { message: `${server} said ${problem.status} when asked to ${operation.phrase}, but ${problem.what}.` }
    case 'refused':
      return { message: describeRefusal(error), ...(shown(problem.text, '') === '' ? { hint: NO_WORDS } : {}) }
  }
}

const NO_WORDS = 'The server gives no reason: its log or its administrator can say more.'

/** The address comes from the homeserver or the runner, not from the input `homeserver`. */
const REDIRECTED_ELSEWHERE = 'Correct the address in the configuration of that server.'

/** Describes when a retry can succeed, if the server named a time. */
function retryTime(retryAfterMs: number | undefined, now: number): string {
  if (retryAfterMs === undefined) return 'It did not say when to try again.'
  const at = new Date(now + retryAfterMs)
  if (Number.isNaN(at.getTime())) return 'The requested delay is out of range.'
  return `A retry can work from ${at.toISOString()} on (in ${Math.ceil(retryAfterMs / 1000)} s).`
}

/** Explains a bug. The stack names no secrets; the message may come from any source and is omitted. */
function explainBug(error: unknown): Explanation {
  const name = error instanceof Error ? error.name : typeof error
  const frame = error instanceof Error ? /\n\s*at ([^\n]*)/.exec(error.stack ?? '')?.[1] : undefined
  const where = frame === undefined ? '' : ` at ${new ServerText(frame)}`
  return {
    code: 'internal',
    message: `This is a bug in the action: ${name}${where}.`,
    hint: `Please report it at ${ISSUES_URL}, without any token or password.`,
  }
}
