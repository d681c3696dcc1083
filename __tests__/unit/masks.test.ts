import { describe, expect, test } from '@jest/globals'
import { maskForms } from '../../src/runner/masks.js'
import { randomText, seededRandom, TOKEN_CHARACTERS } from '../support/random-text.js'

const LENGTHS = [16, 17, 22, 23, 24, 31, 39, 57, 100, 300]
const COLUMNS = [60, 64, 76]

/** An encoding, by the bits that a character holds. */
const ENCODINGS = [
  ['hex', 4],
  ['base64', 6],
  ['base64url', 6],
] as const

/** Where the masks stand in a line, as the runner finds them. */
function hiddenIn(line: string, masks: readonly string[]): boolean[] {
  const hidden = new Array<boolean>(line.length).fill(false)
  for (const mask of masks) {
    for (let at = line.indexOf(mask); at !== -1; at = line.indexOf(mask, at + 1)) {
      hidden.fill(true, at, at + mask.length)
    }
  }
  return hidden
}

/** The most bytes of the secret in a row that one masked line shows: all of their bits, and not on two lines. */
function mostShown(
  encoded: string,
  bits: number,
  columns: number,
  secret: { at: number; length: number },
  masks: readonly string[],
): number {
  let most = 0
  for (let start = 0; start < encoded.length; start += columns) {
    const hidden = hiddenIn(encoded.slice(start, start + columns), masks)
    let row = 0
    for (let byte = secret.at; byte < secret.at + secret.length; byte += 1) {
      const first = Math.floor((byte * 8) / bits) - start
      const last = Math.floor((byte * 8 + 7) / bits) - start
      const shown = first >= 0 && last < columns && hidden[first] === false && hidden[last] === false
      row = shown ? row + 1 : 0
      most = Math.max(most, row)
    }
  }
  return most
}

describe('wrapped encodings', () => {
  test.each(LENGTHS)('of a secret of %i characters no line shows 12 characters, at any offset', (length) => {
    const next = seededRandom(length)
    const secret = randomText(next, length)
    const masks = maskForms(secret)
    for (let offset = 0; offset <= 80; offset += 1) {
      const text = Buffer.from(`${randomText(next, offset)}${secret}${randomText(next, next(80))}`)
      for (const [encoding, bits] of ENCODINGS) {
        for (const columns of COLUMNS) {
          const shown = mostShown(text.toString(encoding), bits, columns, { at: offset, length }, masks)
          expect([encoding, columns, offset, shown > 11]).toStrictEqual([encoding, columns, offset, false])
        }
      }
    }
  })

  test('of secrets with several bytes a character, several lines, and other columns', () => {
    const next = seededRandom(77)
    for (let round = 0; round < 300; round += 1) {
      const secret = randomText(next, 16 + next(285), `${TOKEN_CHARACTERS}éß€ "\\`)
      const lines = `${randomText(next, 16 + next(20))}\n${randomText(next, 16 + next(20))}`
      const columns = 48 + next(60)
      const [masks, masksOfLines] = [maskForms(secret), maskForms(lines)]
      for (const [known, printed] of [
        [masks, secret],
        [masksOfLines, lines],
        [masksOfLines, lines.slice(lines.indexOf('\n') + 1)],
      ] as const) {
        const before = randomText(next, next(100))
        const text = Buffer.from(`${before}${printed}${randomText(next, next(100))}`)
        const place = { at: before.length, length: Buffer.byteLength(printed) }
        for (const [encoding, bits] of ENCODINGS) {
          const shown = mostShown(text.toString(encoding), bits, columns, place, known)
          expect([round, encoding, columns, shown > 11]).toStrictEqual([round, encoding, columns, false])
        }
      }
    }
  })

  test('of a secret of 6,000 characters, in columns that no common tool uses', () => {
    const length = 6_000
    const secret = randomText(seededRandom(length), length)
    const masks = maskForms(secret)
    for (const [encoding, bits] of ENCODINGS) {
      const encoded = Buffer.from(secret).toString(encoding)
      const shown = mostShown(encoded, bits, 70, { at: 0, length }, masks)
      expect([encoding, shown > 11]).toStrictEqual([encoding, false])
    }
  })

  test.each([6_001, 32_000])('of a secret of %i characters whole and line by line', (length) => {
    const secret = randomText(seededRandom(length), length)
    const masks = new Set(maskForms(secret))
    for (const [encoding, columns] of [
      ['hex', 60],
      ['base64', 64],
      ['base64', 76],
    ] as const) {
      const encoded = Buffer.from(secret).toString(encoding).replace(/=+$/, '')
      for (let at = 0; at < encoded.length; at += columns) {
        const line = encoded.slice(at, at + columns)
        if (line.length === columns) expect(masks.has(line)).toBe(true)
      }
      expect([...masks].some((mask) => encoded.includes(mask) && mask.length >= encoded.length - 1)).toBe(true)
    }
  })
})

