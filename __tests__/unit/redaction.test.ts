import { describe, expect, test } from '@jest/globals'
import { isTokenForm } from '../../src/api/values.js'
import { isPlain, printable, redact, registerSecret } from '../../src/redaction.js'
import { randomText, seededRandom } from '../support/random-text.js'
import { holds } from '../support/runner/leaks.js'

const PHRASE = 'correct horse battery staple'
/** Every character that some escaping treats specially. */
const SPECIAL = 'a::b "c\\d"/e&f<g>_h+i%j\'k=é🚀l'
const LINES = 'first line of it\nsecond line of it'
for (const secret of [PHRASE, SPECIAL, LINES, 'hunter2', 'x::y', 'a']) registerSecret(secret)

test.each(['·', '…'])('a plain text may hold %s: no pattern for invisible characters matches it', (character) => {
  expect(isPlain(`a ${character} b`)).toBe(true)
  expect(character).not.toMatch(/[\p{C}\p{Zl}\p{Zp}\p{Zs}\p{DI}]/u)
})

describe('redact', () => {
  test.each([
    ['the whole secret', `no: ${PHRASE}!`, 'no: ***!'],
    ['12 characters of it', `no: ${PHRASE.slice(5, 17)}!`, 'no: ***!'],
    ['not 11 characters of it', `no: ${PHRASE.slice(5, 16)}!`, `no: ${PHRASE.slice(5, 16)}!`],
    ['other letter case, as in a host name', `no: ${PHRASE.toUpperCase()}!`, 'no: ***!'],
    ['two side by side', PHRASE + PHRASE, '***'],
    ['a short secret whole', 'password hunter2 refused', 'password *** refused'],
    ['no secret of one letter', 'a banana', 'a banana'],
    ['one line of a secret', 'no: second line of it!', 'no: ***!'],
    ['hexadecimal', `${Buffer.from(PHRASE).toString('hex').toUpperCase()}!`, '***!'],
    ['nothing else', 'all is well \\u0041 %41 &amp; + \u200b', 'all is well \\u0041 %41 &amp; + \u200b'],
  ])('hides %s', (_name, text, expected) => {
    expect(redact(text)).toBe(expected)
  })

  test('hides base64 at each alignment', () => {
    for (const before of ['', 'x', 'xy']) {
      const encoded = Buffer.from(`${before}${PHRASE}`).toString('base64')
      expect(redact(encoded).replace('***', '').length).toBeLessThanOrEqual(6)
    }
  })

  const hexOf = (character: string) => (character.codePointAt(0) ?? 0).toString(16)
  const each = (text: string, encode: (character: string) => string) => [...text].map(encode).join('')
  const json = (character: string) => JSON.stringify(character).slice(1, -1)
  const unit = (text: string, at: number) => `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`
  const unicode = (text: string) => Array.from({ length: text.length }, (_, at) => unit(text, at)).join('')
  const percent = (text: string) =>
    each(
      text,
      (c) =>
        `%${Buffer.from(c)
          .toString('hex')
          .replace(/..(?=.)/g, '$&%')}`,
    )
  const html = (text: string) => each(text, (c) => `&#x${hexOf(c)};`)
  const some = (encode: (text: string) => string) => (text: string) =>
    [...text].map((c, at) => (at % 3 === 0 ? encode(c) : c)).join('')

  test.each<[string, (text: string) => string]>([
    ['JSON', (text) => JSON.stringify(text)],
    ['JSON with an escaped slash', (text) => JSON.stringify(text).replaceAll('/', '\\/')],
    ['JSON in JSON', (text) => JSON.stringify(JSON.stringify(text))],
    ['\\u escapes', unicode],
    ['\\U escapes in capitals', (text) => unicode(text).toUpperCase().replaceAll('\\U', '\\u')],
    ['some \\u escapes', some(unicode)],
    ['JavaScript', (text) => each(text, (c) => `\\u{${hexOf(c)}}`)],
    ['encodeURIComponent', encodeURIComponent],
    ['percent in lower case', percent],
    ['some percent escapes', some(percent)],
    ['a form field', (text) => new URLSearchParams({ text }).toString()],
    ['percent twice', (text) => encodeURIComponent(encodeURIComponent(text))],
    ['JSON in a form field', (text) => new URLSearchParams({ text: JSON.stringify(text) }).toString()],
    ['HTML', html],
    ['decimal HTML', (text) => each(text, (c) => `&#${c.codePointAt(0)};`)],
    ['named HTML', (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')],
    ['JSON in HTML', (text) => html(each(text, json))],
    ['zero-width characters', (text) => each(text, (c) => `${c}\u200b`)],
    ['variation selectors', (text) => each(text, (c) => `${c}\ufe0f`)],
    ['control characters', (text) => each(text, (c) => `${c}\u0007\u001b`)],
    ['lone surrogates', (text) => each(text, (c) => `${c}\ud800 `.trimEnd())],
    ['escaped zero-width characters', (text) => each(text, (c) => `${json(c)}\\u200b`)],
  ])('hides what is escaped: %s', (_name, encode) => {
    for (const secret of [PHRASE, SPECIAL]) {
      for (const shown of [redact, printable].map((hide) => hide(`no: ${encode(secret)} !`))) {
        // What an encoding puts around the secret may stay.
        expect(shown).toMatch(/^no: \S{0,8}\*\*\*\S{0,8} !$/)
      }
    }
  })
})

describe('printable', () => {
  test.each([
    ['a secret that the cleaning would alter', 'is x::y right?', 'is *** right?'],
    ['a secret that the cleaning makes', 'correct\nhorse\u2028battery   staple', '***'],
    ['both', `${SPECIAL}\r\n::error::b`, '*** : :error: :b'],
    ['text without secrets', 'Invalid username or password', 'Invalid username or password'],
  ])('%s', (_name, text, expected) => {
    expect(printable(text)).toBe(expected)
  })

  test('cuts no redaction mark and no character', () => {
    for (let before = 280; before < 305; before += 1) {
      for (const text of [`${'-'.repeat(before)}hunter2 and more`, `${'-'.repeat(before)}${'🚀'.repeat(20)}`]) {
        const shown = printable(text)
        expect(shown).toMatch(/^-+(\*\*\*|🚀)*( a?n?d?)?( m?o?r?e?)?…?$/u)
        expect(shown.length).toBeLessThanOrEqual(300)
      }
    }
  })

  // However long a hostile text is, and whatever it decodes to: only its beginning costs time.
  test('looks at the first 1,000 characters of a text', () => {
    const next = seededRandom(3)
    for (let round = 0; round < 20; round += 1) {
      const text = randomText(next, 1_000, '\\u0%41&#x+;\u200b')
      expect(printable(text.repeat(1_000))).toBe(printable(text))
    }
  })

  test('shows no secret and no command, whatever a server sends', () => {
    const next = seededRandom(11)
    const secrets = [
      'a:: :b c  d: :e',
      '***##[*** :***::',
      randomText(next, 40),
      '%41%42+c\\u0044&amp;e',
      PHRASE,
      SPECIAL,
    ]
    for (const secret of secrets) registerSecret(secret)
    const glue = [
      '',
      ' ',
      ':',
      '::',
      '##',
      '[',
      '\n',
      '\u200b',
      '\\',
      '%',
      '&',
      '+',
      '*',
      '***',
      '\\n',
      '%20',
      '\ufe0f',
    ]
    const piece = () => {
      const secret = secrets[next(secrets.length)] ?? ''
      const from = next(secret.length)
      const cut = secret.slice(from, from + 1 + next(14))
      const escapes = [
        cut,
        JSON.stringify(cut).slice(1, -1),
        encodeURIComponent(cut.toWellFormed()),
        [...cut].join('\u200d'),
      ]
      return `${escapes[next(escapes.length)]}${glue[next(glue.length)]}`
    }
    for (let round = 0; round < 3_000; round += 1) {
      const text = Array.from({ length: 1 + next(9) }, piece).join('')
      const shown = printable(text)
      for (const secret of secrets) expect([text, shown, holds(shown, secret)]).toEqual([text, shown, false])
      expect(shown).not.toMatch(/::|##\[|[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
    }
  })
})

test.each([
  ['syt_Ym90_abc', true],
  ['abcd', true],
  ['abc', false],
  ['', false],
  ['with blank', false],
  ['ümlaut', false],
  ['line\n', false],
  ['\u0000nul', false],
  ['x'.repeat(32_000), true],
  ['x'.repeat(32_001), false],
])('isTokenForm(%#)', (text, expected) => {
  expect(isTokenForm(text)).toBe(expected)
})

test('a huge secret costs little', () => {
  const next = seededRandom(5)
  const secret = randomText(next, 130_000)
  const before = performance.now()
  registerSecret(secret)
  registerSecret(secret)
  expect(redact(`no: ${secret.slice(90_000, 90_040)}!`)).toBe('no: ***!')
  expect(performance.now() - before).toBeLessThan(1_000)
})

describe('a token that is not registered, in the text of a server', () => {
  test.each([
    'syt_Ym90_AAAAAAAAAAAAAAAAAAAA_0aBcDe',
    'syr_b2xk_BBBBBBBBBBBBBBBBBBBB_0aBcDe',
    'mct_AbCdEfGhIjKlMnOpQrStUvWxYz0123_0aBcDe',
    'mpt_AbCdEfGhIjKlMnOpQrStUvWxYz0123_0aBcDe',
    'ghp_AbCdEfGhIjKlMnOpQrStUvWxYz0123',
    'github_pat_11ABCDEFG0AbCdEfGhIjKl',
    'eyJhbGciOiJub25lIn0.eyJzdWIiOiJib3QifQ.c2ln',
  ])('%s', (token) => {
    expect(printable(`cannot store “${token}”, in ${token}: no`)).toBe('cannot store “***”, in ***: no')
  })

  test.each([
    'mat_rotation',
    'mat_of_the_living_room',
    'matrix_synapse_admin_api',
    'syt_',
    'format_of_the_request_body',
  ])('%s is none', (text) => {
    expect(printable(text)).toBe(text)
  })
})
