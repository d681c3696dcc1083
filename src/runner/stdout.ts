import { writeSync } from 'node:fs'
import { Writable } from 'node:stream'
import { Failure } from '../failures.js'

const STDOUT = 1

/** Blocks for a moment: the pipe is full, and the runner is about to read from it. */
function waitForReader(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1)
}

/**
 * Writes all of a text before it returns. Node's own stream is asynchronous on a POSIX pipe: a mask that is still in its
 * buffer when the process dies never reaches the runner. Loops over partial writes and EAGAIN, which a non-blocking
 * pipe answers with when it is full.
 *
 * @throws the system's error, except EPIPE
 */
function writeAll(text: string): void {
  let rest = Buffer.from(text)
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(STDOUT, rest))
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined
      // The runner is gone, and the log with it.
      if (code === 'EPIPE') return
      if (code !== 'EAGAIN') throw error
      waitForReader()
    }
  }
}

/** Text that is collected while {@link inOneWrite} runs. */
let collected: string[] | undefined

function write(chunk: string | Uint8Array): boolean {
  const text = String(chunk)
  if (collected !== undefined) return collected.push(text) > 0
  try {
    writeAll(text)
  } catch {
    // A line of the log that is lost must not end the work: there may be a session that must be ended.
  }
  return true
}

/**
 * Collects what a synchronous function prints, and writes it with one system call.
 *
 * @throws Failure `internal` if it cannot be written: a mask that the runner does not receive protects nothing
 */
export function inOneWrite(print: () => void): void {
  const parts: string[] = []
  collected = parts
  try {
    print()
  } finally {
    collected = undefined
  }
  try {
    writeAll(parts.join(''))
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${error.code})` : ''
    const message = `Secrets cannot be masked: standard output cannot be written${code}.`
    throw new Failure('internal', message, 'Check the disk space of the runner.', { cause: error })
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
  Object.defineProperty(process, 'stdout', { value: { write }, configurable: true })
  // What Node prints there under NODE_DEBUG holds whole requests, and the runner reads stderr before the masks.
  let stderr: Writable | undefined
  const get = () => {
    stderr ??= sink()
    return stderr
  }
  Object.defineProperty(process, 'stderr', { get, configurable: true })
}
