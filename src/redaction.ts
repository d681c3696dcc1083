/** 12 consecutive characters of a secret reveal it: docs/threat-model.md. */
const WINDOW = 12
/** Minimum length, in characters. Shorter secrets cannot be distinguished from ordinary words. */
const MIN_SECRET = 4
/** In characters. An environment variable, and so an input, is shorter (`MAX_ARG_STRLEN`, execve(2)). */
const MAX_SECRET = 131_072
/** In characters. Secrets of at least this length are also recognized in hex and base64. */
export const MIN_ENCODED = 16
/** In characters. Longer secrets are recognized in plain and escaped form only, which limits the cost. */
const MAX_ENCODED = 4_096

/** Global, because the log belongs to the process. */
const registered = new Set<string>()
/** Every 12 consecutive characters of the longer secrets, in lower case. */
const windows = new Set<string>()
/** Every UTF-16 code unit of the secrets. */
const windowCharacters = new Set<number>()
/** Secrets of 4 to 11 characters. */
const shortSecrets = new Set<string>()

/** Returns whether a text is printable ASCII, besides this action's own `·` and `…`: no character needs a look at Unicode. */
export function isPlain(text: string): boolean {
  return !/[^\x20-\x7e·…]/.test(text)
}

/** Builds a pattern with Unicode properties (`\p`) at its first use: V8 checks those of a literal when it loads a file. */
export function lazyPattern(source: string, flags: string): () => RegExp {
  let pattern: RegExp | undefined
  return () => {
    pattern ??= new RegExp(source, flags)
    return pattern
  }
}

/** Registers a secret, so that {@link redact} hides it, each of its lines, and its hex and base64 forms. Idempotent. */
export function registerSecret(value: string): void {
  const secret = value.slice(0, MAX_SECRET)
  if (registered.has(secret)) return
  registered.add(secret)
  for (const form of [secret, ...linesOf(secret)]) register(form)
  if (secret.length < MIN_ENCODED || secret.length > MAX_ENCODED) return
  const bytes = Buffer.from(secret)
  for (const form of [bytes.toString('hex'), ...base64Forms(bytes)]) register(form)
}

function register(form: string): void {
  if (form.length < MIN_SECRET) return
  if (form.length < WINDOW) shortSecrets.add(form)
  const folded = fold(form)
  for (let at = 0; at + WINDOW <= folded.length; at += 1) windows.add(folded.slice(at, at + WINDOW))
  for (let at = 0; at < folded.length; at += 1) windowCharacters.add(folded.charCodeAt(at))
}

/** Returns the lines of a secret that are not blank, unchanged and trimmed. */
export function linesOf(secret: string): string[] {
  const lines = secret.split(/[\r\n]/).filter((line) => line.trim() !== '')
  return [...new Set([...lines, ...lines.map((line) => line.trim())])]
}

/**
 * Encodes bytes in base64 and base64url for all three alignments, as if 0, 1 or 2 bytes preceded them. Omits the
 * characters at the ends that depend on surrounding bytes, so each form matches inside a longer encoded text.
 * @see RFC 4648 sections 4 and 5
 */
export function base64Forms(bytes: Uint8Array): string[] {
  const standard = [0, 1, 2].map((alignment) => {
    const encoded = Buffer.concat([Buffer.alloc(alignment), bytes]).toString('base64')
    return encoded.slice(alignment === 0 ? 0 : alignment + 1, Math.floor(((alignment + bytes.length) * 8) / 6))
  })
  return [...new Set([...standard, ...standard.map(toBase64Url)])]
}

function toBase64Url(text: string): string {
  return text.replaceAll('+', '-').replaceAll('/', '_')
}

/** Lower-cases each character on its own: a hidden range in the result is the same range in the text. */
function fold(text: string): string {
  // The lower case of Σ depends on its neighbors, and that of İ (U+0130) has two characters.
  return text.replace(/[Σς]/g, 'σ').replaceAll('\u0130', 'i').toLowerCase()
}

/**
 * Replaces registered secrets in a text by `***`: a short one as a whole, a longer one by every 12 consecutive
 * characters, in any letter case. Also finds escaped forms (JSON, percent-encoding, HTML entities), in which each
 * character may or may not be escaped, and forms with invisible characters in between.
 */
