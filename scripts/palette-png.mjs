// Makes a PNG small: 256 colours and the best compression. Pictures of text have few colours more than that.
import { crc32, deflateSync, inflateSync } from 'node:zlib'

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex')
const MAX_COLOURS = 256

/** @returns type and data of each chunk */
function chunksOf(png) {
  const chunks = []
  for (let at = SIGNATURE.length; at < png.length; ) {
    const length = png.readUInt32BE(at)
    chunks.push({ type: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, at + 8 + length) })
    at += length + 12
  }
  return chunks
}

/** @see https://www.w3.org/TR/png-3/#9Filter-type-4-Paeth */
function paeth(left, up, corner) {
  const estimate = left + up - corner
  const [toLeft, toUp, toCorner] = [left, up, corner].map((value) => Math.abs(estimate - value))
  if (toLeft <= toUp && toLeft <= toCorner) return left
  return toUp <= toCorner ? up : corner
}

/** Predictors by filter type. @see https://www.w3.org/TR/png-3/#9Filter-types */
const PREDICTORS = [() => 0, (left) => left, (_left, up) => up, (left, up) => (left + up) >> 1, paeth]

/** Undoes the filters of the scanlines. */
function unfilter(data, height, stride, step) {
  const pixels = Buffer.alloc(height * stride)
  for (let y = 0; y < height; y++) {
    const predict = PREDICTORS[data[y * (stride + 1)]]
    for (let x = 0; x < stride; x++) {
      const at = y * stride + x
      const left = x < step ? 0 : pixels[at - step]
      const up = y === 0 ? 0 : pixels[at - stride]
      const corner = x < step || y === 0 ? 0 : pixels[at - stride - step]
      pixels[at] = data[y * (stride + 1) + 1 + x] + predict(left, up, corner)
    }
  }
  return pixels
}

/** The most frequent colours, as 24-bit numbers. */
function choosePalette(colours) {
  const counts = new Map()
  for (const colour of colours) counts.set(colour, (counts.get(colour) ?? 0) + 1)
  const sorted = [...counts].sort(([, one], [, other]) => other - one).map(([colour]) => colour)
  return { all: sorted, palette: sorted.slice(0, MAX_COLOURS) }
}

function distance(one, other) {
  return [16, 8, 0].reduce((sum, shift) => sum + (((one >> shift) & 255) - ((other >> shift) & 255)) ** 2, 0)
}

/** @returns for each colour its own entry of the palette, or the nearest one */
function entriesOf({ all, palette }) {
  const nearest = (colour) =>
    palette.reduce(
      (best, candidate, index) => (distance(colour, candidate) < distance(colour, palette[best]) ? index : best),
      0,
    )
  return new Map(all.map((colour, index) => [colour, index < palette.length ? index : nearest(colour)]))
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

/** Reduces an opaque PNG of 8-bit RGB or RGBA, as Chromium writes them. Drops all metadata. */
export function reducePng(png) {
  const chunks = chunksOf(png)
  const header = chunks[0].data
  const [width, height, depth, kind] = [header.readUInt32BE(0), header.readUInt32BE(4), header[8], header[9]]
  if (depth !== 8 || (kind !== 2 && kind !== 6) || header[12] !== 0)
    throw new Error('This kind of PNG is not supported.')
  const step = kind === 2 ? 3 : 4
  const compressed = Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data))
  const pixels = unfilter(inflateSync(compressed), height, width * step, step)
  const colours = Array.from({ length: width * height }, (_, index) => pixels.readUIntBE(index * step, 3))
  const chosen = choosePalette(colours)
  const entries = entriesOf(chosen)
  const lines = Buffer.alloc(height * (width + 1))
  for (const [index, colour] of colours.entries())
    lines[Math.floor(index / width) * (width + 1) + 1 + (index % width)] = entries.get(colour)
  const palette = Buffer.from(chosen.palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]))
  const newHeader = Buffer.from(header)
  newHeader[9] = 3
  const parts = [chunk('IHDR', newHeader), chunk('PLTE', palette), chunk('IDAT', deflateSync(lines, { level: 9 }))]
  return Buffer.concat([SIGNATURE, ...parts, chunk('IEND', Buffer.alloc(0))])
}
