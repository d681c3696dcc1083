import { createHash } from 'node:crypto'

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
/** 62⁷ milliseconds reach to the year 2081. */
const TIME_LENGTH = 7
const RANDOM_LENGTH = 3

export const RETIRE_MODES = ['next-rotation', 'now', 'never'] as const
/** When the replaced token stops working. */
export type RetireMode = (typeof RETIRE_MODES)[number]

/** The base that the devices of one stored secret share: rotations of different secrets never touch each other's. */
export function deviceBase(homeserverUrl: string, repository: string, secretName: string): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([homeserverUrl, repository, secretName.toUpperCase()]))
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

/** Whether a device was made by a rotation of this base. */
export function isOfBase(deviceId: string, base: string): boolean {
  const rest = deviceId.slice(base.length + 1)
  return deviceId.startsWith(`${base}-`) && rest.length === TIME_LENGTH + RANDOM_LENGTH && /^[0-9A-Za-z]+$/.test(rest)
}

/** What there is when it is time to retire. */
export interface Retirement {
  readonly mode: RetireMode
  readonly base: string
  readonly devices: readonly string[]
  readonly newDevice: string
  /** Device of `current-token`, if it is alive and has one. */
  readonly currentDevice: string | undefined
}

/**
 * Which devices end now: those of this base that are older than the new one, and no others. `next-rotation` leaves the
 * newest of them and that of `current-token` (in the usual case the same), because runs that are queued already have read
 * the old secret. `now` ends that of `current-token` even if it sorts later. A newer device belongs to a rotation that
 * runs beside this one, and may be the stored one.
 */
export function planRetirement({ mode, base, devices, newDevice, currentDevice }: Retirement): readonly string[] {
  // A server that chose another device than it was asked for tells nothing of what is older.
  if (mode === 'never' || !isOfBase(newDevice, base)) return []
  const older = devices.filter((device) => isOfBase(device, base) && device < newDevice).sort()
  if (mode === 'next-rotation') return older.slice(0, -1).filter((device) => device !== currentDevice)
  const isLater = currentDevice !== undefined && isOfBase(currentDevice, base) && !older.includes(currentDevice)
  return isLater && currentDevice !== newDevice ? [...older, currentDevice] : older
}
