import { deflateSync, inflateSync } from 'node:zlib'
import { describe, expect, test } from '@jest/globals'
import { chunksOf, reducePng, writePng } from '../support/pictures/palette-png.js'

const FILTERS = ['None', 'Sub', 'Up', 'Average', 'Paeth'] as const

/** What each filter subtracts, written down again from https://www.w3.org/TR/png-3/#9Filters */
function subtrahend(filter: number, a: number, b: number, c: number): number {
  if (filter === 3) return Math.floor((a + b) / 2)
  // The nearest to a + b − c; where two are equally near, the first of a, b, c.
  if (filter === 4) return [a, b, c].toSorted((x, y) => Math.abs(a + b - c - x) - Math.abs(a + b - c - y))[0] ?? 0
  return [0, a, b][filter] ?? 0
}

/** Writes pixels as RGB or RGBA, each line with the next filter, starting with the one given. */
function encode(lines: readonly (readonly number[])[], alpha: boolean, firstFilter: number): Buffer {
  const step = alpha ? 4 : 3
  const width = lines[0]?.length ?? 0
  const bytes = lines.map((line) =>
    line.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255, ...(alpha ? [255] : [])]),
  )
  const filtered = bytes.flatMap((line, y) => {
    const filter = (firstFilter + y) % FILTERS.length
    const above = bytes[y - 1] ?? []
    const rest = line.map((byte, x) => {
      const corner = x < step ? 0 : (above[x - step] ?? 0)
      return (byte - subtrahend(filter, line[x - step] ?? 0, above[x] ?? 0, corner)) & 255
    })
    return [filter, ...rest]
  })
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(lines.length, 4)
  header.set([8, alpha ? 6 : 2], 8)
  const data = deflateSync(Buffer.from(filtered))
  // Chromium splits the data into several chunks.
  const parts = [data.subarray(0, 9), data.subarray(9)].map((part) => ({ type: 'IDAT', data: part }))
  const metadata = { type: 'tEXt', data: Buffer.from('Software\0x') }
  return writePng([{ type: 'IHDR', data: header }, metadata, ...parts, { type: 'IEND', data: Buffer.alloc(0) }])
}

/** Reads the pixels of a PNG that has a palette and no filters. */
function decode(png: Buffer): number[][] {
  const chunks = new Map(chunksOf(png).map(({ type, data }) => [type, data]))
  const palette = chunks.get('PLTE') ?? Buffer.alloc(0)
  const width = chunks.get('IHDR')?.readUInt32BE(0) ?? 0
  const data = inflateSync(chunks.get('IDAT') ?? Buffer.alloc(0))
  return Array.from({ length: data.length / (width + 1) }, (_, y) =>
    [...data.subarray(y * (width + 1) + 1, (y + 1) * (width + 1))].map((entry) => palette.readUIntBE(entry * 3, 3)),
  )
}

/** Colours without a pattern that a wrong filter could get right. */
const picture = (width: number, height: number) =>
  Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (__, x) => ((y * width + x) * 0x9e3779) & 0xffffff),
  )

describe.each(FILTERS.map((name, filter) => [name, filter] as const))('lines from filter %s on', (_name, filter) => {
  test.each([true, false])('keep every pixel; alpha: %j', (alpha) => {
    const lines = picture(13, 11)
    expect(decode(reducePng(encode(lines, alpha, filter)))).toStrictEqual(lines)
  })
})

test('Paeth takes the pixel above where it is as near as the one at the corner', () => {
  const lines = [
    [0x0c0c0c, 0x101010],
    [0x0a0a0a, 0x555555],
  ]
  expect(decode(reducePng(encode(lines, false, 3)))).toStrictEqual(lines)
})

test('more than 256 colours: the frequent ones stay, the others become the nearest', () => {
  const greys = Array.from({ length: 256 }, (_, index) => index * 0x010101)
  const rare = [0x808081, ...Array.from({ length: 255 }, () => 0)]
  expect(decode(reducePng(encode([greys, greys, rare], false, 0)))).toStrictEqual([
    greys,
    greys,
    [0x808080, ...rare.slice(1)],
  ])
})

test('keeps no metadata', () => {
  expect(chunksOf(reducePng(encode(picture(3, 3), true, 4))).map(({ type }) => type)).toStrictEqual([
    'IHDR',
    'PLTE',
    'IDAT',
    'IEND',
  ])
})

test('refuses what Chromium does not write', () => {
  const reduced = reducePng(encode(picture(3, 3), true, 0))
  expect(() => reducePng(reduced)).toThrow('not supported')
})
