/** Secrets at least this long, in characters, are masked in their encoded forms too; shorter ones would mask by accident. */
const ENCODED_FROM = 16

/**
 * Every form in which a later step may print a secret and which the runner would not recognise: lower-case hex, and
 * base64 in both alphabets at all three alignments, cut to the characters that depend on the secret alone, so that they
 * match inside longer text (`echo "$TOKEN" | base64`, a JSON document, an HTTP Basic header). The runner itself masks
 * only the encodings of exactly this value (src/Sdk/DTLogging/Logging/ValueEncoders.cs).
 */
export function maskForms(secret: string): readonly string[] {
  const lines = secret.split(/[\r\n]+/).filter((line) => line.trim() !== '')
  const forms = [secret, ...lines, ...lines.map((line) => line.trim())]
  if (secret.length >= ENCODED_FROM) forms.push(...encodedForms(Buffer.from(secret)))
  return [...new Set(forms)].filter((form) => form.trim() !== '')
}

function encodedForms(bytes: Buffer): string[] {
  const base64 = [0, 1, 2].map((alignment) => alignedBase64(bytes, alignment))
  const base64url = base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'))
  return [bytes.toString('hex'), ...base64, ...base64url]
}

/**
 * Base64 of the bytes when `alignment` other bytes stand before them: the first characters that mix in those bytes, and
 * the last ones that would mix in what follows, are left out.
 */
function alignedBase64(bytes: Buffer, alignment: number): string {
  const encoded = Buffer.concat([Buffer.alloc(alignment), bytes]).toString('base64')
  const from = alignment === 0 ? 0 : alignment + 1
  const to = Math.floor(((alignment + bytes.length) * 8) / 6)
  return encoded.slice(from, to)
}
