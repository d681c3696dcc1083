import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { InterruptedError } from './terminal.js'

/** Where questions are asked, and answers typed. */
export interface PromptStreams {
  readonly input: NodeJS.ReadStream
  readonly output: NodeJS.WriteStream
  /** Aborted by an interruption. */
  readonly interrupted: AbortSignal
  /** Called for Ctrl-C, which a terminal that is being read from hands over as a character. */
  readonly interrupt: () => void
}

/**
 * Asks for one line; where there is no terminal, takes the next one without asking. Nothing of it is kept in a history,
 * and a hidden one is not shown: readline echoes to its output, which keeps everything to itself then.
 * @returns the line; empty where the input has ended
 * @throws InterruptedError
 */
export function askLine(question: string, hidden: boolean, streams: PromptStreams): Promise<string> {
  const { input, output, interrupted, interrupt } = streams
  const terminal = input.isTTY === true
  const isSilent = hidden || !terminal
  const lines = createInterface({ input, output: isSilent ? silence() : output, terminal, historySize: 0 })
  return new Promise((resolve, reject) => {
    let answer: string | undefined
    const stop = () => lines.close()
    interrupted.addEventListener('abort', stop, { once: true })
    lines.on('SIGINT', interrupt)
    lines.once('close', () => {
      interrupted.removeEventListener('abort', stop)
      // The line break that was typed is not shown either, or there was none.
      if (terminal && (hidden || answer === undefined)) output.write('\n')
      if (interrupted.aborted) reject(new InterruptedError())
      else resolve(answer ?? '')
    })
    if (interrupted.aborted) return lines.close()
    // And not `question()`, which takes no last line that lacks its line break.
    lines.once('line', (line) => {
      answer = line
      lines.close()
    })
    // Only now: whatever is typed from here on, the terminal itself no longer shows.
    if (hidden && terminal) output.write(question)
    lines.setPrompt(isSilent ? '' : question)
    lines.prompt()
  })
}

function silence(): Writable {
  return new Writable({ write: (_chunk, _encoding, done) => done() })
}
