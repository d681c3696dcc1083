import { base64Forms, linesOf, MIN_ENCODED } from '../redaction.js'

/** Maximum masks per secret: the runner searches each line of the log for each mask. */
const MAX_MASKS = 4_000
/** In bytes. Longer secrets are masked as a whole, line by line, and in the wrapped encodings of common tools. */
const MAX_WINDOWED = 6_000
/**
 * 12 consecutive bytes of a secret, in characters of the encoding. A line without a whole window shows at most 11
 * bytes.
 */
const BASE64_WINDOW = 16
const HEX_WINDOW = 24
/** Line lengths of `base64`, `openssl base64` and `xxd -p`. */
const BASE64_COLUMNS = [76, 64]
const HEX_COLUMNS = [60]

/**
 * Lists every form in which a later step may print a secret and which the runner would not recognize: lower-case hex,
 * and base64 in both alphabets at all three alignments, so that they match inside longer text (`echo "$TOKEN" |
 * base64`, a JSON document, an HTTP Basic header), unwrapped and wrapped. The runner itself masks only the encodings of
 * exactly this value.
 *
 * @returns at most 4,000 masks, the most important ones first
 * @see https://github.com/actions/runner/blob/main/src/Sdk/DTLogging/Logging/ValueEncoders.cs
 */
export function maskForms(secret: string): readonly string[] {
  const plain = [secret, ...linesOf(secret)]
  const encoded = plain.filter((text) => text.length >= MIN_ENCODED).map((text) => Buffer.from(text))
  const forms = [...plain, ...encoded.flatMap(encodedForms), ...encoded.flatMap(wrappedForms)]
  return [...new Set(forms)].filter((form) => form.trim() !== '').slice(0, MAX_MASKS)
}

function encodedForms(bytes: Buffer): string[] {
  return [bytes.toString('hex'), ...base64Forms(bytes)]
}

/** Returns the lines that a tool prints when it wraps the encoding. */
function wrappedForms(bytes: Buffer): string[] {
  if (bytes.length <= MAX_WINDOWED) {
    return [
      ...windowsOf(bytes.toString('hex'), HEX_WINDOW),
      ...base64Forms(bytes).flatMap((form) => windowsOf(form, BASE64_WINDOW)),
    ]
  }
  return [
    ...HEX_COLUMNS.flatMap((columns) => linesAt(bytes.toString('hex'), columns)),
    ...(['base64', 'base64url'] as const).flatMap((encoding) =>
      BASE64_COLUMNS.flatMap((columns) => linesAt(bytes.toString(encoding), columns)),
    ),
  ]
}

/**
 * Splits an encoding into adjacent windows, and a last one that ends where the encoding ends. A line with a part of the
 * encoding contains all windows except those cut at its ends. So at each end less than one window stays visible, if a
 * line inside the encoding is at least two windows long.
 */
function windowsOf(form: string, size: number): string[] {
  return [...linesAt(form, size).filter((part) => part.length === size), form.slice(-size)]
}

/** Returns the lines of a wrapped text, without a last line that is so short that it would match by chance. */
function linesAt(form: string, columns: number): string[] {
  const count = Math.ceil(form.length / columns)
  const lines = Array.from({ length: count }, (_, at) => form.slice(at * columns, (at + 1) * columns))
  return lines.filter((line) => line.length >= MIN_ENCODED)
}
