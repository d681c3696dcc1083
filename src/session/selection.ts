import type { ServerText } from '../api/values.js'
import { rotationTime } from './rotation.js'

/** A session in a list of the server. */
export interface ListedSession {
  /** Absent for a session without a device. */
  readonly deviceId?: ServerText
  readonly displayName?: ServerText
  /** Milliseconds since 1970; absent for a session that was never used or if the server does not know. */
  readonly lastSeenAt?: number
}

/** The part of this project that opened a session. */
export type Maker = 'rotate' | 'login' | 'command'

/** Which sessions to select. */
export interface SessionFilter {
  /** Milliseconds since a session was last seen; `undefined`: any. */
  readonly olderThanMs: number | undefined
  /** Pattern for the whole name, with `*` and `?`; `undefined`: any. */
  readonly name: string | undefined
  /** How many of the newest matching sessions are kept. */
  readonly keep: number
}

/** Why a session that matches the filters is not ended. */
export type Reprieve = 'in use' | 'rotate' | 'kept'

/** A session that matches the filters. */
export interface SelectedSession<Session extends ListedSession> {
  readonly session: Session
  readonly maker: Maker | undefined
  /** Absent: the session is selected to be ended. */
  readonly reprieve?: Reprieve
}

/** Further facts for the selection. */
export interface SelectionContext {
  /** Devices of the sessions in use; they are never selected. */
  readonly devicesInUse: readonly string[]
  /** Milliseconds since 1970. */
  readonly now: number
}

/**
 * Selects the sessions to end, newest first. Never selects the session in use, or one that `rotate` opened: its token
 * may be stored, and `rotate` ends it when it is replaced.
 */
export function selectSessions<Session extends ListedSession>(
  sessions: readonly Session[],
  filter: SessionFilter,
  context: SelectionContext,
): readonly SelectedSession<Session>[] {
  let kept = 0
  return sessions
    .filter((session) => matches(session, filter, context.now))
    .sort(newestFirst)
    .map((session) => {
      const maker = makerOf(session, context.now)
      if (isInUse(session, context)) return { session, maker, reprieve: 'in use' }
      if (maker === 'rotate') return { session, maker, reprieve: 'rotate' }
      kept += 1
      return kept <= filter.keep ? { session, maker, reprieve: 'kept' } : { session, maker }
    })
}

function isInUse({ deviceId }: ListedSession, { devicesInUse }: SelectionContext): boolean {
  return deviceId !== undefined && devicesInUse.includes(deviceId.raw)
}

function matches({ lastSeenAt, displayName }: ListedSession, filter: SessionFilter, now: number): boolean {
  const { olderThanMs, name: pattern } = filter
  const isOld = olderThanMs === undefined || lastSeenAt === undefined || now - lastSeenAt > olderThanMs
  return isOld && (pattern === undefined || matchesGlob(displayName?.raw ?? '', pattern))
}

/** Compares by last use. Sessions that were never used come last; equal times sort by device ID, for a stable order. */
function newestFirst(a: ListedSession, b: ListedSession): number {
  const byTime = (b.lastSeenAt ?? 0) - (a.lastSeenAt ?? 0)
  if (byTime !== 0) return byTime
  return (a.deviceId?.raw ?? '') < (b.deviceId?.raw ?? '') ? -1 : 1
}

/** Device IDs of `login` and of this command: see device-id.ts. */
const OWN_DEVICE = /^(GHA|MAT)-[A-Z2-7]{12}$/
/** Device IDs of `rotate` without the input `device-id`: see rotation.ts. */
const ROTATED_DEVICE = /^GHA-[A-Z2-7]{12}-[0-9A-Za-z]{10}$/

/**
 * Returns which part of this project opened a session: by its device ID, or by its name (personal sessions of
 * `rotate`).
 */
export function makerOf({ deviceId, displayName }: ListedSession, now: number): Maker | undefined {
  const device = deviceId?.raw ?? ''
  const isRotated = (text: string) => ROTATED_DEVICE.test(text) || rotationTime(text, now) !== undefined
  if (isRotated(device) || isRotated(displayName?.raw ?? '')) return 'rotate'
  const prefix = OWN_DEVICE.exec(device)?.[1]
  if (prefix === undefined) return undefined
  return prefix === 'GHA' ? 'login' : 'command'
}

/**
 * Matches a whole text against a pattern: `*` matches any number of characters, `?` matches one. Does not use a regular
 * expression, because the server chooses the text and several `*` could take exponential time.
 */
export function matchesGlob(text: string, pattern: string): boolean {
  const [characters, wanted] = [[...text], [...pattern]]
  let [at, next, star, retryAt] = [0, 0, -1, 0]
  while (at < characters.length) {
    if (wanted[next] === '*') {
      star = next
      retryAt = at
      next += 1
    } else if (wanted[next] === '?' || wanted[next] === characters[at]) {
      next += 1
      at += 1
    } else if (star !== -1) {
      retryAt += 1
      at = retryAt
      next = star + 1
    } else {
      return false
    }
  }
  return wanted.slice(next).every((character) => character === '*')
}
