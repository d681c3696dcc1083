import { expect, test } from '@jest/globals'
import { redact } from '../../src/runner/redact.js'

const SECRET = 'correct horse battery staple'

test.each([
  ['the whole secret', `no: ${SECRET}!`, 'no: ***!'],
  ['twelve characters of it', `no: ${SECRET.slice(5, 17)}!`, 'no: ***!'],
  ['eleven are too few to tell', `no: ${SECRET.slice(5, 16)}!`, `no: ${SECRET.slice(5, 16)}!`],
  ['twice, side by side', SECRET + SECRET, '***'],
  ['nothing of it', 'all is well', 'all is well'],
])('%s', (_name, text, expected) => {
  expect(redact(text, [SECRET])).toBe(expected)
})

test('a short secret is replaced whole', () => {
  expect(redact('password hunter2 refused', ['hunter2'])).toBe('password *** refused')
})

test('secrets of one to three letters are left: the text would be destroyed', () => {
  expect(redact('a banana', ['a'])).toBe('a banana')
})
