import { parseCommand } from './commands.js'
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

/** Carries out the commands in the lines, registering masks as they come, and writes the log that people see. */
export function interpretLines(lines: readonly OutputLine[], masker: Masker, debug: boolean): InterpretedLog {
  const log: string[] = []
  const annotations: Annotation[] = []
  const deprecatedCommands: string[] = []
  let stopToken = ''
  const print = (text: string) => log.push(masker.mask(text))
  for (const { text } of lines) {
    const command = parseCommand(text, stopToken)
    // While commands are stopped, even a mask is printed as it is.
    if (command === undefined || (stopToken !== '' && command.name !== stopToken.toLowerCase())) {
      print(text)
      continue
    }
    const { name, data, properties } = command
    if (name === stopToken.toLowerCase()) stopToken = ''
    else if (name === 'stop-commands') stopToken = data
    else if (name === 'add-mask') masker.add(data)
    else if (name === 'error' || name === 'warning' || name === 'notice') {
      annotations.push({ level: name, message: masker.mask(data).slice(0, 4096), title: properties.title })
      for (const [index, line] of data.split(/\r?\n/).entries()) {
        print(index === 0 ? `${name[0]?.toUpperCase()}${name.slice(1)}: ${line}` : line)
      }
    } else if (name === 'debug') {
      if (debug) print(`##[debug]${data}`)
    } else if (name === 'group') print(`▼ ${data}`)
    else if (['set-output', 'save-state', 'set-env', 'add-path'].includes(name)) deprecatedCommands.push(name)
  }
  return { log: log.map((line) => `${line}\n`).join(''), annotations, deprecatedCommands }
}
