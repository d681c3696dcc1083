import { describe, expect, jest, test } from '@jest/globals'
import { isTokenForm } from '../../src/api/values.js'
import { base64Forms, isPlain, linesOf, printable, redact, registerSecret } from '../../src/redaction.js'
import { randomText, seededRandom } from '../support/random-text.js'

const PHRASE = 'correct horse battery staple'
/** Every character that some escaping treats specially. */
const SPECIAL = 'a::b "c\\d"/e&f<g>_h+i%j\'k=é🚀l'
const LINES = 'first line of it\nsecond line of it'
/** Characters of one to four bytes. */
const PRICES = 'from £1 to €2, with a 🚀'
/** Every character that has a named entity in HTML. */
const QUOTES = `say "it's_a" <b> & c d`
/** Every character that has a short escape in JSON. */
const CONTROLS = 'bell\bform\ftab\tcr\rlf\nend'
/** With three marks of a redaction in it. */
const MARKS = 'a***b***c***d'
const WORDS = ['hunter2', 'x::y', 'q:z?', 'eleven-char', 'a', 'why']
for (const secret of [PHRASE, SPECIAL, LINES, PRICES, QUOTES, CONTROLS, MARKS, ...WORDS]) registerSecret(secret)

test.each(['·', '…'])('a plain text may hold %s: no pattern for invisible characters matches it', (character) => {
  expect(isPlain(`a ${character} b`)).toBe(true)
  expect(character).not.toMatch(/[\p{C}\p{Zl}\p{Zp}\p{Zs}\p{DI}]/u)
})

test.each(['a\nb', 'a\u007fb', 'ab\u200b', '\u2028ab', 'é', '🚀'])('%j is not plain', (text) => {
  expect(isPlain(text)).toBe(false)
})

test.each([
  ['one line', ['one line']],
  ['one\ntwo', ['one', 'two']],
  ['one\r\n\r\ntwo\r\n', ['one', 'two']],
  ['  one \n \n\ttwo', ['  one ', '\ttwo', 'one', 'two']],
  [' \n\n', []],
  ['', []],
])('the lines of %j, as they are and trimmed', (secret, lines) => {
  expect(linesOf(secret)).toStrictEqual(lines)
})

