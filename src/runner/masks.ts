import { base64Forms, linesOf, MIN_ENCODED } from '../redaction.js'

/** Limit per secret: the runner searches each line of the log for each mask. */
const MAX_MASKS = 4_000
/** In bytes. Longer secrets are masked whole, line by line, and as a tool wraps them when it encodes nothing else. */
const MAX_WINDOWED = 6_000
/**
 * 12 bytes of a secret in a row, in characters of the encoding. Where a line shows less than one window, it shows
 * at most 11 bytes.
 */
const BASE64_WINDOW = 16
const HEX_WINDOW = 24
/** Columns at which `base64`, `openssl base64` and `xxd -p` wrap their lines. */
const BASE64_COLUMNS = [76, 64]
const HEX_COLUMNS = [60]

/**
 * Lists every form in which a later step may print a secret and which the runner would not recognise: lower-case hex,
 * and base64 in both alphabets at all three alignments, so that they match inside longer text
 * (`echo "$TOKEN" | base64`, a JSON document, an HTTP Basic header), whole and wrapped. The runner itself masks only the
 * encodings of exactly this value.
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

/** What can stand in one line where a tool wraps the encoding. */
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
 * Cuts an encoding into windows side by side, and a last one that ends where the encoding ends. A line that holds a part
 * of the encoding holds all windows but those that its ends cut through. So at each end less than one
 * window stays visible, provided that a line inside the encoding is at least as long as two windows.
 */
function windowsOf(form: string, size: number): string[] {
  return form.length < size ? [] : [...linesAt(form, size).filter((part) => part.length === size), form.slice(-size)]
}

/** The lines of a wrapped text, without a last one so short that it would mask by accident. */
function linesAt(form: string, columns: number): string[] {
  const count = Math.ceil(form.length / columns)
  const lines = Array.from({ length: count }, (_, at) => form.slice(at * columns, (at + 1) * columns))
  return lines.filter((line) => line.length >= MIN_ENCODED)
}
