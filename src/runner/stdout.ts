import { writeSync } from 'node:fs'
import { Writable } from 'node:stream'

const STDOUT = 1

/** Blocks for a moment: the pipe is full, and the runner is about to read from it. */
function waitForReader(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1)
}

/**
 * Writes all of a text before it returns. Node's own stream is asynchronous on a POSIX pipe: a mask that is still in its
 * buffer when the process dies never reaches the runner. Loops over partial writes and EAGAIN, which a non-blocking
 * pipe answers with when it is full.
 */
function writeAll(text: string): void {
  let rest = Buffer.from(text)
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(STDOUT, rest))
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined
      // Nobody reads any more: the runner is gone, and the log with it.
      if (code === 'EPIPE') return
      if (code !== 'EAGAIN') throw error
      waitForReader()
    }
  }
}

/** A whole stream, because `console.error` wants more of it than `write`. */
function sink(): Writable {
  return new Writable({ write: (_chunk, _encoding, done) => done() })
}

/**
 * Puts the writer under everything in this process that prints, the toolkit's `setSecret` above all. Replacing the
 * property keeps Node from ever opening its own stream, which would make the descriptor non-blocking.
 */
export function makeStdoutSynchronous(): void {
  const write = (chunk: string | Uint8Array) => {
    writeAll(String(chunk))
    return true
  }
  Object.defineProperty(process, 'stdout', { value: { write }, configurable: true })
  // What Node prints there under NODE_DEBUG holds whole requests, and the runner reads stderr before the masks.
  Object.defineProperty(process, 'stderr', { value: sink(), configurable: true })
}
