import { parseCommand, type WorkflowCommand } from './commands.js'
import type { Masker } from './masker.js'
import type { OutputLine } from './process.js'

export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice'
  /** Masked, as people see it. */
  readonly message: string
  /** Not masked by the runner: src/Sdk/RSWebApi/Contracts/IssueExtensions.cs. */
  readonly title: string | undefined
}

/** What the runner makes of the lines of one step. */
export interface InterpretedLog {
  readonly log: string
  readonly annotations: readonly Annotation[]
  /** Uses of commands that print their value, or that the runner refuses. */
  readonly deprecatedCommands: readonly string[]
}

/** Carries out the commands in the lines, registers masks in order and returns the log that people see. */
export function interpretLines(lines: readonly OutputLine[], masker: Masker, debug: boolean): InterpretedLog {
  const interpreter = new LogInterpreter(masker, debug)
  for (const line of lines) interpreter.read(line)
  return interpreter.result
}

/** Interprets the lines of one step one at a time, as the runner does while the step runs. */
export class LogInterpreter {
  readonly #masker: Masker
  readonly #debug: boolean
  readonly #onLog: (line: string) => void
  readonly #log: string[] = []
  readonly #annotations: Annotation[] = []
  readonly #deprecatedCommands: string[] = []
  #stopToken = ''

  /** @param onLog receives each masked line of the log, without its line break */
  constructor(masker: Masker, debug: boolean, onLog: (line: string) => void = () => {}) {
    this.#masker = masker
    this.#debug = debug
    this.#onLog = onLog
  }

  get result(): InterpretedLog {
    const log = this.#log.map((line) => `${line}\n`).join('')
    return { log, annotations: this.#annotations, deprecatedCommands: this.#deprecatedCommands }
  }

  read({ text }: OutputLine): void {
    const command = parseCommand(text, this.#stopToken)
    // While commands are stopped, even a mask is printed as it is.
    if (command === undefined || (this.#stopToken !== '' && command.name !== this.#stopToken.toLowerCase()))
      this.#print(text)
    else this.#execute(command)
  }

  #execute({ name, data, properties }: WorkflowCommand): void {
    if (name === this.#stopToken.toLowerCase()) this.#stopToken = ''
    else if (name === 'stop-commands') this.#stopToken = data
    else if (name === 'add-mask') this.#masker.add(data)
    else if (name === 'error' || name === 'warning' || name === 'notice')
      this.#annotate(name, data, properties['title'])
    else if (name === 'debug') {
      if (this.#debug) this.#print(`##[debug]${data}`)
    } else if (name === 'group') this.#print(`▼ ${data}`)
    else if (['set-output', 'save-state', 'set-env', 'add-path'].includes(name)) this.#deprecatedCommands.push(name)
  }

  #annotate(level: Annotation['level'], data: string, title: string | undefined): void {
    this.#annotations.push({ level, message: this.#masker.mask(data).slice(0, 4096), title })
    for (const [index, line] of data.split(/\r?\n/).entries())
      this.#print(index === 0 ? `${level[0]?.toUpperCase()}${level.slice(1)}: ${line}` : line)
  }

  #print(text: string): void {
    const line = this.#masker.mask(text)
    this.#log.push(line)
    this.#onLog(line)
  }
}
