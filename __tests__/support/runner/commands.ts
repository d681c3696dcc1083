/** A workflow command that the runner would carry out: actions/runner src/Runner.Common/ActionCommand.cs. */
export interface WorkflowCommand {
  readonly name: string
  readonly properties: Readonly<Record<string, string>>
  readonly data: string
}

const REGISTERED = new Set([
  'add-mask',
  'add-matcher',
  'add-path',
  'debug',
  'echo',
  'endgroup',
  'error',
  'group',
  'notice',
  'remove-matcher',
  'save-state',
  'set-env',
  'set-output',
  'stop-commands',
  'warning',
])

/** The order of the replacements is the runner's: `%25` last, so that an escaped percent sign stays what it was. */
function unescapeData(text: string): string {
  return text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%')
}

function unescapeProperty(text: string): string {
  return unescapeData(text.replaceAll('%3A', ':').replaceAll('%2C', ','))
}

/** The command on a line, in the current form (`::name k=v::data`) or the old one (`##[name k=v;k=v]data`, anywhere). */
export function parseCommand(line: string, stopToken = ''): WorkflowCommand | undefined {
  return parseCurrent(line, stopToken) ?? parseOld(line)
}

function parseCurrent(line: string, stopToken: string): WorkflowCommand | undefined {
  const text = line.trimStart()
  if (!text.startsWith('::')) return undefined
  const end = text.indexOf('::', 2)
  if (end === -1) return undefined
  const head = text.slice(2, end)
  const blank = head.indexOf(' ')
  const name = (blank === -1 ? head : head.slice(0, blank)).toLowerCase()
  if (!REGISTERED.has(name) && (stopToken === '' || name !== stopToken.toLowerCase())) return undefined
  const properties = blank === -1 ? {} : parseProperties(head.slice(blank + 1).trim(), ',')
  return { name, properties, data: unescapeData(text.slice(end + 2)) }
}

function parseOld(line: string): WorkflowCommand | undefined {
  const start = line.indexOf('##[')
  const end = line.indexOf(']', start)
  if (start === -1 || end === -1) return undefined
  const head = line.slice(start + 3, end)
  const blank = head.indexOf(' ')
  const name = (blank === -1 ? head : head.slice(0, blank)).toLowerCase()
  if (!REGISTERED.has(name)) return undefined
  const properties = blank === -1 ? {} : parseProperties(head.slice(blank + 1), ';')
  const data = line
    .slice(end + 1)
    .replaceAll('%3B', ';')
    .replaceAll('%5D', ']')
  return { name, properties, data: unescapeData(data) }
}

function parseProperties(text: string, separator: string): Record<string, string> {
  const properties: Record<string, string> = {}
  for (const part of text.split(separator)) {
    const equals = part.indexOf('=')
    if (equals < 1 || equals === part.length - 1) continue
    properties[part.slice(0, equals).trim().toLowerCase()] = unescapeProperty(part.slice(equals + 1))
  }
  return properties
}