export function redact(text: string): string {
  if (windows.size === 0 && shortSecrets.size === 0) return text
  let rest = text
  // A mark and its neighbors can form another secret, so the loop repeats. Each pass that changes the text shortens it.
  for (let before = ''; before !== rest; ) {
    before = rest
    rest = redactOnce(before)
  }
  return rest
}

function redactOnce(text: string): string {
  const hidden = new Uint8Array(text.length)
  let found = false
  for (const decoded of decodings(text)) {
    const ranges = secretRanges(decoded.text)
    if (ranges.length === 0) continue
    found = true
    const { starts, ends } = originsOf(text, decoded)
    for (const [from, to] of ranges) hidden.fill(1, starts[from] ?? 0, ends[to - 1] ?? 0)
  }
  return found ? replaceHidden(text, hidden) : text
}

/** Returns the ranges of a text that contain a registered secret. */
function secretRanges(text: string): [from: number, to: number][] {
  const ranges: [number, number][] = []
  for (const secret of shortSecrets) {
    for (let at = text.indexOf(secret); at !== -1; at = text.indexOf(secret, at + 1)) {
      ranges.push([at, at + secret.length])
    }
  }
  if (windows.size === 0) return ranges
  const folded = fold(text)
  for (let at = 0; at + WINDOW <= folded.length; at += 1) {
    // A character that no secret contains cannot be in a window, so all windows with it are skipped.
    if (!windowCharacters.has(folded.charCodeAt(at + WINDOW - 1))) at += WINDOW - 1
    else if (windows.has(folded.slice(at, at + WINDOW))) ranges.push([at, at + WINDOW])
  }
  return ranges
}

function replaceHidden(text: string, hidden: Uint8Array): string {
  let [result, visibleFrom] = ['', 0]
  for (let at = 0; at < text.length; at += 1) {
    if (hidden[at] !== 1) continue
    result += `${text.slice(visibleFrom, at)}***`
    while (hidden[at] === 1) at += 1
    visibleFrom = at
  }
  return result + text.slice(visibleFrom)
}

/** In characters. Server text is truncated to this length first, which limits the cost of a huge one. */
const MAX_RAW = 1_000
/** Maximum length of the text that is shown, in characters. */
const MAX_SHOWN = 300

/**
 * Tokens by their form: those of Synapse, Matrix Authentication Service and GitHub, and JSON Web Tokens. A server can
 * show a token that was never sent or received here, for example in an error message.
 */
const TOKEN_FORMS =
  /(?<![A-Za-z0-9])(?:sy[trl]_|m(?:at|ar|ct|cr|pt)_|gh[opsur]_|github_pat_|eyJ)(?=[\w.+/-]*[A-Z0-9])[\w.+/-]{12,}={0,2}/g

/**
 * Sanitizes server text for one line of a log: removes secrets, tokens, control, bidi and format characters. The result
 * cannot start a workflow command and has at most 300 characters.
 * @see https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs for the two forms of commands
 */
export function printable(raw: string): string {
  const line = withoutInvisible(redact(raw.slice(0, MAX_RAW)))
    .replace(/:{2,}/g, ': :')
    .replaceAll('##[', '## [')
    .replace(/ {2,}/g, ' ')
    .trim()
  // The replacements above can create a secret that was not in the text before.
  return cut(redact(line).replace(TOKEN_FORMS, '***'))
}

const FORMATTING = lazyPattern('[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+', 'gu')

/** Replaces control, format and separator characters, and noncharacters, by spaces. */
function withoutInvisible(text: string): string {
  return isPlain(text) ? text : text.toWellFormed().replace(FORMATTING(), ' ')
}

/** Truncates a line without splitting a redaction mark or a surrogate pair. */
function cut(line: string): string {
  if (line.length <= MAX_SHOWN) return line
  const shown = line.slice(0, MAX_SHOWN - 1).replace(/[\ud800-\udbff]$/, '')
  const isInMark = line.charAt(shown.length) === '*'
  return `${isInMark ? shown.replace(/\*{1,2}$/, '') : shown}…`
}

/** A text that results from decoding. */
interface DecodedText {
  readonly text: string
  /** The decoders that were applied, outermost first. */
  readonly steps: readonly Decoder[]
}

