import { createHash } from 'node:crypto'
import { Failure } from '../failures.js'
import type { TokenOwner } from '../matrix/account.js'
import type { Log } from '../runner/ports.js'
import { forgePart } from './device-id.js'

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
/** 62⁷ milliseconds: sufficient until the year 2081. */
const TIME_LENGTH = 7
const RANDOM_LENGTH = 3

export const RETIRE_MODES = ['next-rotation', 'now', 'never'] as const
/** When the replaced token is invalidated. */
export type RetireMode = (typeof RETIRE_MODES)[number]

/** Returns the common prefix of all devices of one stored secret. Another secret has another prefix. */
export function deviceBase(homeserverUrl: string, forge: string, repository: string, secretName: string): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([homeserverUrl, repository, secretName.toUpperCase(), ...forgePart(forge)]))
    .digest()
  return `GHA-${[...hash.subarray(0, 12)].map((byte) => BASE32.charAt(byte % 32)).join('')}`
}

/** Creates the device ID of one rotation: base, time, and random characters. IDs of one base sort by age (ASCII). */
export function rotationDeviceId(base: string, now: number, bytes: (count: number) => Uint8Array): string {
  let time = ''
  for (let rest = Math.floor(now); time.length < TIME_LENGTH; rest = Math.floor(rest / 62)) {
    time = DIGITS.charAt(rest % 62) + time
  }
  const random = [...bytes(RANDOM_LENGTH)].map((byte) => DIGITS.charAt(byte % 62)).join('')
  return `${base}-${time}${random}`
}

/** A base that {@link deviceBase} derived; users do not choose such names. */
const DERIVED_BASE = /^GHA-[A-Z2-7]{12}$/

/**
 * Returns whether a rotation of this base created a device. With a user-defined base such as `bot`, ten letters are not
 * sufficient: `bot-Production` is a separate device. So the time in the name must be one at which rotations existed.
 */
export function isOfBase(deviceId: string, base: string): boolean {
  const rest = deviceId.slice(base.length + 1)
  const hasForm =
    deviceId.startsWith(`${base}-`) && rest.length === TIME_LENGTH + RANDOM_LENGTH && /^[0-9A-Za-z]+$/.test(rest)
  return hasForm && (DERIVED_BASE.test(base) || timeIn(rest.slice(0, TIME_LENGTH)) >= EARLIEST)
}

/** Reads a time in base 62. @returns milliseconds since 1970 */
function timeIn(digits: string): number {
  return [...digits].reduce((sum, digit) => sum * 62 + DIGITS.indexOf(digit), 0)
}

/** The time of the first rotations, in milliseconds since 1970: an earlier time in a name is a coincidence. */
const EARLIEST = Date.UTC(2026, 0, 1)

/** Returns when a rotation created this device, in milliseconds since 1970; `undefined` for any other device. */
export function rotationTime(deviceId: string, now: number): number | undefined {
  const [, digits] = /-([0-9A-Za-z]{7})[0-9A-Za-z]{3}$/.exec(deviceId) ?? []
  if (digits === undefined) return undefined
  const time = timeIn(digits)
  return time >= EARLIEST && time <= now + CLOCK_DIFFERENCE_MS ? time : undefined
}

/** Maximum clock difference between two runners, in milliseconds. */
const CLOCK_DIFFERENCE_MS = 24 * 60 * 60_000

/** The state for a retirement decision. */
export interface Retirement {
  readonly mode: RetireMode
  readonly base: string
  /** Names of all sessions or devices of the account. */
  readonly names: readonly string[]
  /** The name that this rotation requested, never one from the server. */
  readonly newName: string
  /** Name of the session of `current-token`, if it is active and has one. */
  readonly currentName: string | undefined
}

/**
 * Selects the sessions to end: those of this base that are older than the new one, and no others. `next-rotation` keeps
 * the newest of them and that of `current-token` (usually the same), because queued runs have already read the old
 * secret. `now` ends that of `current-token` even if it sorts later. A newer device belongs to a concurrent rotation,
 * and may hold the stored token.
 */
export function planRetirement({ mode, base, names, newName, currentName }: Retirement): readonly string[] {
  if (mode === 'never') return []
  // A duplicate name must not make the newest session look like an older one.
  const older = [...new Set(names)].filter((name) => isOfBase(name, base) && name < newName).sort()
  if (mode === 'next-rotation') return older.slice(0, -1).filter((name) => name !== currentName)
  const isLater = currentName !== undefined && isOfBase(currentName, base) && !older.includes(currentName)
  return isLater && currentName !== newName ? [...older, currentName] : older
}

/**
 * Checks the age of a token, from the time in its device ID.
 * @param maxAgeMs `max-age` in milliseconds; `undefined` if it is not set
 * @param now milliseconds since 1970
 * @returns the time of issue in milliseconds since 1970; `undefined` for a device that `rotate` did not create
 * @throws Failure `token-too-old`
 */
export function checkTokenAge(
  { userId, deviceId }: TokenOwner,
  maxAgeMs: number | undefined,
  now: number,
  log: Pick<Log, 'warning'>,
): number | undefined {
  const rotatedAt = rotationTime(deviceId?.raw ?? '', now)
  if (maxAgeMs === undefined) return rotatedAt
  if (rotatedAt === undefined) {
    log.warning('The age of the token is not known: its device was not made by `rotate`. `max-age` was not checked.')
  } else if (now - rotatedAt > maxAgeMs) {
    const days = ((now - rotatedAt) / 86_400_000).toFixed(1)
    throw new Failure(
      'token-too-old',
      `The token of ${userId} was rotated at ${new Date(rotatedAt).toISOString()}, ${days} days ago.`,
      'Run the workflow that rotates it. GitHub stops schedules after 60 days without a commit.',
    )
  }
  return rotatedAt
}
