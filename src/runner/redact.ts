/** So many characters of a secret in a row give it away: contract.md, "Masking and the log". */
const WINDOW = 12
/** Shorter secrets than this cannot be told from ordinary words. */
const SHORTEST = 4

/**
 * Replaces whatever of the secrets stands in a text by `***`: the whole of a short one, every 12 characters in a row of
 * a longer one. The runner masks only what is whole, so a server that echoes half a token would get it into the log.
 */
export function redact(text: string, secrets: readonly string[]): string {
  const hidden = new Array<boolean>(text.length).fill(false)
  for (const secret of secrets) {
    if (secret.length < SHORTEST) continue
    const width = Math.min(WINDOW, secret.length)
    const windows = new Set<string>()
    for (let at = 0; at + width <= secret.length; at += 1) windows.add(secret.slice(at, at + width))
    for (let at = 0; at + width <= text.length; at += 1) {
      if (windows.has(text.slice(at, at + width))) hidden.fill(true, at, at + width)
    }
  }
  return replaceHidden(text, hidden)
}

function replaceHidden(text: string, hidden: readonly boolean[]): string {
  let result = ''
  for (let at = 0; at < text.length; at += 1) {
    if (!hidden[at]) result += text[at]
    else if (!hidden[at - 1]) result += '***'
  }
  return result
}
