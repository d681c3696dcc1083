import { CREDENTIALS, KEPT_DEVICE_ROW, PASSWORD_ROW, PERSONAL_ROW } from './credentials.js'
import type { Setting } from './harness.js'

/** Every credential on every server that takes it, in every mode. */
export function allSettings(targets: number): Setting[] {
  return CREDENTIALS.flatMap((credential) =>
    credential.flavours.flatMap((flavour) =>
      credential.modes.map((mode): Setting => ({ credential, flavour, mode, targets, forge: 'github' })),
    ),
  )
}

/**
 * The same for the credentials that differ in how a rotation finds and ends what is older: devices, personal sessions, several
 * of them on one device.
 * A kept device is swept with one target here: several targets differ in the writes alone, which the other rows cover.
 * MATRIX_TEST_SWEEP=everything sweeps all of them here too, which takes an hour.
 */
export function distinctSettings(targets: number): Setting[] {
  const distinct = [PASSWORD_ROW, PERSONAL_ROW, ...(targets === 1 ? [KEPT_DEVICE_ROW] : [])]
  const isWide = process.env['MATRIX_TEST_SWEEP'] === 'everything'
  return allSettings(targets).filter(({ credential }) => isWide || distinct.includes(credential))
}

/** By password, on Synapse where nothing else is said. */
export function settingOf(changes: Partial<Setting>): Setting {
  return {
    credential: PASSWORD_ROW,
    flavour: 'synapse',
    mode: 'next-rotation',
    targets: 1,
    forge: 'github',
    ...changes,
  }
}

/** With a device that is kept, which Matrix Authentication Service alone can. */
export function keptDeviceSetting(changes: Partial<Setting> = {}): Setting {
  return settingOf({ credential: KEPT_DEVICE_ROW, flavour: 'mas', ...changes })
}

/** A setting in the name of a test. */
export function describeSetting({ credential, flavour, mode, targets, forge }: Setting): string {
  return `${credential.name} on ${flavour}, retire: ${mode}, ${targets === 1 ? 'one target' : `${targets} targets`}${
    forge === 'github' ? '' : ` of ${forge}`
  }`
}
