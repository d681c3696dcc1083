import { spawn } from 'node:child_process'

/** A line as the runner reads it, from one of two separate pipes. */
export interface OutputLine {
  readonly stream: 'stdout' | 'stderr'
  readonly text: string
}

export interface ProcessResult {
  readonly exitCode: number | null
  readonly signal: NodeJS.Signals | null
  /** In order of arrival. */
  readonly lines: readonly OutputLine[]
  readonly rawStdout: string
  readonly rawStderr: string
}

export interface RunningProcess {
  readonly pid: number
  kill(signal: NodeJS.Signals): void
  readonly result: Promise<ProcessResult>
}

export interface ProcessOptions {
  readonly command: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly cwd: string
  /** Ended with SIGKILL after so many milliseconds: a process that hangs is a failure. */
  readonly timeoutMs: number
  readonly onLine?: (line: OutputLine) => void
}

/** Starts a process as the runner does: no stdin, two separate pipes, an environment of its own. */
export function startProcess(options: ProcessOptions): RunningProcess {
  const { command, args, env, cwd, timeoutMs, onLine } = options
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  const output = new OutputReader(onLine)
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => output.read('stdout', chunk))
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => output.read('stderr', chunk))
  const result = new Promise<ProcessResult>((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      reject(new Error(`${args.join(' ')} did not end within ${timeoutMs} ms`))
    }, timeoutMs)
    child.on('error', reject)
    child.on('close', (exitCode, signal) => {
      clearTimeout(timer)
      resolve({ exitCode, signal, ...output.end() })
    })
  })
  return { pid: child.pid ?? -1, kill: (signal) => void child.kill(signal), result }
}

/** Splits two streams into lines as the runner does. */
export class OutputReader {
  readonly #onLine: ((line: OutputLine) => void) | undefined
  readonly #lines: OutputLine[] = []
  readonly #raw = { stdout: '', stderr: '' }
  readonly #rest = { stdout: '', stderr: '' }

  constructor(onLine?: (line: OutputLine) => void) {
    this.#onLine = onLine
  }

  read(stream: 'stdout' | 'stderr', chunk: string): void {
    this.#raw[stream] += chunk
    // .NET's reader ends a line at \n, \r\n and a lone \r.
    const parts = (this.#rest[stream] + chunk).split(/\r\n|\n|\r(?=[\s\S])/)
    this.#rest[stream] = parts.pop() ?? ''
    for (const text of parts) this.#emit({ stream, text })
  }

  /** Ends both streams: what is left is a line. */
  end(): Pick<ProcessResult, 'lines' | 'rawStdout' | 'rawStderr'> {
    for (const stream of ['stderr', 'stdout'] as const) {
      if (this.#rest[stream] !== '') this.#emit({ stream, text: this.#rest[stream] })
      this.#rest[stream] = ''
    }
    return { lines: this.#lines, rawStdout: this.#raw.stdout, rawStderr: this.#raw.stderr }
  }

  #emit(line: OutputLine): void {
    this.#lines.push(line)
    this.#onLine?.(line)
  }
}
