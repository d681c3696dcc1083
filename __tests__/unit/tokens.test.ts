import { describe, expect, test } from '@jest/globals'
import { findToken } from '../../src/inputs/text.js'
import { checkToken, Problems } from '../../src/inputs/values.js'

describe('text in the form of a token', () => {
  test.each<[string, string, string, string]>([
    ['syt_Ym90_QwErTy_0a1B2c', 'matrix', 'an access token (syt_…)', 'syt_Ym90_QwErTy_0a1B2c'],
    ['syr_x', 'matrix', 'an access token (syr_…)', 'syr_x'],
    ['syl_x', 'matrix', 'an access token (syl_…)', 'syl_x'],
    ['token: syt_Ym90_abc!', 'matrix', 'an access token (syt_…)', 'syt_Ym90_abc!'],
    ['a syt_Ym90 here', 'matrix', 'an access token (syt_…)', 'syt_Ym90'],
    ['mct_abcdefgh', 'matrix', 'an access token (mct_…)', 'mct_abcdefgh'],
    ['mcr_abcd_fgh', 'matrix', 'an access token (mcr_…)', 'mcr_abcd_fgh'],
    ['(mpt_ABCD1234)', 'matrix', 'an access token (mpt_…)', 'mpt_ABCD1234'],
    ['mat_abcdefghijk1_x', 'matrix', 'an access token (mat_…)', 'mat_abcdefghijk1_x'],
    ['mar_ABCDEFGHIJKL', 'matrix', 'an access token (mar_…)', 'mar_ABCDEFGHIJKL'],
    ['ghp_abcdefgh', 'forge', 'a GitHub token (ghp_…)', 'ghp_abcdefgh'],
    ['gho_abcd_123', 'forge', 'a GitHub token (gho_…)', 'gho_abcd_123'],
    ['ghs_abcdefgh', 'forge', 'a GitHub token (ghs_…)', 'ghs_abcdefgh'],
    ['ghs_abcdefgh.', 'forge', 'a GitHub token (ghs_…)', 'ghs_abcdefgh'],
    // https://github.blog/changelog/2026-05-15-github-app-installation-tokens-per-request-override-header/
    [
      'token=ghs_123456_eyJhbGciOiJ-_9.eyJpc3MiOiJ.Sig--_-9, x',
      'forge',
      'a GitHub token (ghs_…)',
      'ghs_123456_eyJhbGciOiJ-_9.eyJpc3MiOiJ.Sig--_-9',
    ],
    ['ghu_abcdefgh', 'forge', 'a GitHub token (ghu_…)', 'ghu_abcdefgh'],
    ['ghr_abcdefgh', 'forge', 'a GitHub token (ghr_…)', 'ghr_abcdefgh'],
    ['x/github_pat_1A', 'forge', 'a GitHub token (github_pat_…)', 'github_pat_1A'],
    ['eyJhbGciOiJ.eyJzdWIiO-J_', 'none', '', ''],
    ['eyJhbGciOiJ.eyJzdWIiO-J.', 'any', 'a JSON Web Token (eyJ…)', 'eyJhbGciOiJ.eyJzdWIiO-J.'],
    [
      'Bearer eyJhbGciOiJ-_.eyJzdWIiOiJ.Sig-_9, x',
      'any',
      'a JSON Web Token (eyJ…)',
      'eyJhbGciOiJ-_.eyJzdWIiOiJ.Sig-_9',
    ],
  ])('%s: %s, %s', (text, issuer, description, match) => {
    const found = findToken(text)
    expect(found).toStrictEqual(issuer === 'none' ? undefined : { issuer, description, match })
  })

  test.each([
    '',
    'correct horse battery staple',
    'easyt_abcdef',
    '0syt_abcdef',
    'mct_short12',
    'mct-abcdefgh',
    'amct_abcdefgh',
    'Zmpt_abcdefgh',
    // Ordinary names that begin as a token does.
    'mat_the_best_bot_of_all',
    'mat_abcdefghijklm',
    'mat_abcdefgh1',
    'format_abcdefghijk1',
    'mar_a-bcdefghijk1',
    'ghs_deploy',
    'ghx_abcdefgh',
    'aghp_abcdefgh',
    'mygithub_pat_abc',
    'github_pat_',
    'eyJhbGc.eyJzdWIiOiJ.Sig',
    'eyJhbGciOiJ.eyJzdWI.Sig',
    'eyJhbGciOiJ+eyJzdWIiOiJ+Sig',
    'aeyJhbGciOiJ.eyJzdWIiOiJ.Sig',
  ])('%j is none', (text) => {
    expect(findToken(text)).toBeUndefined()
  })
})

describe('a token that cannot be sent in a header', () => {
  function problemsWith(token: string, code?: 'invalid-input') {
    const problems = new Problems()
    checkToken('access-token', token, problems, code)
    try {
      problems.throwIfAny()
    } catch (error) {
      return error
    }
    return undefined
  }

  test.each(['', 'syt_Ym90_abc', 'bearer', 'Bearer-token'])(
    '%j can be sent, or is reported as missing elsewhere',
    (token) => {
      expect(problemsWith(token)).toBeUndefined()
    },
  )

  test.each(['Bearer syt_abc', 'bearer\tsyt_abc', 'BEARER  syt_abc'])('%j: the prefix is named', (token) => {
    const message = expect.stringContaining('begins with `Bearer`, which is not part of the token')
    expect(problemsWith(token)).toMatchObject({ code: 'token-invalid', message })
  })

  test.each(['syt_abc syt_def', 'syt_\nabc', 'syt_äbc', 'a bearer syt'])('%j: its characters are', (token) => {
    const found = problemsWith(token)
    expect(found).toMatchObject({ code: 'token-invalid', message: expect.stringContaining('holds white space or') })
    expect(String(found)).not.toContain('Bearer')
    expect(String(found)).not.toContain(token)
  })

  test('the code is that of the input', () => {
    expect(problemsWith('a b', 'invalid-input')).toMatchObject({ code: 'invalid-input' })
  })
})
