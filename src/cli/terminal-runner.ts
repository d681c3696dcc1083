import type { Runner } from '../runner/ports.js'
import { redact } from '../runner/redact.js'
import type { Terminal } from './terminal.js'
import { inTerminalWords } from './words.js'

/**
 * What the use cases know as the runner, on a terminal: everything they say goes to standard error, what they save for a
 * post step is kept as long as the process lives, outputs go nowhere. Nothing is written to disk.
 * @param options by the names of the inputs
 */
export function terminalRunner(terminal: Terminal, options: ReadonlyMap<string, string>): Runner {
  const secrets: string[] = []
  const state = new Map<string, string>()
  const say = (message: string) => terminal.say(redact(inTerminalWords(message), secrets))
  const nothing = () => {}
  return {
    input: (name) => options.get(name) ?? '',
    inputNames: () => [...options.keys()],
    environment: (name) => terminal.environment(name),
    mask: (secret) => void secrets.push(secret),
    saveState: (name, value) => void state.set(name, value),
    state: (name) => state.get(name) ?? '',
    setOutput: nothing,
    exportVariable: nothing,
    debug: nothing,
    info: say,
    notice: (message) => say(`Note: ${message}`),
    warning: (message) => say(`Warning: ${message}`),
    fail: (message) => say(`Error: ${message}`),
    group: (title, lines) => say([title, ...lines].join('\n  ')),
    summary: nothing,
    event: () => ({}),
  }
}
