import { expect } from '@jest/globals'
import { loginAction } from '../../src/actions/login.js'
import { explain } from '../../src/explain.js'
import {
  type Effect,
  fakeClock,
  fakeFiles,
  fixedRandom,
  recordingRunner,
  type ScriptedExchange,
  scriptedTransport,
} from './fakes.js'

interface LoginRunOptions {
  readonly environment?: Readonly<Record<string, string>>
  readonly event?: Readonly<Record<string, unknown>>
}

/** Runs the use case against a script and returns everything that it did, in order. The whole script must be used. */
export async function runLogin(
  inputs: Readonly<Record<string, string>>,
  script: readonly ScriptedExchange[],
  { environment = {}, event = {} }: LoginRunOptions = {},
) {
  const runner = recordingRunner({ inputs, environment: { GITHUB_REPOSITORY: 'o/r', ...environment }, event })
  const transport = scriptedTransport(script, runner.effects)
  const clock = fakeClock()
  let failure: ReturnType<typeof explain> | undefined
  try {
    await loginAction({
      runner,
      log: runner,
      masks: runner,
      transport,
      clock,
      random: fixedRandom(),
      files: () => Promise.resolve(fakeFiles()),
    })
  } catch (error) {
    failure = explain(error, clock.now())
  }
  expect(transport.rest).toStrictEqual([])
  return { runner, transport, clock, failure }
}

/** The JSON that a request carried. */
export function bodyOf(request: { readonly body?: string } | undefined): unknown {
  return JSON.parse(request?.body ?? 'null')
}

/** The effects that matter for the order, without the log. @param token how it is called among the masks */
export function orderOf(effects: readonly Effect[], token: string): string[] {
  return (
    effects
      .filter(([kind]) => ['mask', 'state', 'request', 'output'].includes(kind))
      // What is claimed first of all, so that no later step can set it.
      .filter(([kind, , value]) => kind !== 'state' || value !== '')
      .map(([kind, name = '', value = '']) => {
        if (kind === 'mask') return `mask ${name === token ? 'token' : 'input'}`
        if (kind === 'state') return name === 'session' ? `state ${JSON.parse(value).phase}` : `state ${name}`
        return `${kind} ${name}`
      })
  )
}
