import { writeSync } from 'node:fs'
import { Writable } from 'node:stream'
import { Failure } from '../failures.js'

const STDOUT = 1

/** Blocks briefly: the pipe is full until the runner reads from it. */
function waitForReader(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1)
}

/**
 * Writes the whole text before it returns. Node's own stream is asynchronous for a POSIX pipe: a mask in its buffer is
 * lost when the process exits. Repeats after partial writes and after EAGAIN, which a full non-blocking pipe returns.
 *
 * @throws the system error, except EPIPE
 */
function writeAll(text: string): void {
  let rest = Buffer.from(text)
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(STDOUT, rest))
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined
      // The runner has closed the pipe, so there is no log.
      if (code === 'EPIPE') return
      if (code !== 'EAGAIN') throw error
      waitForReader()
    }
  }
}

/** The text collected during {@link inOneWrite}. */
let collected: string[] | undefined

function write(chunk: string | Uint8Array): boolean {
  const text = String(chunk)
  if (collected !== undefined) return collected.push(text) > 0
  try {
    writeAll(text)
  } catch {
    // A lost line of the log must not stop the action: a session may have to be ended.
  }
  return true
}

/**
 * Collects the output of a synchronous function, and writes it with one system call.
 *
 * @throws Failure `internal` if it cannot be written: a mask that the runner does not receive has no effect
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

/** Returns a complete stream, because `console.error` uses more than `write`. */
function sink(): Writable {
  return new Writable({ write: (_chunk, _encoding, done) => done() })
}

/**
 * Redirects all output of this process to the synchronous writer, especially the toolkit's `setSecret`. Replacing the
 * property prevents Node from opening its own stream, which would make the descriptor non-blocking.
 */
export function makeStdoutSynchronous(): void {
  Object.defineProperty(process, 'stdout', { value: { write }, configurable: true })
  // With NODE_DEBUG Node prints whole requests to stderr, and the runner reads stderr before the masks.
  let stderr: Writable | undefined
  const get = () => {
    stderr ??= sink()
    return stderr
  }
  Object.defineProperty(process, 'stderr', { get, configurable: true })
}
