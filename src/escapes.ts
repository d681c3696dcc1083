/** A text that another one decodes to. */
export interface DecodedText {
  readonly text: string
  /** What was decoded, outermost first. */
  readonly steps: readonly Decoder[]
}

/** For each character of a decoded text, the range of the original text that it stands for. */
export interface Origins {
  readonly starts: readonly number[]
  readonly ends: readonly number[]
}

/** Whether a text is printable ASCII, to which patterns of Unicode properties need not be applied. */
export function isPlainAscii(text: string): boolean {
  return !/[^\x20-\x7e]/.test(text)
}

/** An escaping, with the characters that a match of the pattern stands for. */
interface Decoder {
  /** Whether the pattern can match at all. Cheaper than the pattern: most texts hold no escapes. */
  readonly isPossible: (text: string) => boolean
  readonly pattern: RegExp
  readonly decode: (match: string) => string
}

const JSON_SHORT = new Map(Object.entries({ b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }))
const ENTITIES = new Map(Object.entries({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', lowbar: '_' }))

const DECODERS: readonly Decoder[] = [
  // RFC 8259 section 7, and the \x41, \u{41} and \' of JavaScript.
  {
    isPossible: (text) => text.includes('\\'),
    pattern: /\\(?:u[0-9a-f]{4}|u\{[0-9a-f]{1,6}\}|x[0-9a-f]{2}|["'\\/bfnrt])/gi,
    decode: (match) => decodeBackslash(match.slice(1)),
  },
  // RFC 3986 section 2.1, one character in UTF-8 at a time.
  {
    isPossible: (text) => text.includes('%'),
    pattern:
      /%[0-7][0-9a-f]|%[cd][0-9a-f]%[89ab][0-9a-f]|%e[0-9a-f](?:%[89ab][0-9a-f]){2}|%f[0-7](?:%[89ab][0-9a-f]){3}/gi,
    decode: (match) => Buffer.from(match.replaceAll('%', ''), 'hex').toString(),
  },
  // application/x-www-form-urlencoded
  { isPossible: (text) => text.includes('+'), pattern: /\+/g, decode: () => ' ' },
  {
    isPossible: (text) => text.includes('&'),
    pattern: /&(?:#\d{1,7}|#x[0-9a-f]{1,6}|amp|lt|gt|quot|apos|nbsp|lowbar);?/gi,
    decode: (match) => decodeEntity(match.slice(1)),
  },
  // Invisible characters, which a server can put between any two.
  { isPossible: (text) => !isPlainAscii(text), pattern: /[\p{C}\p{Zl}\p{Zp}\p{DI}]+/gu, decode: () => '' },
]

function decodeBackslash(escaped: string): string {
  const code = /^[ux]\{?([0-9a-f]+)/i.exec(escaped)?.[1]
  return code === undefined ? (JSON_SHORT.get(escaped) ?? escaped) : characterOf(Number.parseInt(code, 16))
}

function decodeEntity(entity: string): string {
  const [, hex, decimal] = /^#(?:x([0-9a-f]+)|(\d+))/i.exec(entity) ?? []
  if (hex !== undefined) return characterOf(Number.parseInt(hex, 16))
  if (decimal !== undefined) return characterOf(Number.parseInt(decimal, 10))
  return ENTITIES.get(entity.replace(';', '').toLowerCase()) ?? ''
}

function characterOf(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : ''
}

/** Escapes inside escapes are decoded to this depth: a form field that holds JSON in a JSON string, for example. */
const MAX_DEPTH = 3

/** The text itself and everything that it decodes to, each once. */
export function decodings(text: string): DecodedText[] {
  const all = new Map<string, DecodedText>([[text, { text, steps: [] }]])
  let level = [...all.values()]
  for (let depth = 1; depth <= MAX_DEPTH; depth += 1) {
    const next: DecodedText[] = []
    for (const { text: outer, steps } of level) {
      for (const decoder of DECODERS) {
        if (!decoder.isPossible(outer)) continue
        const inner = outer.replace(decoder.pattern, decoder.decode)
        if (all.has(inner)) continue
        const found = { text: inner, steps: [...steps, decoder] }
        all.set(inner, found)
        next.push(found)
      }
    }
    level = next
  }
  return [...all.values()]
}

/** Decodes a text again, and notes where each character comes from. */
export function originsOf(text: string, { steps }: DecodedText): Origins {
  const positions = [...new Array(text.length).keys()]
  let decoded = text
  let origins: Origins = { starts: positions, ends: positions.map((at) => at + 1) }
  for (const { pattern, decode } of steps) {
    const starts: number[] = []
    const ends: number[] = []
    const append = (count: number, from: number, to: number) => {
      for (let unit = 0; unit < count; unit += 1) {
        starts.push(origins.starts[from] ?? 0)
        ends.push(origins.ends[to - 1] ?? 0)
      }
    }
    let at = 0
    for (const match of decoded.matchAll(pattern)) {
      for (; at < match.index; at += 1) append(1, at, at + 1)
      at += match[0].length
      append(decode(match[0]).length, match.index, at)
    }
    for (; at < decoded.length; at += 1) append(1, at, at + 1)
    decoded = decoded.replace(pattern, decode)
    origins = { starts, ends }
  }
  return origins
}
