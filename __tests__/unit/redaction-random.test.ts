import { expect, test } from '@jest/globals'
import { printable, registerSecret } from '../../src/redaction.js'
import { randomText, seededRandom } from '../support/random-text.js'
import { holds } from '../support/runner/leaks.js'

const PHRASE = 'correct horse battery staple'
/** Every character that some escaping treats specially. */
const SPECIAL = 'a::b "c\\d"/e&f<g>_h+i%j\'k=é🚀l'

// In a file of its own: it takes seconds, and the tests of each part of the redaction run for every mutant.
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
  for (const secret of [...secrets, 'hunter2', 'x::y']) registerSecret(secret)
  const glue = ['', ' ', ':', '::', '##', '[', '\n', '\u200b', '\\', '%', '&', '+', '*', '***', '\\n', '%20', '\ufe0f']
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
    for (const secret of secrets) expect([text, shown, holds(shown, secret)]).toStrictEqual([text, shown, false])
    expect(shown).not.toMatch(/::|##\[|[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
  }
})