describe('maskForms', () => {
  test('every base64 of text around a secret holds a form that covers all but its edges', () => {
    const next = seededRandom(7)
    for (let round = 0; round < 3_000; round += 1) {
      const secret = randomText(next, 16 + next(40), `${TOKEN_CHARACTERS}é`)
      const around = Buffer.from(randomText(next, next(6)) + secret + randomText(next, next(6)))
      const forms = maskForms(secret)
      // One character on each side mixes in what stands beside the secret; four base64 characters are three bytes.
      const least = Math.floor((Buffer.byteLength(secret) * 8) / 6) - 2
      for (const encoded of [around.toString('base64'), around.toString('base64url')]) {
        expect(forms.some((form) => form.length >= least && encoded.includes(form))).toBe(true)
      }
    }
  })

  test('the ways in which people print a token by accident', () => {
    const token = 'syt_Ym90_abcdefghijklmnopqrst_0aBcDe'
    const printed = [
      `${Buffer.from(`${token}\n`).toString('base64')}`,
      Buffer.from(JSON.stringify({ access_token: token })).toString('base64'),
      Buffer.from(`bot:${token}`).toString('base64'),
      Buffer.from(`xbot:${token}`).toString('base64url'),
      Buffer.from(token).toString('hex'),
    ]
    for (const text of printed)
      expect(maskForms(token).some((form) => form !== token && text.includes(form))).toBe(true)
  })

  test('a short secret is masked as it is: its encodings would mask by accident', () => {
    expect(maskForms('hunter2')).toStrictEqual(['hunter2'])
  })

  test('each line of a secret is masked, and nothing blank', () => {
    expect(maskForms('first line\n\n  second \n')).toStrictEqual(
      expect.arrayContaining(['first line\n\n  second \n', 'first line', '  second ', 'second']),
    )
    expect(maskForms('a\n \nb').every((form) => form.trim() !== '')).toBe(true)
  })

  test.each(['', ' ', '\n \r\n'])('no mask for %j: it would hide the blanks of the log', (secret) => {
    expect(maskForms(secret)).toStrictEqual([])
  })

  test('an encoded mask holds at least 12 characters of the secret, which no other text has by chance', () => {
    for (const length of LENGTHS) {
      const secret = randomText(seededRandom(length), length)
      const hex = Buffer.from(secret).toString('hex')
      const bits = (mask: string) => mask.length * (hex.includes(mask) ? 4 : 6)
      const encoded = maskForms(secret).filter((mask) => mask !== secret)
      expect(encoded.filter((mask) => bits(mask) < 12 * 8)).toStrictEqual([])
    }
  })

  test('nothing but the secret itself is shorter than 16 characters: it would mask by accident', () => {
    const next = seededRandom(21)
    for (const length of [...LENGTHS, 1_500, 6_000, 6_001, 32_000]) {
      const secret = randomText(next, length)
      const tooShort = maskForms(secret).filter((form) => form.length < 16)
      expect(tooShort).toStrictEqual([])
    }
  })

  test.each([
    ['a token of 39 characters', 39, 50],
    ['of 57', 57, 60],
    ['of 100', 100, 80],
    ['of 300', 300, 200],
    ['of 1,500', 1_500, 900],
    ['of 6,000, the most with windows', 6_000, 4_000],
    ['of 32,000', 32_000, 4_000],
    ['of 131,072', 131_072, 4_000],
  ])('the number of masks is bounded: %s', (_name, length, most) => {
    expect(maskForms(randomText(seededRandom(length), length)).length).toBeLessThanOrEqual(most)
    expect(maskForms(randomText(seededRandom(length), length, 'ab\n')).length).toBeLessThanOrEqual(4_000)
  })
})
