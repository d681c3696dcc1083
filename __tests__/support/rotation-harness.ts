import { PASSWORD, stopLater, USERS } from './fixture.js'
import { type Forge, type ForgeKind, type ForgeOptions, startForge } from './forge.js'
import { ALL_FLAVOURS, type Homeserver, type HomeserverOptions, startHomeserver } from './homeserver.js'
import { createJob, type Job, type StepResult } from './runner.js'

const SECRET = '/repos/octo/demo/actions/secrets/MATRIX_ACCESS_TOKEN'
export const FLAVOURS = ALL_FLAVOURS.filter((flavour) => flavour !== 'oauth-only')
export const MODES = ['next-rotation', 'now', 'never'] as const
export type Mode = (typeof MODES)[number]

/** What the runners of each forge set. Forgejo's sets both. */
const RUNNER_MARKS: Readonly<Record<ForgeKind, Readonly<Record<string, string>>>> = {
  github: {},
  gitea: { GITEA_ACTIONS: 'true' },
  forgejo: { FORGEJO_ACTIONS: 'true', GITEA_ACTIONS: 'true' },
}

/** A homeserver, a store of secrets, and rotations between them. */
export interface Harness {
  readonly server: Homeserver
  readonly forge: Forge
  /** A job as it is queued now: it gets the secret as it stands now. */
  queue(): Promise<{ job: Job; stored: string }>
  /** One rotation in a job of its own, with its post step. */
  rotate(inputs?: Readonly<Record<string, string>>, stored?: string): Promise<StepResult>
  /** What stands in the store. */
  stored(path?: string): string
}

export async function setHarness(server: HomeserverOptions = {}, options: ForgeOptions = {}): Promise<Harness> {
  const homeserver = stopLater(await startHomeserver({ users: USERS, ...server }))
  const forge = stopLater(await startForge(options))
  const stored = (path = SECRET) => forge.secrets.get(path)?.value ?? ''
  const queue = async () => {
    const job = await createJob({
      secrets: () => [...homeserver.secrets(), forge.token],
      github: { api_url: forge.url },
      env: RUNNER_MARKS[options.kind ?? 'github'],
    })
    stopLater({ stop: () => job.dispose() })
    return { job, stored: stored() }
  }
  const rotate = async (inputs: Readonly<Record<string, string>> = {}, current = stored()) => {
    const { job } = await queue()
    const result = await job.runAction(
      'rotate',
      rotateInputs(homeserver, forge, { 'current-token': current, ...inputs }),
    )
    await job.finish()
    return result
  }
  return { server: homeserver, forge, queue, rotate, stored }
}

function rotateInputs(
  server: Homeserver,
  forge: Forge,
  inputs: Readonly<Record<string, string>>,
): Record<string, string> {
  return { homeserver: server.url, user: 'bot', password: PASSWORD, 'store-token': forge.token, ...inputs }
}
