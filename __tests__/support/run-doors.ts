import { loginAction } from '../../src/actions/login.js'
import { loginPostAction } from '../../src/actions/login-post.js'
import { hideServerText } from '../../src/api/values.js'
import { explain } from '../../src/explain.js'
import type { HttpResponse, Transport, TransportError } from '../../src/http/transport.js'
import { CommandFileError } from '../../src/runner/ports.js'
import type { ActionPorts } from '../../src/session/connect.js'
import { type Effect, fakeClock, fakeFiles, fixedRandom, json, recordingRunner } from './fakes.js'

/** What a server answers, by the first pattern that fits `POST /login`; 200 `{}` to anything else. */
export type Answers = readonly (readonly [RegExp, HttpResponse | TransportError])[]

/** A file of the runner that can no longer be written to, once a request fits. */
export interface BrokenFile {
  readonly variable: 'GITHUB_OUTPUT' | 'GITHUB_ENV' | 'GITHUB_STATE'
  readonly after: RegExp
}

type Values = Readonly<Record<string, string>>

export interface DoorRun {
  readonly effects: readonly Effect[]
  /** `POST https://…/login`, in order. */
  readonly requests: readonly string[]
  /** Everything that was sent, bodies and headers, as text. */
  readonly sent: string
  readonly failure: ReturnType<typeof explain> | undefined
  readonly state: Values
  output(name: string): string
  said(kind: string): readonly string[]
}

/** A login whose every answer the test chooses, whatever it asks for. */
export function runDoor(inputs: Values, answers: Answers, broken?: BrokenFile, environment: Values = {}) {
  return run(
    loginAction,
    { inputs, environment: { GITHUB_REPOSITORY: 'octo/demo', GITHUB_ENV: '/env', ...environment } },
    answers,
    broken,
  )
}

/** Its post step, which finds the state and the inputs, and nothing else. */
export function runDoorPost(state: Values, answers: Answers, inputs: Values = {}): Promise<DoorRun> {
  return run(loginPostAction, { state, inputs }, answers)
}

async function run(
  action: (ports: ActionPorts) => Promise<void>,
  options: Parameters<typeof recordingRunner>[0],
  answers: Answers,
  broken?: BrokenFile,
): Promise<DoorRun> {
  // A post step hides it until its process ends, which is the process of the tests here.
  hideServerText(false)
  const recorder = recordingRunner(options)
  const requests: string[] = []
  const sent: string[] = []
  const transport: Transport = (request) => {
    const line = `${request.method} ${request.url}`
    requests.push(line)
    sent.push(JSON.stringify(request))
    recorder.effects.push(['request', line])
    const answer = answers.find(([pattern]) => pattern.test(line))?.[1] ?? json(200, {})
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer)
  }
  const write =
    (variable: BrokenFile['variable'], record: (name: string, value: string) => void) =>
    (name: string, value: string) => {
      const isBroken = broken?.variable === variable && requests.some((line) => broken.after.test(line))
      if (isBroken) throw new CommandFileError(variable, 'ENOSPC: no space left on device')
      record(name, value)
    }
  const runner = {
    ...recorder,
    setOutput: write('GITHUB_OUTPUT', recorder.setOutput),
    exportVariable: write('GITHUB_ENV', recorder.exportVariable),
    saveState: write('GITHUB_STATE', recorder.saveState),
  }
  const clock = fakeClock()
  let failure: DoorRun['failure']
  try {
    await action({
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
  const { effects } = recorder
  return {
    effects,
    requests,
    sent: sent.join('\n'),
    failure,
    state: Object.fromEntries(
      effects.flatMap(([kind, name = '', value = '']) => (kind === 'state' ? [[name, value]] : [])),
    ),
    output: (name) => recorder.output(name) ?? '',
    said: (kind) => recorder.messages(kind),
  }
}

/** An answer whose body is this very text. */
export function rawJson(body: string): HttpResponse {
  return { status: 200, headers: { 'content-type': 'application/json' }, body: new TextEncoder().encode(body) }
}
