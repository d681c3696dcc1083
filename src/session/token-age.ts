import { Failure } from '../failures.js'
import type { TokenOwner } from '../matrix/account.js'
import type { Log } from '../runner/ports.js'
import { rotationTime } from './rotation.js'

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
