import { AsyncLocalStorage } from 'node:async_hooks'
import { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import { types } from 'node:util'
import type { Explanation } from '../../src/failures.js'
import type { ActionPorts } from '../../src/session/connect.js'
import { launchWith } from './runner/launch.js'
import { OutputReader, type ProcessOptions, type ProcessResult, type RunningProcess } from './runner/process.js'

/**
 * Runs actions from `src/` in the process of the tests, each with an environment, streams, signals and an exit status of
 * its own. Everything else is as in the bundle: the toolkit, the command files, requests over loopback, the real clock.
 * `jest.config.mjs` loads this file before each file of tests. What it imports of `src/` it imports when that is needed.
 */

/** What a process has for itself, and an action may look at or change. */
class VirtualProcess extends EventEmitter {
  readonly env: Record<string, string>
  readonly stdout: { write(chunk: string | Uint8Array): boolean }
  readonly stderr: { write(chunk: string | Uint8Array): boolean }
  readonly cwd: () => string
  exitCode: number | undefined

  constructor(env: Readonly<Record<string, string>>, cwd: string, output: OutputReader) {
    super()
    this.env = { ...env }
    this.cwd = () => cwd
    const writer = (stream: 'stdout' | 'stderr') => ({
      write: (chunk: string | Uint8Array) => {
        output.read(stream, String(chunk))
        return true
      },
    })
    this.stdout = writer('stdout')
    this.stderr = writer('stderr')
  }

  exit(): never {
    throw new Error('process.exit() needs a process of its own: test it in __tests__/bundle')
  }
}

const current = new AsyncLocalStorage<VirtualProcess>()

/** The one of the action that is running, where one is; else the real one. */
const routed = new Proxy(process, {
  get: (real, name) => {
    const own = current.getStore()
    if (own === undefined || !(name in own)) return Reflect.get(real, name)
    const value: unknown = Reflect.get(own, name)
    return typeof value === 'function' ? value.bind(own) : value
  },
  set: (real, name, value) => Reflect.set(current.getStore() ?? real, name, value),
  // The action puts synchronous streams in the place of Node's, which these are already.
  defineProperty: (real, name, descriptor) =>
    current.getStore() !== undefined || Reflect.defineProperty(real, name, descriptor),
})

/**
 * Jest runs tests in a realm of their own, and what Node throws comes from another one, so it is no `Error` there:
 * https://github.com/jestjs/jest/issues/2549. In the bundle there is one realm.
 */
function adoptErrorsOfNode(): void {
  const ordinary = Function.prototype[Symbol.hasInstance]
  Object.defineProperty(Error, Symbol.hasInstance, {
    value(this: unknown, value: unknown) {
      return ordinary.call(this, value) || (this === Error && types.isNativeError(value))
    },
  })
}

/** What a launcher starts: the name that `src/index.ts` exports. */
function exportOf(launcher: string): string {
  const name = /\('(\w+)', (?:true|false)\)/.exec(readFileSync(launcher, 'utf8'))?.[1]
  if (name === undefined) throw new Error(`${launcher} does not say what it starts`)
  return name
}

async function runExport(name: string): Promise<void> {
  const actions: Readonly<Record<string, () => Promise<void>>> = await import('../../src/index.js')
  const action = actions[name]
  if (action === undefined) throw new Error(`src/index.ts does not export ${name}`)
  await action()
}

/** A promise that rejects after so many milliseconds, and what stops it. */
function deadline(ms: number, what: string): { readonly passed: Promise<never>; readonly stop: () => void } {
  let timer: NodeJS.Timeout | undefined
  const passed = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} did not end within ${ms} ms`)), ms)
  })
  return { passed, stop: () => clearTimeout(timer) }
}

function startInProcess(launcher: string, options: Omit<ProcessOptions, 'args'>): RunningProcess {
  globalThis.process = routed
  const output = new OutputReader(options.onLine)
  const own = new VirtualProcess(options.env, options.cwd, output)
  const run = async (): Promise<ProcessResult> => {
    const { passed, stop } = deadline(options.timeoutMs, launcher)
    try {
      await Promise.race([current.run(own, () => runExport(exportOf(launcher))), passed])
    } finally {
      stop()
    }
    return { exitCode: own.exitCode ?? 0, signal: null, ...output.end() }
  }
  const kill = (signal: NodeJS.Signals) => {
    // A signal that nothing listens to ends a process, and nothing else can.
    if (!own.emit(signal)) throw new Error(`${signal} needs a process of its own: test it in __tests__/bundle`)
  }
  return { pid: -1, kill, result: run() }
}

/**
 * Runs a use case with ports of the test, which record its effects.
 * @returns what its failure is explained as; `undefined` where it succeeds
 */
export async function runUseCase(
  name: 'rotate' | 'login-post',
  ports: Omit<ActionPorts, 'transport' | 'log' | 'masks'> & Partial<Pick<ActionPorts, 'transport'>>,
): Promise<Explanation | undefined> {
  const { toolkitTransport } = await import('../../src/http/toolkit-transport.js')
  const transport = toolkitTransport('matrix-access-token/test', () => undefined)
  const { hideServerText } = await import('../../src/api/values.js')
  // A post step hides it until its process ends, which is the process of the tests here.
  hideServerText(false)
  const whole = { transport, log: ports.runner, masks: ports.runner, ...ports }
  try {
    if (name === 'rotate') await (await import('../../src/actions/rotate/rotate.js')).rotateAction(whole)
    else await (await import('../../src/actions/login-post.js')).loginPostAction(whole)
    return undefined
  } catch (error) {
    const { explain } = await import('../../src/explain.js')
    return explain(error, ports.clock.now())
  }
}

adoptErrorsOfNode()
launchWith(startInProcess)
