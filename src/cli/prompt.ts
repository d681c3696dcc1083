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
 * Asks for one line; where there is no terminal, takes the next one without asking. Nothing of it is kept in a history, and
 * nothing of it is ever shown: readline echoes to its output, which keeps everything to itself.
 * @param echo what the terminal shows in place of the answer
 * @returns the line; empty where the input has ended
 * @throws InterruptedError
 */
export async function askLine(
  question: string,
  streams: PromptStreams,
  echo: (answer: string) => string,
): Promise<string> {
  const { input, output, interrupted, interrupt } = streams
  const terminal = input.isTTY === true
  const lines = createInterface({ input, output: silence(), terminal, historySize: 0 })
  return new Promise((resolve, reject) => {
    let answer = ''
    const stop = () => lines.close()
    interrupted.addEventListener('abort', stop, { once: true })
    lines.on('SIGINT', interrupt)
    lines.once('close', () => {
      interrupted.removeEventListener('abort', stop)
      // The line break that was typed is not shown either.
      if (terminal) output.write(interrupted.aborted ? '\n' : `${echo(answer)}\n`)
      if (interrupted.aborted) reject(new InterruptedError())
      else resolve(answer)
    })
    if (interrupted.aborted) return lines.close()
    // And not `question()`, which takes no last line that lacks its line break.
    lines.once('line', (line) => {
      answer = line
      lines.close()
    })
    // Only now: whatever is typed from here on, the terminal itself no longer shows.
    if (terminal) output.write(question)
    lines.setPrompt('')
    lines.prompt()
  })
}

function silence(): Writable {
  return new Writable({ write: (_chunk, _encoding, done) => done() })
}
