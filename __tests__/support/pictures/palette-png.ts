import { crc32, deflateSync, inflateSync } from 'node:zlib'

/** PNG signature. @see https://www.w3.org/TR/png-3/#5PNG-file-signature */
const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex')
const MAX_COLOURS = 256
/** Colour types. @see https://www.w3.org/TR/png-3/#6Colour-values */
const [RGB, INDEXED, RGBA] = [2, 3, 6]

interface Chunk {
  readonly type: string
  readonly data: Buffer
}

/** Reads the chunks of a PNG, without checking their sums. */
export function chunksOf(png: Buffer): Chunk[] {
  const chunks: Chunk[] = []
  for (let at = SIGNATURE.length; at < png.length; ) {
    const length = png.readUInt32BE(at)
    chunks.push({ type: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, at + 8 + length) })
    at += length + 12
  }
  return chunks
}

/** Writes a PNG. */
export function writePng(chunks: readonly Chunk[]): Buffer {
  const parts = chunks.map(({ type, data }) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
    length.writeUInt32BE(data.length)
    sum.writeUInt32BE(crc32(body))
    return Buffer.concat([length, body, sum])
  })
  return Buffer.concat([SIGNATURE, ...parts])
}

/** @see https://www.w3.org/TR/png-3/#9Filter-type-4-Paeth */
function paeth(left: number, up: number, corner: number): number {
  const estimate = left + up - corner
  const [toLeft, toUp, toCorner] = [Math.abs(estimate - left), Math.abs(estimate - up), Math.abs(estimate - corner)]
  if (toLeft <= toUp && toLeft <= toCorner) return left
  return toUp <= toCorner ? up : corner
}

/** Predicts a byte from its neighbours, by filter type. @see https://www.w3.org/TR/png-3/#9Filter-types */
const PREDICTORS: readonly ((left: number, up: number, corner: number) => number)[] = [
  () => 0,
  (left) => left,
  (_left, up) => up,
  (left, up) => (left + up) >> 1,
  paeth,
]

/** Undoes the filters of scanlines of `stride` bytes; `step` is the size of a pixel in bytes. */
function unfilter(data: Buffer, height: number, stride: number, step: number): Buffer {
  const pixels = Buffer.alloc(height * stride)
  for (let y = 0; y < height; y++) {
    const predict = PREDICTORS[data.readUInt8(y * (stride + 1))] ?? (() => 0)
    for (let x = 0; x < stride; x++) {
      const at = y * stride + x
      const left = x < step ? 0 : pixels.readUInt8(at - step)
      const up = y === 0 ? 0 : pixels.readUInt8(at - stride)
      const corner = x < step || y === 0 ? 0 : pixels.readUInt8(at - stride - step)
      pixels[at] = data.readUInt8(y * (stride + 1) + 1 + x) + predict(left, up, corner)
    }
  }
  return pixels
}

/** @returns the colours as 24-bit numbers, the most frequent one first */
function byFrequency(colours: readonly number[]): number[] {
  const counts = new Map<number, number>()
  for (const colour of colours) counts.set(colour, (counts.get(colour) ?? 0) + 1)
  return [...counts].sort(([, one], [, other]) => other - one).map(([colour]) => colour)
}

const channels = (colour: number) => [colour >> 16, (colour >> 8) & 255, colour & 255] as const

function distance(one: number, other: number): number {
  const [a, b] = [channels(one), channels(other)]
  return (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2
}

/** @returns for each colour its own entry of the palette, or the nearest one */
function entriesOf(all: readonly number[], palette: readonly number[]): Map<number, number> {
  const nearest = (colour: number) => {
    const distances = palette.map((candidate) => distance(colour, candidate))
    return distances.indexOf(Math.min(...distances))
  }
  return new Map(all.map((colour, index) => [colour, index < palette.length ? index : nearest(colour)]))
}

/**
 * Makes an opaque PNG small: its 256 most frequent colours, the best compression, no metadata. Text has few colours more.
 *
 * @throws Error if it is not 8-bit RGB or RGBA without interlacing, which is what Chromium writes
 */
export function reducePng(png: Buffer): Buffer {
  const chunks = chunksOf(png)
  const header = Buffer.from(chunks[0]?.data ?? SIGNATURE)
  const [width, height, kind] = [header.readUInt32BE(0), header.readUInt32BE(4), header[9]]
  if (header[8] !== 8 || (kind !== RGB && kind !== RGBA) || header[12] !== 0)
    throw new Error('This kind of PNG is not supported.')
  const step = kind === RGB ? 3 : 4
  const compressed = Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data))
  const pixels = unfilter(inflateSync(compressed), height, width * step, step)
  const colours = Array.from({ length: width * height }, (_, index) => pixels.readUIntBE(index * step, 3))
  const all = byFrequency(colours)
  const palette = all.slice(0, MAX_COLOURS)
  const entries = entriesOf(all, palette)
  const lines = Buffer.alloc(height * (width + 1))
  for (const [index, colour] of colours.entries())
    lines[Math.floor(index / width) * (width + 1) + 1 + (index % width)] = entries.get(colour) ?? 0
  header[9] = INDEXED
  return writePng([
    { type: 'IHDR', data: header },
    { type: 'PLTE', data: Buffer.from(palette.flatMap(channels)) },
    { type: 'IDAT', data: deflateSync(lines, { level: 9 }) },
    { type: 'IEND', data: Buffer.alloc(0) },
  ])
}
