import { createHash } from 'node:crypto'
import { Failure } from '../failures.js'
import type { TokenOwner } from '../matrix/account.js'
import type { Log } from '../runner/ports.js'
import { forgePart } from './device-id.js'

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
/** 62⁷ milliseconds reach to the year 2081. */
const TIME_LENGTH = 7
const RANDOM_LENGTH = 3

export const RETIRE_MODES = ['next-rotation', 'now', 'never'] as const
/** When the replaced token stops working. */
export type RetireMode = (typeof RETIRE_MODES)[number]

/** The base that the devices of one stored secret share: rotations of different secrets never touch each other's. */
export function deviceBase(homeserverUrl: string, forge: string, repository: string, secretName: string): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([homeserverUrl, repository, secretName.toUpperCase(), ...forgePart(forge)]))
    .digest()
  return `GHA-${[...hash.subarray(0, 12)].map((byte) => BASE32.charAt(byte % 32)).join('')}`
}

/** A device for one rotation: the base, the time, and chance. Devices of one base sort by age, in ASCII order. */
export function rotationDeviceId(base: string, now: number, bytes: (count: number) => Uint8Array): string {
  let time = ''
  for (let rest = Math.floor(now); time.length < TIME_LENGTH; rest = Math.floor(rest / 62)) {
    time = DIGITS.charAt(rest % 62) + time
  }
  const random = [...bytes(RANDOM_LENGTH)].map((byte) => DIGITS.charAt(byte % 62)).join('')
  return `${base}-${time}${random}`
}

/** A base that {@link deviceBase} derived: no person chooses such a name. */
const DERIVED_BASE = /^GHA-[A-Z2-7]{12}$/

/**
 * Whether a device was made by a rotation of this base. With a base that a person chose, `bot` for example, ten letters are
 * not enough: `bot-Production` is a device of its own, so the time in the name must be one at which rotations existed.
 */
export function isOfBase(deviceId: string, base: string): boolean {
  const rest = deviceId.slice(base.length + 1)
  const hasForm =
    deviceId.startsWith(`${base}-`) && rest.length === TIME_LENGTH + RANDOM_LENGTH && /^[0-9A-Za-z]+$/.test(rest)
  return hasForm && (DERIVED_BASE.test(base) || timeIn(rest.slice(0, TIME_LENGTH)) >= EARLIEST)
}

/** Reads a time in base 62, in milliseconds since 1970. */
function timeIn(digits: string): number {
  return [...digits].reduce((sum, digit) => sum * 62 + DIGITS.indexOf(digit), 0)
}

/** The first rotations ran in 2026: an earlier time is a coincidence. In milliseconds since 1970. */
const EARLIEST = Date.UTC(2026, 0, 1)

/** When a rotation made this device, in milliseconds since 1970; `undefined` for any other device. */
export function rotationTime(deviceId: string, now: number): number | undefined {
  const [, digits] = /-([0-9A-Za-z]{7})[0-9A-Za-z]{3}$/.exec(deviceId) ?? []
  if (digits === undefined) return undefined
  const time = timeIn(digits)
  return time >= EARLIEST && time <= now + CLOCK_DIFFERENCE_MS ? time : undefined
}

/** The clocks of two runners may differ by this much, in milliseconds. */
const CLOCK_DIFFERENCE_MS = 24 * 60 * 60_000

/** What there is when it is time to retire. */
export interface Retirement {
  readonly mode: RetireMode
  readonly base: string
  /** Names of all sessions or devices of the account. */
  readonly names: readonly string[]
  /** The name that this rotation asked for, never one that a server named instead. */
  readonly newName: string
  /** Name of the session of `current-token`, if it is active and has one. */
  readonly currentName: string | undefined
}

/**
 * Which sessions end now: those of this base that are older than the new one, and no others. `next-rotation` leaves the
 * newest of them and that of `current-token` (in the usual case the same), because runs that are queued already have read
 * the old secret. `now` ends that of `current-token` even if it sorts later. A newer device belongs to a rotation that
 * runs beside this one, and may be the stored one.
 */
export function planRetirement({ mode, base, names, newName, currentName }: Retirement): readonly string[] {
  if (mode === 'never') return []
  // A name that a server lists twice must not make the newest one look like an older one.
  const older = [...new Set(names)].filter((name) => isOfBase(name, base) && name < newName).sort()
  if (mode === 'next-rotation') return older.slice(0, -1).filter((name) => name !== currentName)
  const isLater = currentName !== undefined && isOfBase(currentName, base) && !older.includes(currentName)
  return isLater && currentName !== newName ? [...older, currentName] : older
}

/**
 * Reads from the device ID when `rotate` issued a token, and compares its age.
 * @param maxAgeMs `max-age` in milliseconds; `undefined` where it is not set
 * @param now milliseconds since 1970
 * @returns milliseconds since 1970; `undefined` for a device that `rotate` did not make
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
