/** What stands in GITHUB_OUTPUT, GITHUB_STATE or GITHUB_ENV, and the error that ended the reading, if one did. */
export interface FileCommandResult {
  readonly pairs: Readonly<Record<string, string>>
  readonly error: string | undefined
}

/**
 * Reads a command file as actions/runner src/Runner.Worker/FileCommandManager.cs does. An error fails the step even with
 * exit status 0; the pairs before it count.
 */
export function parseCommandFile(content: string): FileCommandResult {
  const pairs: Record<string, string> = {}
  const text = content.replace(/^\uFEFF/, '')
  let at = 0
  while (at < text.length) {
    const end = lineEnd(text, at)
    const line = text.slice(at, end.at)
    at = end.next
    if (line === '') continue
    const entry = parseEntry(text, line, at)
    if (typeof entry === 'string') return { pairs, error: entry }
    pairs[entry.name] = entry.value
    at = entry.next
  }
  return { pairs, error: undefined }
}

interface Entry {
  readonly name: string
  readonly value: string
  readonly next: number
}

function parseEntry(text: string, line: string, next: number): Entry | string {
  const equals = line.indexOf('=')
  const heredoc = line.indexOf('<<')
  if (equals !== -1 && (heredoc === -1 || equals < heredoc)) {
    if (equals === 0) return `Invalid format '${line}'. Name must not be empty`
    return { name: line.slice(0, equals), value: line.slice(equals + 1), next }
  }
  if (heredoc === -1) return `Invalid format '${line}'`
  return parseHeredoc(text, line.slice(0, heredoc), line.slice(heredoc + 2), next)
}

function parseHeredoc(text: string, name: string, delimiter: string, from: number): Entry | string {
  if (name === '' || delimiter === '') return 'Invalid format. Name and delimiter must not be empty'
  for (let at = from; at < text.length; ) {
    const end = lineEnd(text, at)
    if (text.slice(at, end.at) === delimiter) {
      return { name, value: at === from ? '' : text.slice(from, at - 1), next: end.next }
    }
    if (end.at === text.length) return 'Invalid value. EOF marker missing new line.'
    at = end.next
  }
  return `Invalid value. Matching delimiter not found '${delimiter}'`
}

function lineEnd(text: string, from: number): { at: number; next: number } {
  const found = text.indexOf('\n', from)
  return found === -1 ? { at: text.length, next: text.length } : { at: found, next: found + 1 }
}
