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
 * Asks for one line. Nothing of it is kept in a history, and a hidden one is not shown: readline echoes to its output,
 * which keeps everything to itself then. @returns the line; empty where the input has ended
 * @throws InterruptedError
 */
export function askLine(question: string, hidden: boolean, streams: PromptStreams): Promise<string> {
  const { input, output, interrupted, interrupt } = streams
  const terminal = input.isTTY === true
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  if (terminal) output.write(question)
  const lines = createInterface({
    input,
    output: hidden || !terminal ? silent : output,
    terminal,
    historySize: 0,
    prompt: '',
  })
  return new Promise((resolve, reject) => {
    let answer = ''
    const stop = () => lines.close()
    interrupted.addEventListener('abort', stop, { once: true })
    lines.on('SIGINT', interrupt)
    lines.once('line', (line) => {
      answer = line
      lines.close()
    })
    lines.once('close', () => {
      interrupted.removeEventListener('abort', stop)
      if (terminal && (hidden || answer === '')) output.write('\n')
      if (interrupted.aborted) reject(new InterruptedError())
      else resolve(answer)
    })
    if (interrupted.aborted) lines.close()
  })
}
