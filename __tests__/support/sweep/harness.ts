import { USERS } from '../fixture.js'
import { type Forge, startForge } from '../forge.js'
import { Gate, type Stop, type Watch } from '../gate.js'
import { type Flavour, type Homeserver, startHomeserver } from '../homeserver.js'
import type { Mode } from '../rotation-harness.js'
import { createJob, type Job, type RunningStep, type StepOptions, type StepResult } from '../runner.js'
import { claim } from './claim.js'
import type { SweptCredential } from './credentials.js'

/** One line of the table of results: everything that a sweep varies but the moment. */
export interface Setting {
  readonly credential: SweptCredential
  readonly flavour: Flavour
  readonly mode: Mode
  /** How many. */
  readonly targets: number
  readonly forge: 'github' | 'forgejo'
}

/** Lines of `store-in`, and where the secret stands then. */
const TARGETS = {
  github: [
    ['repos/octo/demo', '/repos/octo/demo/actions/secrets/MATRIX_ACCESS_TOKEN'],
    ['repos/octo/demo/environments/prod', '/repos/octo/demo/environments/prod/secrets/MATRIX_ACCESS_TOKEN'],
    ['dependabot:repos/octo/demo', '/repos/octo/demo/dependabot/secrets/MATRIX_ACCESS_TOKEN'],
  ],
  forgejo: [
    ['repos/octo/demo', '/repos/octo/demo/actions/secrets/MATRIX_ACCESS_TOKEN'],
    ['orgs/octo', '/orgs/octo/actions/secrets/MATRIX_ACCESS_TOKEN'],
  ],
} as const

/** What `current-token` is: the stored token, the one that it replaced (a run that waited long), or nothing (misspelt). */
export type CurrentToken = 'stored' | 'stale' | 'empty'

/** A rotation that has been queued: `current` is what the secret held then. */
export interface Queued {
  readonly current: string
  readonly job: Job
  start(step?: StepOptions): RunningStep
}

/** A homeserver and a forge that share a gate, and rotations between them. */
export class SweepHarness {
  readonly setting: Setting
  readonly gate: Gate
  readonly server: Homeserver
  readonly forge: Forge
  /** What the last whole rotation replaced. */
  #replaced = ''

  static async set(setting: Setting): Promise<SweepHarness> {
    const gate = new Gate()
    const { credential, flavour, forge } = setting
    const server = await startHomeserver({ users: USERS, ...credential.server, flavour, gate })
    return new SweepHarness(setting, gate, server, await startForge({ kind: forge, gate }))
  }

  private constructor(setting: Setting, gate: Gate, server: Homeserver, forge: Forge) {
    this.setting = setting
    this.gate = gate
    this.server = server
    this.forge = forge
  }

  async stop(): Promise<void> {
    await this.server.stop()
    await this.forge.stop()
  }

  /** What stands in each store, in the order of the targets; empty where nothing does. */
  tokens(): readonly string[] {
    return this.targets().map(({ path }) => this.forge.secrets.get(path)?.value ?? '')
  }

  /** Every session that lives, by name. */
  sessions(): readonly string[] {
    return this.setting.credential.sessions(this.server)
  }

  /** How many writes have reached the forge, whatever became of them. */
  writes(): number {
    return this.forge.requests.filter(({ method }) => method === 'PUT').length
  }

  /** @param reads which store */
  currentToken(kind: CurrentToken, reads: number): string {
    if (kind === 'stored') return this.tokens()[reads] ?? ''
    return kind === 'stale' ? this.#replaced : ''
  }

  /** @param current is what stands in the first store, unless it is given */
  async queue(current = this.tokens()[0] ?? '', more: Readonly<Record<string, string>> = {}): Promise<Queued> {
    const { credential, mode, forge } = this.setting
    const job = await createJob({
      secrets: () => [...this.server.secrets(), this.forge.token],
      github: { api_url: this.forge.url },
      env: forge === 'forgejo' ? { FORGEJO_ACTIONS: 'true' } : {},
    })
    const inputs = {
      homeserver: this.server.url,
      ...credential.inputs(this),
      'current-token': current,
      'store-token': this.forge.token,
      'store-in': this.targets()
        .map(({ line }) => line)
        .join('\n'),
      retire: mode,
      ...more,
    }
    return { current, job, start: (step) => job.startAction('rotate', inputs, step) }
  }

  /** One rotation that nothing disturbs, with its post step where that is run. */
  async rotate({ current, post }: { readonly current?: string; readonly post: boolean }): Promise<StepResult> {
    const stood = this.tokens()[0] ?? ''
    const queued = await this.queue(current)
    const result = await queued.start().result
    if (stood !== this.tokens()[0]) this.#replaced = stood
    this.#claimNoComplaint('after a rotation')
    if (post) await queued.job.finish()
    await queued.job.dispose()
    return result
  }

  /** Starts a rotation, and waits until it stands still; it ends without that where it makes no such request. */
  async startUntil(
    stop: Stop,
    queued: Queued,
  ): Promise<{ readonly running: RunningStep; readonly watch: Watch; readonly stopped: boolean }> {
    const watch = this.gate.arm(stop)
    const running = queued.start()
    const stopped = await Promise.race([watch.reached.then(() => true), running.result.then(() => false)])
    this.gate.disarm()
    return { running, watch, stopped }
  }

  /** The requests that a whole rotation makes, as things stand. */
  async requestsOfRotation(current: string): Promise<readonly string[]> {
    const { requests } = this.gate.arm()
    const { outcome } = await this.rotate({ current, post: false })
    this.gate.disarm()
    claim(outcome === 'success', 'the rotation that was to be counted failed')
    return requests
  }

  /** Whether a token answers, asked as any client would ask. */
  async answers(token: string): Promise<boolean> {
    for (const version of ['v3', 'r0']) {
      const response = await fetch(`${this.server.url}/_matrix/client/${version}/account/whoami`, {
        headers: { authorization: `Bearer ${token}` },
      })
      if (response.status !== 404) return response.status === 200
    }
    return false
  }

  /** The claim that everything is about. */
  async claimStoredAlive(when: string): Promise<void> {
    for (const [index, token] of this.tokens().entries()) {
      // Before the first rotation has written there is nothing.
      if (token !== '') claim(await this.answers(token), `${when}: the token in store ${index + 1} is dead`)
    }
    this.#claimNoComplaint(when)
  }

  #claimNoComplaint(when: string): void {
    if (this.tokens().every((token) => token === '')) return
    const complaint = this.setting.credential.complaint?.(this.server)
    claim(complaint === undefined, `${when}: ${complaint}`)
  }

  targets(): readonly { readonly line: string; readonly path: string }[] {
    return TARGETS[this.setting.forge].slice(0, this.setting.targets).map(([line, path]) => ({ line, path }))
  }
}
