import { afterEach, describe, expect, test } from '@jest/globals'
import { clearFixtures, stopLater } from '../support/fixture.js'
import { startIdTokenService } from '../support/id-token-service.js'
import { hasRs256Signature, parseJwt } from '../support/jwt.js'

afterEach(clearFixtures)

const NOW = Date.UTC(2026, 0, 2, 3, 4, 5)
const start = async (claims: object = {}) =>
  stopLater(await startIdTokenService({ claims: { ...claims }, now: () => NOW }))
type Service = Awaited<ReturnType<typeof start>>

const request = (service: Service, audience: string, authorization = bearer(service)) =>
  fetch(`${service.environment['ACTIONS_ID_TOKEN_REQUEST_URL']}&audience=${encodeURIComponent(audience)}`, {
    headers: { authorization },
  })
const bearer = (service: Service, scheme = 'bearer') =>
  `${scheme} ${service.environment['ACTIONS_ID_TOKEN_REQUEST_TOKEN']}`

async function tokenOf(response: Response): Promise<string> {
  const body: unknown = await response.json()
  return typeof body === 'object' && body !== null && 'value' in body ? String(body.value) : ''
}

describe('the ID token service of the runner', () => {
  test('a token of five minutes for the audience, signed with a key of its own set', async () => {
    const service = await start()
    expect(service.environment['ACTIONS_ID_TOKEN_REQUEST_URL']).toContain('?api-version=2.0')
    const token = await tokenOf(await request(service, 'https://matrix.example/a b'))
    const parsed = parseJwt(token)
    expect(parsed?.header).toStrictEqual({ alg: 'RS256', typ: 'JWT', kid: service.jwks()[0]?.['kid'] })
    expect(parsed?.claims).toMatchObject({
      iss: 'https://token.actions.githubusercontent.com',
      aud: 'https://matrix.example/a b',
      sub: 'repo:octo/demo:ref:refs/heads/main',
      repository: 'octo/demo',
      repository_id: '70001',
      job_workflow_ref: 'octo/demo/.github/workflows/deploy.yml@refs/heads/main',
      iat: NOW / 1000,
      exp: NOW / 1000 + 300,
    })
    expect(parsed !== undefined && service.jwks().some((key) => hasRs256Signature(parsed, key))).toBe(true)
    expect(service.secrets()).toStrictEqual([service.environment['ACTIONS_ID_TOKEN_REQUEST_TOKEN'], token])
    expect(service.requests).toHaveLength(1)
  })

  test('claims may be others, or none', async () => {
    const service = await start({ repository: 'mallory/evil', sub: undefined })
    const parsed = parseJwt(await tokenOf(await request(service, 'x')))
    expect(parsed?.claims['repository']).toBe('mallory/evil')
    expect(parsed?.claims).not.toHaveProperty('sub')
    expect(parseJwt(service.issue('y', { exp: 1 }))?.claims).toMatchObject({ aud: 'y', exp: 1 })
  })

  test.each([
    ['Bearer', 200],
    ['bearer', 200],
    ['Basic', 401],
  ])('%s: %d', async (scheme, status) => {
    const service = await start()
    expect((await request(service, 'x', bearer(service, scheme))).status).toBe(status)
  })

  test('another request token: 401, and nothing issued', async () => {
    const service = await start()
    expect((await request(service, 'x', `${bearer(service)}x`)).status).toBe(401)
    expect(service.secrets()).toHaveLength(1)
  })

  test('it serves the keys of the issuer', async () => {
    const service = await start()
    const response = await fetch(`${service.url}/.well-known/jwks`)
    expect(await response.json()).toStrictEqual({ keys: service.jwks() })
    expect(service.jwks()[0]).not.toHaveProperty('d')
  })

  test('faults', async () => {
    const service = await start()
    service.inject({ path: '/idtoken' }, { kind: 'respond', status: 503, body: { message: 'busy' } })
    service.inject({ path: '/idtoken' }, { kind: 'refuse' })
    service.inject({ path: '/idtoken' }, { kind: 'alter', members: { value: 7 } })
    expect((await request(service, 'x')).status).toBe(503)
    await expect(request(service, 'x')).rejects.toThrow()
    expect(await tokenOf(await request(service, 'x'))).toBe('7')
    expect((await request(service, 'x')).status).toBe(200)
  })
})