/** For each character of a decoded text, its range in the original text. */
interface Origins {
  readonly starts: readonly number[]
  readonly ends: readonly number[]
}

/** An escape format: a pattern, and the characters that a match represents. */
interface Decoder {
  /** Whether the pattern can match. A fast check, because most texts have no escapes. */
  readonly isPossible: (text: string) => boolean
  readonly pattern: () => RegExp
  readonly decode: (match: string) => string
}

const JSON_SHORT = new Map(Object.entries({ b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }))
const ENTITIES = new Map(Object.entries({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', lowbar: '_' }))

const INVISIBLE = lazyPattern('[\\p{C}\\p{Zl}\\p{Zp}\\p{DI}]+', 'gu')

const DECODERS: readonly Decoder[] = [
  // RFC 8259 section 7, and \x41, \u{41} and \' of JavaScript.
  {
    isPossible: (text) => text.includes('\\'),
    pattern: () => /\\(?:u[0-9a-f]{4}|u\{[0-9a-f]{1,6}\}|x[0-9a-f]{2}|["'\\/bfnrt])/gi,
    decode: (match) => decodeBackslash(match.slice(1)),
  },
  // RFC 3986 section 2.1, one character in UTF-8 at a time.
  {
    isPossible: (text) => text.includes('%'),
    pattern: () =>
      /%[0-7][0-9a-f]|%[cd][0-9a-f]%[89ab][0-9a-f]|%e[0-9a-f](?:%[89ab][0-9a-f]){2}|%f[0-7](?:%[89ab][0-9a-f]){3}/gi,
    decode: (match) => Buffer.from(match.replaceAll('%', ''), 'hex').toString(),
  },
  // application/x-www-form-urlencoded
  { isPossible: (text) => text.includes('+'), pattern: () => /\+/g, decode: () => ' ' },
  {
    isPossible: (text) => text.includes('&'),
    pattern: () => /&(?:#\d{1,7}|#x[0-9a-f]{1,6}|amp|lt|gt|quot|apos|nbsp|lowbar);?/gi,
    decode: (match) => decodeEntity(match.slice(1)),
  },
  // Invisible characters, which a server can insert between any two characters.
  { isPossible: (text) => !isPlain(text), pattern: INVISIBLE, decode: () => '' },
]

function decodeBackslash(escaped: string): string {
  const code = /[ux]\{?([0-9a-f]+)/i.exec(escaped)?.[1]
  return code === undefined ? (JSON_SHORT.get(escaped) ?? escaped) : characterOf(Number.parseInt(code, 16))
}

function decodeEntity(entity: string): string {
  const [, hex, decimal] = /#(?:x([0-9a-f]+)|(\d+))/i.exec(entity) ?? []
  if (hex !== undefined) return characterOf(Number.parseInt(hex, 16))
  if (decimal !== undefined) return characterOf(Number.parseInt(decimal, 10))
  return ENTITIES.get(entity.replace(';', '').toLowerCase()) ?? ''
}

function characterOf(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : ''
}

/** Maximum depth of nested escapes, for example a form field that holds JSON in a JSON string. */
const MAX_DEPTH = 3

/** Returns the text and every text that it decodes to, without duplicates. */
function decodings(text: string): DecodedText[] {
  const all = new Map<string, DecodedText>([[text, { text, steps: [] }]])
  let level = [...all.values()]
  for (let depth = 1; depth <= MAX_DEPTH; depth += 1) {
    const next: DecodedText[] = []
    for (const { text: outer, steps } of level) {
      for (const decoder of DECODERS) {
        if (!decoder.isPossible(outer)) continue
        const inner = outer.replace(decoder.pattern(), decoder.decode)
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

/** Decodes a text again and records the origin of each character. */
function originsOf(text: string, { steps }: DecodedText): Origins {
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
    for (const match of decoded.matchAll(pattern())) {
      for (; at < match.index; at += 1) append(1, at, at + 1)
      at += match[0].length
      append(decode(match[0]).length, match.index, at)
    }
    for (; at < decoded.length; at += 1) append(1, at, at + 1)
    decoded = decoded.replace(pattern(), decode)
    origins = { starts, ends }
  }
  return origins
}
