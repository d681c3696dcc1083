import { describe, expect, test } from '@jest/globals'
import { ProxyError } from '../../src/http/connection.js'
import { classifyNetworkError } from '../../src/http/network-errors.js'

const CONNECTING = { isOpen: false, isNegotiated: false, deadlinePassed: false }
const OPEN = { isOpen: true, isNegotiated: true, deadlinePassed: false }
const withCode = (code: string, message = 'x') => Object.assign(new Error(message), { code })
/** OpenSSL's text for an alert, with Node's code for a read and for a write. */
const alert = (number: number, code = 'ERR_SSL_SSLV3_ALERT_X') =>
  withCode(code, `0:error:0A:SSL routines:ssl3_read_bytes:x:../ssl/record.c:1605:SSL alert number ${number}`)

test.each([
  [withCode('ENOTFOUND'), 'dns'],
  [withCode('ECONNREFUSED'), 'refused'],
  [withCode('ECONNRESET', 'socket hang up'), 'reset'],
  [withCode('ECONNRESET', 'aborted'), 'truncated'],
  [withCode('ETIMEDOUT'), 'timeout'],
  [withCode('HPE_INVALID_CONSTANT'), 'not-http'],
  [withCode('HPE_INVALID_EOF_STATE'), 'truncated'],
  [withCode('SOMETHING_NEW'), 'other'],
  // A host with several addresses that all refuse: Node's message is empty, the reasons are inside.
  [new AggregateError([withCode('ECONNREFUSED')], ''), 'refused'],
  ['a string', 'other'],
])('%s is %s', (error, problem) => {
  const classified = classifyNetworkError(error, 'example.org', OPEN)
  expect(classified.problem).toBe(problem)
  expect(classified.message).not.toBe('')
})

// https://github.com/nodejs/node/issues/52216
describe('a host with several addresses', () => {
  const failed = new AggregateError([withCode('ENETUNREACH'), withCode('ECONNREFUSED'), withCode('ECONNREFUSED')], '')

  test('every address is told, because the first one alone misleads', () => {
    const { message, problem } = classifyNetworkError(failed, 'example.org', CONNECTING)
    expect(message).toBe('no connection to any address (ENETUNREACH, ECONNREFUSED)')
    expect(problem).toBe('refused')
  })

  test('…of a proxy too', () => {
    const error = new ProxyError(undefined, 'ENETUNREACH', { cause: failed })
    expect(classifyNetworkError(error, 'example.org', CONNECTING).message).toContain('(ENETUNREACH, ECONNREFUSED)')
  })

  test('one reason for all is told once', () => {
    const error = new AggregateError([withCode('ECONNREFUSED'), withCode('ECONNREFUSED')], '')
    expect(classifyNetworkError(error, 'example.org', CONNECTING).message).toBe('no connection (ECONNREFUSED)')
  })
})

test('whatever is thrown once the deadline has passed is a timeout', () => {
  const facts = { ...OPEN, deadlinePassed: true }
  expect(classifyNetworkError(withCode('ECONNRESET'), 'example.org', facts).problem).toBe('timeout')
})