describe('base64Forms', () => {
  /** @returns the characters of the base64 of a longer text that the text around the bytes does not change */
  function unchanged(bytes: Buffer, before: number, encoding: 'base64' | 'base64url'): string {
    // As many as it takes for an encoding without padding.
    const after = 6 - ((before + bytes.length) % 3)
    const [low, high] = [0x00, 0xff].map((around) =>
      Buffer.concat([Buffer.alloc(before, around), bytes, Buffer.alloc(after, around)]).toString(encoding),
    )
    return [...(low ?? '')]
      .map((character, at) => (character === high?.[at] ? character : ' '))
      .join('')
      .trim()
  }

  test.each([16, 17, 18, 100])('holds what any text around %i bytes leaves as it is, in both alphabets', (length) => {
    // Bytes whose base64 has + and /.
    const bytes = Buffer.from(Array.from({ length }, (_, at) => 0xfb - (at % 5)))
    const expected = (['base64', 'base64url'] as const).flatMap((encoding) =>
      [0, 1, 2].map((before) => unchanged(bytes, before, encoding)),
    )
    expect(base64Forms(bytes)).toStrictEqual(expected)
  })

  test('names no form twice', () => {
    expect(base64Forms(Buffer.from('0123456789abcdef'))).toHaveLength(3)
  })
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
    ['a short secret twice', 'hunter2, hunter2hunter2', '***, ***'],
    ['a secret of 4 characters', 'is q:z? right?', 'is *** right?'],
    ['no secret of 3 characters', 'whyever', 'whyever'],
    ['a secret of 11 characters', 'is eleven-char right?', 'is *** right?'],
    ['not a part of it', 'is eleven-cha right?', 'is eleven-cha right?'],
    ['a secret that the redaction makes', `a${PHRASE}b${PHRASE}chunter2d!`, '***!'],
    ['a secret behind a letter whose capital is two letters', `Straße: ${PHRASE}!`, 'Straße: ***!'],
    ['a secret at the end', `no: ${PHRASE}`, 'no: ***'],
    ['hexadecimal', `${Buffer.from(PHRASE).toString('hex').toUpperCase()}!`, '***!'],
    ['nothing else', 'all is well \\u0041 %41 &amp; + \u200b', 'all is well \\u0041 %41 &amp; + \u200b'],
  ])('hides %s', (_name, text, expected) => {
    expect(redact(text)).toBe(expected)
  })

  test.each([
    ['a long secret', [PHRASE], 'no: *** and hunter2'],
    ['a short secret', ['hunter2'], `no: ${PHRASE} and ***`],
    ['no secret', [], `no: ${PHRASE} and hunter2`],
  ])('in a process that knows %s', async (_name, secrets, expected) => {
    jest.resetModules()
    const fresh = await import('../../src/redaction.js')
    for (const secret of secrets) fresh.registerSecret(secret)
    expect(fresh.redact(`no: ${PHRASE} and hunter2`)).toBe(expected)
  })

  // Whatever stands before a part of a secret, and is in no secret.
  test.each(Array.from({ length: 26 }, (_, count) => count))('hides 12 characters behind %i others', (count) => {
    for (const before of ['|', 'o']) {
      const text = `${before.repeat(count)}|${PHRASE.slice(0, 12)}|`
      expect(redact(text)).toBe(`${before.repeat(count)}|***|`)
    }
  })

  test.each([
    ['a Greek capital that is another letter at the end of a word', 'ΚΩΔΙΚΟΣΒΟΤΣΣ', 'ΚΩΔΙΚΟΣΒΟΤΣΣΑ', '***Α'],
    ['the same in lower case', 'ΠΑΡΑΔΕΙΓΜΑΟΣ', 'παραδειγμαος', '***'],
    ['capitals beside a letter whose lower case is two characters', 'ÄÖÜÄÖÜÄÖÜÄÖÜ', 'İ: ÄÖÜÄÖÜÄÖÜÄÖÜ', 'İ: ***'],
    ['a secret with such a letter', 'İÉÈÊÉÈÊÉÈÊÉÈÊ', 'no: éèêéèêéèêéèê', 'no: ***'],
  ])('in any letter case: %s', (_name, secret, text, expected) => {
    registerSecret(secret)
    expect(redact(text)).toBe(expected)
  })

  test.each([
    [15, false],
    [16, true],
    [4_096, true],
    // The plain forms suffice for it, and its encodings would cost much.
    [4_097, false],
  ])('hides the hex and the base64 of a secret of %i characters: %s', (length, isHidden) => {
    const secret = randomText(seededRandom(length), length)
    registerSecret(secret)
    expect(redact(secret)).toBe('***')
    for (const encoding of ['hex', 'base64', 'base64url'] as const) {
      const encoded = Buffer.from(secret).toString(encoding)
      expect([encoding, redact(encoded).includes('***')]).toStrictEqual([encoding, isHidden])
    }
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
    ['JavaScript in capitals', (text) => each(text, (c) => `\\u{${hexOf(c).toUpperCase()}}`)],
    ['percent three times', (text) => encodeURIComponent(encodeURIComponent(encodeURIComponent(text)))],
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

describe('redact leaves what is beside an escaped secret', () => {
  const rest = PHRASE.slice(1)
  const percent = (text: string) => encodeURIComponent(text).replaceAll("'", '%27')

  test.each([
    ['\\u of JSON', `\\u0041\\n\\u0063${rest}\\n!`, '\\u0041\\n***\\n!'],
    ['\\u{} of JavaScript', `\\u{41}\\u{00063}${rest}\\u{41}!`, '\\u{41}***\\u{41}!'],
    ['\\x of JavaScript', `\\x41\\x63${rest}\\x41!`, '\\x41***\\x41!'],
    ['short escapes of JSON', `\\t${JSON.stringify(CONTROLS).slice(1, -1)}\\t!`, '\\t***\\t!'],
    ['short escapes of JavaScript', `\\'say "it\\'s_a" <b> & c d\\'!`, "\\'***\\'!"],
    ['percent', `%41%63${rest}%41!`, '%41***%41!'],
    ['percent of two to four bytes', `%C2%A3${percent(PRICES)}%E2%82%AC!`, '%C2%A3***%E2%82%AC!'],
    ['percent of two to four bytes, in lower case', `%c2%a3${percent(PRICES).toLowerCase()}!`, '%c2%a3***!'],
    ['percent of all characters', `%F0%9F%9A%80${percent(QUOTES)}!`, '%F0%9F%9A%80***!'],
    ['the plus of a form', `a+${PHRASE.replaceAll(' ', '+')}+b`, 'a+***+b'],
    ['named entities', '&amp;say &quot;it&apos;s&lowbar;a&quot; &lt;b&gt; &amp; c&nbsp;d&amp;!', '&amp;***&amp;!'],
    ['entities without an end', '&ampsay &quotit&aposs&lowbara&quot &ltb&gt &amp c&nbspd&amp!', '&amp***&amp!'],
    ['entities in capitals', 'say &QUOT;it&APOS;s_a&QUOT; &LT;b&GT; &AMP; c d!', '***!'],
    ['numeric entities', `&#65;&#99;${rest}&#65;!`, '&#65;***&#65;!'],
    ['numeric entities with zeros', `&#65;&#0000099;${rest}&#65;!`, '&#65;***&#65;!'],
    ['hexadecimal entities', `&#x41;&#X63;${rest}&#x41;!`, '&#x41;***&#x41;!'],
    [
      'a surrogate pair as an entity',
      `&#128640;${PRICES.replace('🚀', '&#x1F680;')}&#128640;!`,
      '&#128640;***&#128640;!',
    ],
    ['an escape of no character', `corr\\u{110000}&#x110000;&#9999999;ect horse battery staple!`, '***!'],
    ['invisible characters', `\u200b\u0007c\u200b\u200b${rest}\u200b!`, '\u200b\u0007***\u200b!'],
    ['two in different escapes', `1 %63${rest} 2 \\u0063${rest} 3`, '1 *** 2 *** 3'],
    ['escapes in escapes', `\\u0026#99;${rest} \\u0026amp;!`, '*** \\u0026amp;!'],
  ])('%s', (_name, text, expected) => {
    expect(redact(text)).toBe(expected)
  })

  test.each(['\\u00e', '\\u{}', '%', '%e2%82', '%ff', '&#;', '&#x;', '&;', '&unknown;', '\\'])(
    'what is no escape stays: %s',
    (text) => {
      expect(redact(`${text} ${PHRASE} ${text}`)).toBe(`${text} *** ${text}`)
    },
  )
})

describe('printable', () => {
  test.each([
    ['a secret that the cleaning would alter', 'is x::y right?', 'is *** right?'],
    ['a secret that the cleaning makes', 'correct\nhorse\u2028battery   staple', '***'],
    ['both', `${SPECIAL}\r\n::error::b`, '*** : :error: :b'],
    ['text without secrets', 'Invalid username or password', 'Invalid username or password'],
    ['blanks', '  Invalid \t\r\n  password ', 'Invalid password'],
    ['a command', '::error::no:::no', ': :error: :no: :no'],
    ['an old command', '##[error]no ##[', '## [error]no ## ['],
    ['bidi and format characters', 'user\u202e \u2066name\u00ad!', 'user name !'],
    ['half a surrogate pair', 'user \ud83d name', 'user \ufffd name'],
    ['300 characters', '🚀'.repeat(150), '🚀'.repeat(150)],
    ['301 characters', `x${'🚀'.repeat(150)}`, `x${'🚀'.repeat(149)}…`],
    ['302 characters', '🚀'.repeat(151), `${'🚀'.repeat(149)}…`],
    ['asterisks that are no mark', `${'*'.repeat(5)}${'-'.repeat(400)}`, `${'*'.repeat(5)}${'-'.repeat(294)}…`],
  ])('%s', (_name, text, expected) => {
    expect(printable(text)).toBe(expected)
  })

  test('cuts the last of two redaction marks as a whole', () => {
    const between = '-'.repeat(295)
    expect(printable(`hunter2${between}hunter2 and more`)).toBe(`***${between}…`)
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

test('a part of a huge secret is hidden', () => {
  const next = seededRandom(5)
  const secret = randomText(next, 130_000)
  registerSecret(secret)
  registerSecret(secret)
  expect(redact(`no: ${secret.slice(90_000, 90_040)}!`)).toBe('no: ***!')
})

describe('a token that is not registered, in the text of a server', () => {
  test.each([
    'syt_Ym90_AAAAAAAAAAAAAAAAAAAA_0aBcDe',
    'syr_b2xk_BBBBBBBBBBBBBBBBBBBB_0aBcDe',
    'syl_abcdefghijklmnopqrst_0aBcDe',
    'mat_AbCdEfGhIjKlMnOpQrStUvWxYz0123_0aBcDe',
    'mar_AbCdEfGhIjKlMnOpQrStUvWxYz0123_0aBcDe',
    'mct_AbCdEfGhIjKlMnOpQrStUvWxYz0123_0aBcDe',
    'mcr_AbCdEfGhIjKlMnOpQrStUvWxYz0123_0aBcDe',
    'mpt_AbCdEfGhIjKlMnOpQrStUvWxYz0123_0aBcDe',
    'ghp_AbCdEfGhIjKlMnOpQrStUvWxYz0123',
    'gho_AbCdEfGhIjKlMnOpQrStUvWxYz0123',
    'ghs_AbCdEfGhIjKlMnOpQrStUvWxYz0123',
    'ghu_AbCdEfGhIjKlMnOpQrStUvWxYz0123',
    'ghr_AbCdEfGhIjKlMnOpQrStUvWxYz0123',
    'syt_abcdefghijk0',
    'syt_Ym90Ym90Ym90Cg==',
    'syt_Ym90+/Ym90.Ym-90=',
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
    'syt_Ym90_AbCdEf',
    'mysyt_Ym90_AbCdEfGhIj',
    '0syt_Ym90_AbCdEfGhIj',
    'gha_AbCdEfGhIjKlMnOp',
    'mzt_AbCdEfGhIjKlMnOp',
    'format_of_the_request_body',
  ])('%s is none', (text) => {
    expect(printable(text)).toBe(text)
  })
})
