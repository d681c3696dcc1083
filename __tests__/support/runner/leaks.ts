import { parseCommand } from './commands.js'
import { interpretLines } from './log.js'
import { Masker, remembered, runnerEncodings } from './masker.js'
import type { OutputLine } from './process.js'

/** So many characters of a secret in a row give it away: docs/threat-model.md. */
const WINDOW = 12
/** Shorter secrets cannot be told from ordinary words. */
const SHORTEST = 4

/** What one run left behind. */
export interface Traces {
  readonly lines: readonly OutputLine[]
  /** A script of the user may print a token: masking it is the runner's work. The action itself never prints one. */
  readonly ofScript: boolean
  /** Masks that were registered before this run, in this job. */
  readonly earlierMasks: readonly string[]
  /** All masks now: what is masked whole may stand whole in a command file. */
  readonly masks: readonly string[]
  readonly rawSummary: string
  readonly annotationTitles: readonly string[]
  /** Values in the command files, by `output NAME`, `state NAME`, `env NAME`. */
  readonly fileValues: Readonly<Record<string, string>>
}

/**
 * Where secrets show, as descriptions that do not hold them. First the plain invariant: outside `::add-mask::` lines the
 * raw streams hold no secret. Then what people would see, with the lines as they came and with all of stderr first, which
 * is how the runner handles a batch (src/Runner.Sdk/ProcessInvoker.cs).
 */
export function findLeaks(traces: Traces, secrets: readonly string[]): string[] {
  const found: string[] = []
  const relevant = [...new Set(secrets)].filter((secret) => secret.length >= SHORTEST)
  const logs = maskedLogs(traces)
  const raw = rawOutput(traces)
  for (const [index, secret] of relevant.entries()) {
    const name = `secret ${index} (${secret.length} characters)`
    for (const { number, stream, text } of holds(raw.text, secret) ? raw.lines : []) {
      if (holds(text, secret)) found.push(`${name} in the raw ${stream}, line ${number}`)
    }
    for (const title of traces.annotationTitles) if (holds(title, secret)) found.push(`${name} in an annotation title`)
    if (holds(traces.rawSummary, secret)) found.push(`${name} in the raw job summary`)
    for (const [place, value] of Object.entries(traces.fileValues)) {
      if (!traces.masks.includes(value) && !isJsonWith(value, secret) && holds(value, secret))
        found.push(`a part of ${name} in ${place}`)
    }
    for (const log of logs) {
      if (encodedForms(secret).some((form) => log.includes(form)) || holds(log, secret)) {
        found.push(`${name} in the masked log, plain or encoded`)
      }
    }
  }
  return found
}

/** What must hold no secret: every line but the commands that register masks. */
function rawOutput({ lines, ofScript }: Traces) {
  const numbered = ofScript ? [] : lines.map((line, at) => ({ ...line, number: at + 1 }))
  const visible = numbered.filter(({ text }) => parseCommand(text)?.name !== 'add-mask')
  return { lines: visible, text: visible.map(({ text }) => text).join('\n') }
}

/** The job's environment is handed on whole; a JSON document may hold a secret as a member, whole. */
function isJsonWith(value: string, secret: string): boolean {
  return value.startsWith('{') && value.includes(JSON.stringify(secret))
}

function maskedLogs({ lines, earlierMasks }: Traces): string[] {
  const pessimistic = [
    ...lines.filter(({ stream }) => stream === 'stderr'),
    ...lines.filter(({ stream }) => stream === 'stdout'),
  ]
  const orders = pessimistic.some((line, at) => line !== lines[at]) ? [lines, pessimistic] : [lines]
  return orders.map((order) => {
    const masker = new Masker()
    for (const mask of earlierMasks) masker.add(mask)
    return interpretLines(order, masker, true).log
  })
}

/** Whether a text gives a secret away. */
export function holds(text: string, secret: string): boolean {
  const width = Math.min(WINDOW, secret.length)
  for (let at = 0; at + width <= secret.length; at += 1) if (text.includes(secret.slice(at, at + width))) return true
  return false
}

/** Longer secrets may show in part where a tool wraps their encodings. */
const MAX_WRAPPED = 300

const encodedForms = remembered((secret): readonly string[] => {
  if (secret.length < 16) return []
  const bytes = Buffer.from(secret)
  const count = secret.length > MAX_WRAPPED ? bytes.length : WINDOW
  const starts = Array.from({ length: bytes.length - count + 1 }, (_, at) => at)
  const hex = starts.map((start) => bytes.subarray(start, start + count).toString('hex'))
  const base64 = [0, 1, 2].flatMap((shift) => {
    const encoded = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replace(/=+$/, '')
    return starts.map((start) => base64Part(encoded, shift, shift + bytes.length, shift + start, count))
  })
  const url = base64.map((form) => form.replaceAll('+', '-').replaceAll('/', '_'))
  return [...new Set([...runnerEncodings(secret), ...hex, ...base64, ...url])]
})

/** The characters that hold some bytes, without those at the edges of the secret that hold bits of what is beside it. */
function base64Part(encoded: string, first: number, end: number, start: number, count: number): string {
  const from = Math.max(Math.floor((start * 8) / 6), Math.ceil((first * 8) / 6))
  const to = Math.min(Math.ceil(((start + count) * 8) / 6), Math.floor((end * 8) / 6))
  return encoded.slice(from, to)
}
