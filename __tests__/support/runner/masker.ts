/** Remembers what a pure function made of a text: a run is checked for the same few secrets in many lines. */
export function remembered<Result>(compute: (text: string) => Result): (text: string) => Result {
  const known = new Map<string, Result>()
  return (text) => {
    const before = known.get(text)
    if (before !== undefined) return before
    const result = compute(text)
    known.set(text, result)
    return result
  }
}

/**
 * What the runner masks besides the value itself: the eleven encoders of actions/runner
 * src/Sdk/DTLogging/Logging/ValueEncoders.cs, as registered in src/Runner.Common/HostContext.cs.
 */
export const runnerEncodings = remembered((value): readonly string[] => {
  const bytes = Buffer.from(value)
  const forms = [
    bytes.toString('base64'),
    bytes.subarray(bytes.length > 1 ? 1 : 0).toString('base64'),
    bytes.subarray(bytes.length > 2 ? 2 : 0).toString('base64'),
    value.replaceAll('"', '\\"'),
    value.replaceAll("'", "''"),
    jsonBody(value),
    encodeURIComponent(value.toWellFormed()).replace(/[!'()*]/g, percent),
    xml(value),
    value.length > 8 && value.startsWith('"') && value.endsWith('"') ? value.slice(1, -1) : '',
    ...powerShellSections(value),
  ]
  return [...new Set(forms)].filter((form) => form !== '' && form !== value)
})

function jsonBody(value: string): string {
  return JSON.stringify(value)
    .slice(1, -1)
    .replace(/[\u0085\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`
}

function xml(value: string): string {
  return value
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;')
}

/** PowerShell splits at `&` when it prints an error: the parts before and behind are masked where six characters long. */
function powerShellSections(value: string): string[] {
  if (!value.includes('&')) return []
  const plus = value.indexOf('&+')
  const front = plus === -1 ? value.slice(0, value.lastIndexOf('&') + 1) : value.slice(0, plus + 2)
  const rear = plus === -1 ? value.slice(value.lastIndexOf('&') + 1) : value.slice(plus + 3)
  return [front, rear].filter((section) => section.length >= 6)
}

/** The masks of one job: actions/runner src/Sdk/DTLogging/Logging/SecretMasker.cs. */
export class Masker {
  readonly #forms = new Set<string>()
  readonly #values: string[] = []

  /** Every value that was registered, in order. */
  get values(): readonly string[] {
    return this.#values
  }

  /** `add-mask`: the value, and each of its lines trimmed. White space alone is refused. */
  add(value: string): void {
    if (value.trim() === '') return
    this.#values.push(value)
    for (const text of [value, ...value.split(/[\r\n]/).map((line) => line.trim())]) {
      if (text === '') continue
      for (const form of [text, ...runnerEncodings(text)]) this.#forms.add(form)
    }
  }

  /** Case-sensitive; overlapping and adjacent hits print as one `***`. */
  mask(text: string): string {
    const hidden = new Array<boolean>(text.length).fill(false)
    for (const form of this.#forms) {
      for (let at = text.indexOf(form); at !== -1; at = text.indexOf(form, at + 1))
        hidden.fill(true, at, at + form.length)
    }
    let masked = ''
    for (let at = 0; at < text.length; at += 1) {
      if (!hidden[at]) masked += text[at]
      else if (!hidden[at - 1]) masked += '***'
    }
    return masked
  }
}
