import type { DeviceCode } from '../oauth/device-grant.js'
import type { Log } from '../runner/ports.js'

/** Tells the person which code to enter where, and what they get for it. */
export function showCode(log: Log, code: DeviceCode): void {
  const { userCode, verificationUri, verificationUriComplete, lifetimeMs } = code
  const shortcut = verificationUriComplete === undefined ? '' : `\nOr open ${verificationUriComplete}\n`
  const minutes = Math.max(1, Math.floor(lifetimeMs / 60_000))
  log.info(
    'This server offers OAuth only. Such a session needs more care than others: its access token ends in minutes, and the ' +
      'refresh token that renews it is used up each time, so it must be stored and rotated.\n\n' +
      `Open this address in a browser, on any machine:\n\n  ${verificationUri}\n\n` +
      `and enter this code, within ${minutes} min:\n\n  ${userCode}\n${shortcut}`,
  )
  log.info('Waiting…')
}