test.each(['ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'SOMETHING_NEW', 'ERR_SSL_BAD_RECORD_MAC'])(
  '%s: the request was sent if the connection was open, and only then',
  (code) => {
    expect(classifyNetworkError(withCode(code), 'example.org', CONNECTING).requestSent).toBe(false)
    expect(classifyNetworkError(withCode(code), 'example.org', OPEN).requestSent).toBe(true)
  },
)

describe('TLS', () => {
  test.each([
    ['CERT_HAS_EXPIRED', 'certificate', 'expired'],
    ['CERT_NOT_YET_VALID', 'certificate', 'not-yet-valid'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'certificate', 'wrong-name'],
    ['HOSTNAME_MISMATCH', 'certificate', 'wrong-name'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'certificate', 'unknown-authority'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'certificate', 'unknown-authority'],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'certificate', 'unknown-authority'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'certificate', 'unknown-authority'],
    ['CERT_REVOKED', 'certificate', undefined],
    ['UNABLE_TO_GET_CRL', 'certificate', undefined],
    ['UNSPECIFIED', 'certificate', undefined],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'not-tls', undefined],
    ['ERR_SSL_PACKET_LENGTH_TOO_LONG', 'not-tls', undefined],
    ['ERR_SSL_UNSUPPORTED_PROTOCOL', 'tls-refused', 'protocol-version'],
    ['ERR_SSL_DH_KEY_TOO_SMALL', 'tls-refused', 'no-common-cipher'],
    ['ERR_SSL_SOMETHING_NEW', 'tls-refused', undefined],
  ])('%s is %s, %s', (code, problem, detail) => {
    const error = classifyNetworkError(withCode(code), 'example.org', CONNECTING)
    expect(error).toMatchObject({ problem, detail, requestSent: false, isTransient: false })
    expect(error.message).toContain(code)
  })

  test.each<[number, boolean, string | undefined]>([
    [40, false, 'no-common-cipher'],
    // OpenSSL's answer to a missing client certificate in TLS 1.2: by then, both sides have agreed on a cipher.
    [40, true, 'client-certificate'],
    [42, true, 'client-certificate'],
    [70, false, 'protocol-version'],
    [71, false, 'no-common-cipher'],
    [80, false, undefined],
    [112, false, 'unknown-name'],
    [116, true, 'client-certificate'],
    [120, false, undefined],
  ])('alert %i (agreed: %s) is %s, whether it comes while reading or writing', (number, isNegotiated, detail) => {
    for (const error of [alert(number), alert(number, 'EPROTO')]) {
      const classified = classifyNetworkError(error, 'example.org', { ...CONNECTING, isNegotiated })
      expect(classified).toMatchObject({ problem: 'tls-refused', detail })
    }
  })

  // TLS 1.3: our side is ready, and has sent, before the server can refuse; it reads no request then.
  test('a client certificate that is missed after the handshake: nothing arrived', () => {
    expect(classifyNetworkError(alert(116), 'example.org', OPEN).requestSent).toBe(false)
    expect(classifyNetworkError(alert(80), 'example.org', OPEN).requestSent).toBe(true)
  })

  test('the bytes of a plain HTTP answer are not TLS, also where the code says no more than EPROTO', () => {
    const error = withCode('EPROTO', 'write EPROTO 0:error:0A00010B:SSL routines:ssl3_get_record:wrong version number')
    expect(classifyNetworkError(error, 'example.org', CONNECTING).problem).toBe('not-tls')
  })
})

describe('a proxy', () => {
  test.each([
    [407, 'proxy-refused'],
    [401, 'proxy-refused'],
    [403, 'proxy-refused'],
    [302, 'proxy-refused'],
    [408, 'proxy'],
    [429, 'proxy'],
    [500, 'proxy'],
    [502, 'proxy'],
    [504, 'proxy'],
  ])('%i is %s', (status, problem) => {
    const error = classifyNetworkError(new ProxyError(status), 'example.org', CONNECTING)
    expect(error).toMatchObject({ problem, requestSent: false, isTransient: problem === 'proxy' })
    expect(error.message).toBe(`the proxy did not connect (statusCode=${status})`)
  })

  test.each([
    ['ECONNREFUSED', 'proxy'],
    ['ECONNRESET', 'proxy'],
    ['ENOTFOUND', 'proxy'],
    ['CERT_HAS_EXPIRED', 'proxy-refused'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'proxy-refused'],
  ])('%s is %s: its address and its text stay out of the message', (code, problem) => {
    const cause = withCode(code, `connect ${code} user:password@10.0.0.1:3128`)
    const error = classifyNetworkError(new ProxyError(undefined, code, { cause }), 'example.org', CONNECTING)
    expect(error.problem).toBe(problem)
    expect(error.message).toBe(`the proxy did not connect (${code})`)
  })
})
