import type { LoginInputs } from '../inputs/login.js'
import type { Runner } from '../runner/ports.js'

/** Says which device the session gets, and what that means for other sessions. */
export function logDevice(
  runner: Runner,
  { credential, logout, deviceId: given }: LoginInputs,
  deviceId: string,
): void {
  if (credential.device === 'existing') {
    if (given !== '') runner.notice(`device-id has no effect: with ${credential.description} no device is chosen.`)
    return
  }
  runner.info(`Device: ${deviceId}`)
  if (logout === 'never') {
    runner.info(credential.device === 'login' ? STAYS : PERSONAL_STAYS)
  } else if (given !== '' && credential.device === 'login') {
    runner.notice(
      `The session on device ${deviceId} ends after the job (logout: ${logout}), and Synapse and Tuwunel end every token ` +
        'of that device with it. Leave device-id out to end nothing but this session.',
    )
  }
}

const STAYS =
  'The session stays (logout: never). Logging in on this device again ends the token of the run before on Matrix ' +
  'Authentication Service, Dendrite and the Conduit family; Synapse and Tuwunel keep every earlier token alive ' +
  'until a logout. Use logout: always if only this job needs the token, rotate if a deployment does, and a ' +
  'concurrency group if runs overlap.'

const PERSONAL_STAYS =
  'The session stays (logout: never), and earlier personal access tokens on this device are revoked. Use logout: always ' +
  'if only this job needs the token, rotate if a deployment does, and a concurrency group if runs overlap.'
