import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'

/** Asks on the terminal and shows nothing of what is typed. Without a terminal, reads the first line of what is piped in. */
export function askPassword(question: string): Promise<string> {
  const terminal = process.stdin.isTTY
  if (terminal) process.stderr.write(question)
  // readline echoes to its output; this one keeps everything to itself.
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input: process.stdin, output: silent, terminal })
  return new Promise((resolve) => {
    let answer = ''
    lines.once('line', (line) => {
      answer = line
      lines.close()
    })
    lines.once('close', () => {
      if (terminal) process.stderr.write('\n')
      resolve(answer)
    })
  })
}
