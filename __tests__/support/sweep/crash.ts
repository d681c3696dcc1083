import { comparable, sparesReplaced } from './bounds.js'
import { claim } from './claim.js'
import type { CurrentToken, Queued, SweepHarness } from './harness.js'
import type { Death, Killer } from './kill.js'
import { recover } from './whole.js'

/** Rotations that are watched after a kill. */
const ROUNDS = 3

/** One case: a rotation that dies, perhaps several times in a row, and what comes after. */
export interface Crash {
  readonly killer: Killer
  /** How many rotations in a row die so. */
  readonly times: number
  /** Whether the runner goes on to the post step of each rotation. */
  readonly post: boolean
  readonly current: CurrentToken
  /** Which store the next rotation has its `current-token` from. */
  readonly reads: number
}

export interface CrashOutcome {
  readonly killed: boolean
  /** Whether the stores held different tokens. */
  readonly differed: boolean
  /** Sessions after the kill, and after each rotation that followed. */
  readonly sessions: readonly number[]
}

/** @throws Error that says which claim does not hold */
export async function crash(
  harness: SweepHarness,
  { killer, times, post, current, reads }: Crash,
): Promise<CrashOutcome> {
  const before = harness.sessions().length
  for (let time = 0; time < times; time += 1) {
    const queued = await harness.queue(harness.currentToken(current, reads))
    const killed = await dieOnce(harness, queued, killer, post)
    await queued.job.dispose()
    if (!killed) return { killed, differed: false, sessions: [] }
  }
  const differed = new Set(harness.tokens()).size > 1
  const sessions = harness.sessions().length
  const counts = [sessions, ...(await recover(harness, { reads, rounds: ROUNDS, post }))]
  return { killed: true, differed, sessions: comparable(harness.setting, counts, before) }
}

async function dieOnce(harness: SweepHarness, queued: Queued, killer: Killer, post: boolean): Promise<boolean> {
  const wasAlive = queued.current !== '' && (await harness.answers(queued.current))
  const before = { sessions: harness.sessions(), tokens: harness.tokens(), writes: harness.writes(), wasAlive }
  const death = await killer.kill(harness, queued)
  if (!death.killed) return false
  await claimUnharmed(harness, queued, before, 'after the kill')
  if (!post) return true
  await finish(harness, queued, before, death)
  await claimUnharmed(harness, queued, before, 'after the post step')
  return true
}

interface Before {
  readonly sessions: readonly string[]
  readonly tokens: readonly string[]
  readonly writes: number
  /** Whether `current-token` worked. */
  readonly wasAlive: boolean
}

/** The one rule, and what the mode promises about the token that is being replaced. */
async function claimUnharmed(harness: SweepHarness, { current }: Queued, before: Before, when: string): Promise<void> {
  await harness.claimStoredAlive(when)
  const fresh = harness.tokens().filter((token, index) => token !== before.tokens[index])
  claim(new Set(fresh).size <= 1, `${when}: the stores were given different tokens`)
  const gone = before.sessions.filter((session) => !harness.sessions().includes(session))
  if (fresh.length < before.tokens.length)
    claim(gone.length === 0, `${when}: ${gone.join()} ended before every target took the new token`)
  if (before.wasAlive && sparesReplaced(harness.setting))
    claim(await harness.answers(current), `${when}: the token that was to be replaced is dead`)
}

/** The post step ends the new session only if no write had been begun; what it cannot end then, it names. */
async function finish(harness: SweepHarness, { job }: Queued, before: Before, { result }: Death): Promise<void> {
  const left = harness.sessions()
  const [post] = await job.finish()
  claim(post?.outcome === 'success', 'the post step failed')
  const now = harness.sessions()
  if (harness.writes() > before.writes) {
    claim(now.join() === left.join(), 'the post step ended a session although a write had been begun')
    return
  }
  // Killed between the note that a write begins and the write.
  if (result.state['session']?.includes('"storing"') === true) return
  const warnings = post?.annotations.map(({ message }) => message).join('\n') ?? ''
  for (const session of now.filter((one) => !before.sessions.includes(one))) {
    // A token without a device has no name but itself, which no log may show.
    const name = harness.setting.credential.rule === 'adds' ? 'without a device' : session
    claim(warnings.includes(name), `the post step neither ended nor named ${name}`)
  }
}
