import { expect } from '@jest/globals'
import { rotateAction } from '../../src/actions/rotate/rotate.js'
import { explain } from '../../src/explain.js'
import type { HttpResponse } from '../../src/http/transport.js'
import {
  fakeClock,
  fakeFiles,
  fixedRandom,
  json,
  recordingRunner,
  type ScriptedExchange,
  scriptedTransport,
} from './fakes.js'

const SERVER = 'https://matrix.example.org'
export const API = 'https://api.github.com'
export const GITEA_API = 'https://gitea.example.org/api/v1'
export const SECRETS = '/repos/octo/demo/actions/secrets'
export const CLIENT = `${SERVER}/_matrix/client/v3`

/** The key of a sealed box that can be sealed to. */
export const PUBLIC_KEY = json(200, { key_id: 'key-1', key: Buffer.alloc(32, 9).toString('base64') })
export const CREATED: HttpResponse = { status: 201, headers: {}, body: new Uint8Array() }
export const GONE: HttpResponse = { status: 204, headers: {}, body: new Uint8Array() }

interface RotationOptions {
  readonly environment?: Readonly<Record<string, string>>
  /** Whether the action is one that waits. */
  readonly maxWait?: string
}

/** Runs the use case against a script and returns everything that it did, in order. The whole script must be used. */
export async function runRotation(
  inputs: Readonly<Record<string, string>>,
  script: readonly ScriptedExchange[],
  { environment = {}, maxWait = '120' }: RotationOptions = {},
) {
  const runner = recordingRunner({
    inputs: { homeserver: SERVER, 'store-token': 'github_pat_STORE', 'max-wait': maxWait, ...inputs },
    environment: { GITHUB_REPOSITORY: 'octo/demo', GITHUB_API_URL: API, ...environment },
  })
  const transport = scriptedTransport(script, runner.effects)
  const clock = fakeClock()
  let failure: ReturnType<typeof explain> | undefined
  try {
    await rotateAction({
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

/** All that a person can read of a run, masks apart. */
export function everythingShown({ runner, failure }: Awaited<ReturnType<typeof runRotation>>): string {
  const shown = runner.effects.filter(([kind]) => !['mask', 'output', 'state', 'request'].includes(kind))
  return JSON.stringify([shown, failure])
}
