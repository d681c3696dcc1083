import { type Effect, fakeClock, fakeFiles, fixedRandom, recordingRunner } from './fakes.js'
import { PASSWORD, stopLater, USERS } from './fixture.js'
import { type Forge, type ForgeOptions, startForge } from './forge.js'
import type { FaultSource } from './homeserver/faults.js'
import { type Homeserver, type HomeserverOptions, startHomeserver } from './homeserver.js'
import { runUseCase } from './in-process.js'
import { findLeaks } from './runner/leaks.js'
import type { OutputLine } from './runner/process.js'

const SECRET = '/repos/octo/demo/actions/secrets/MATRIX_ACCESS_TOKEN'
const DAY_MS = 86_400_000

/** One rotation, and everything that it did, in order. */
export interface RecordedRotation {
  /** Requests among them, as the servers saw them: `homeserver POST /login`, `forge PUT /repos/…`. */
  readonly effects: readonly Effect[]
  /** The code of its failure; empty where it succeeded. */
  readonly failure: string
  readonly message: string
  readonly warnings: readonly string[]
  output(name: string): string
  /** Its post step, with the state that it saved. */
  post(): Promise<RecordedRotation>
}

/** A homeserver, a store of secrets, and rotations in the process of the tests whose effects are recorded. */
export interface RotationFixture {
  readonly server: Homeserver
  readonly forge: Forge
  stored(path?: string): string
  /** A rotation a day after the one before. @param inputs on top of a password login and the stored token */
  rotate(inputs?: Readonly<Record<string, string>>): Promise<RecordedRotation>
}

export async function setRotationFixture(
  options: HomeserverOptions = {},
  forgeOptions: ForgeOptions = {},
): Promise<RotationFixture> {
  let effects: Effect[] = []
  const watch = (name: string): FaultSource => ({
    take: (method, path) => {
      effects.push(['request', `${name} ${method} ${path.replace(/^\/_matrix\/client\/(v3|r0)/, '')}`])
      return undefined
    },
  })
  const server = stopLater(await startHomeserver({ users: USERS, ...options, gate: watch('homeserver') }))
  const forge = stopLater(await startForge({ ...forgeOptions, gate: watch('forge') }))
  let now = Date.UTC(2026, 0, 2, 3, 4, 5)

  const run = async (
    name: 'rotate' | 'login-post',
    inputs: Readonly<Record<string, string>>,
    state: Readonly<Record<string, string>>,
  ): Promise<RecordedRotation> => {
    const runner = recordingRunner({ inputs, state, environment: environmentOf(forge, forgeOptions) })
    effects = runner.effects
    const clock = fakeClock(now)
    const explanation = await runUseCase(name, {
      runner,
      clock,
      random: fixedRandom(),
      files: () => Promise.resolve(fakeFiles()),
    })
    refuseLeaks(runner.effects, [...server.secrets(), forge.token])
    return {
      effects: runner.effects,
      failure: explanation?.code ?? '',
      message: explanation?.message ?? '',
      warnings: runner.messages('warning'),
      output: (output) => runner.output(output) ?? '',
      post: () => run('login-post', inputs, stateOf(runner.effects)),
    }
  }
  return {
    server,
    forge,
    stored: (path = SECRET) => forge.secrets.get(path)?.value ?? '',
    rotate: (inputs = {}) => {
      now += DAY_MS
      const token = { 'current-token': forge.secrets.get(SECRET)?.value ?? '', 'store-token': forge.token }
      const login = { homeserver: server.url, user: 'bot', password: PASSWORD, 'store-in': 'repos/octo/demo' }
      return run('rotate', { ...login, ...token, 'max-wait': '0', ...inputs }, {})
    },
  }
}

function environmentOf(forge: Forge, { kind }: ForgeOptions): Record<string, string> {
  const variables = { GITHUB_REPOSITORY: 'octo/demo', GITHUB_API_URL: forge.url }
  return kind === 'forgejo' ? { ...variables, FORGEJO_ACTIONS: 'true' } : variables
}

function stateOf(effects: readonly Effect[]): Record<string, string> {
  return Object.fromEntries(
    effects.flatMap(([kind, name = '', value = '']) => (kind === 'state' ? [[name, value]] : [])),
  )
}

const SPOKEN = ['debug', 'info', 'notice', 'warning', 'fail', 'group']

/** The search that each run of a bundle goes through, over what was recorded. @throws Error that says where */
function refuseLeaks(effects: readonly Effect[], secrets: readonly string[]): void {
  const of = (kind: string) => effects.filter(([found]) => found === kind)
  const lines = effects
    .filter(([kind]) => SPOKEN.includes(kind))
    .flatMap(([, ...texts]) => texts.map((text): OutputLine => ({ stream: 'stdout', text })))
  const values = ['output', 'state', 'env'].flatMap((kind) =>
    of(kind).map(([, name = '', value = '']) => [`${kind} ${name}`, value] as const),
  )
  const leaks = findLeaks(
    {
      lines,
      ofScript: false,
      earlierMasks: [],
      masks: of('mask').map(([, secret = '']) => secret),
      rawSummary: of('summary').join('\n'),
      annotationTitles: [],
      fileValues: Object.fromEntries(values),
    },
    secrets,
  )
  if (leaks.length > 0) throw new Error(`The recorded run leaks: ${leaks.join('; ')}`)
}

/**
 * The effects that matter for the order, one word or two each: `mask the new token`, `save the new token`,
 * `save session open`, `POST /login`, `PUT …`, `output stored-in`. Masks of inputs are left out.
 */
export function orderOfRotation({ effects, output }: RecordedRotation): string[] {
  const token = output('access-token')
  return effects.flatMap(([kind, name = '', value = '']) => {
    if (kind === 'request') return [name]
    if (kind === 'mask') return name === token ? ['mask the new token'] : []
    if (kind === 'output') return [`output ${name}`]
    if (kind !== 'state' || value === '') return []
    return [name === 'session' ? `save session ${JSON.parse(value).phase}` : `save ${name}`]
  })
}
