import { describe, expect, test } from '@jest/globals'
import { isInvisiblyWrapped, trimInvisible, trimLineBreaks, unusualCharacters } from '../../src/inputs/text.js'

describe('white space and invisible characters at the ends', () => {
  test.each([
    ['', '', false],
    ['token', 'token', false],
    ['  to ken\t\n', 'to ken', false],
    ['  to ken  ', 'to ken', false],
    ['\u00a0token\u00a0', 'token', false],
    ['\ufefftoken', 'token', true],
    ['token\u200b', 'token', true],
    [' \u200b token \u2060 ', 'token', true],
    ['to\u200bken', 'to\u200bken', false],
    [' \u200b\ufeff ', '', true],
    ['\u200b', '', true],
  ])('%j: %j', (text, trimmed, isWrapped) => {
    expect(trimInvisible(text)).toBe(trimmed)
    expect(isInvisiblyWrapped(text)).toBe(isWrapped)
  })

  test.each([
    ['password', 'password'],
    ['password\n', 'password'],
    ['password\r\n\u2028\u0085', 'password'],
    ['\npass\nword ', '\npass\nword '],
    ['\n\n', ''],
  ])('line breaks at the end of %j', (text, expected) => {
    expect(trimLineBreaks(text)).toBe(expected)
  })
})

describe('unusual characters are named and not shown', () => {
  const QUOTES = 'quotation marks around it'

  test.each<[string, readonly string[]]>([
    ['plain', []],
    ['bücher', []],
    ['"quoted"', [QUOTES]],
    ['“quöted”', [QUOTES]],
    ['"öpen', []],
    ['öpen"', []],
    ['a\u200bb', ['an invisible character (U+200B) in it']],
    ['a\u00adb', ['an invisible character (U+00AD) in it']],
    ['a\u00a0b', ['a special blank (U+00A0) in it']],
    ['a\u3000b', ['a special blank (U+3000) in it']],
    ['„a\u200b\u2009b“', ['an invisible character (U+200B) in it', 'a special blank (U+2009) in it', QUOTES]],
  ])('%j: %j', (text, expected) => {
    expect(unusualCharacters(text)).toStrictEqual(expected)
  })
})
