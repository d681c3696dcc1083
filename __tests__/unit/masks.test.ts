import { describe, expect, test } from '@jest/globals'
import { maskForms } from '../../src/runner/masks.js'

/** A small generator with a seed, so that a failure can be repeated. */
function generator(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((state / 2_147_483_648) * below)
  }
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-~é'

describe('maskForms', () => {
  test('every base64 of text around a secret holds a form that covers all but its edges', () => {
    const next = generator(7)
    const text = (length: number) => Array.from({ length }, () => ALPHABET.charAt(next(ALPHABET.length))).join('')
    for (let round = 0; round < 3_000; round += 1) {
      const secret = text(16 + next(40))
      const around = Buffer.from(text(next(6)) + secret + text(next(6)))
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
    expect(maskForms('hunter2')).toEqual(['hunter2'])
  })

  test('each line of a secret is masked, and nothing blank', () => {
    expect(maskForms('first line\n\n  second \n')).toEqual(
      expect.arrayContaining(['first line\n\n  second \n', 'first line', '  second ', 'second']),
    )
    expect(maskForms('a\n \nb').every((form) => form.trim() !== '')).toBe(true)
  })
})
