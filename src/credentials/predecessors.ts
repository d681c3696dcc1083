import { listDevices } from '../matrix/devices.js'
import { logout } from '../matrix/logout.js'
import type { Secret } from '../secret.js'
import type { Credential, OpeningContext, OpenSession, Predecessors } from './credential.js'
import { MissingPartError } from './ending.js'

/**
 * Devices, for credentials that can log in on any of them. One ends by `/logout` with its own token, else by logging in
 * on it and out again.
 */
export function devicePredecessors(
  open: Credential['open'],
  context: OpeningContext,
  session: OpenSession,
): Predecessors {
  return {
    list: () => listDevices(context.client, session.accessToken),
    end: async (deviceId, token) => {
      await logout(context.client, token ?? (await tokenOf(open, context, deviceId)))
    },
  }
}

async function tokenOf(open: Credential['open'], context: OpeningContext, deviceId: string): Promise<Secret> {
  const opened = await open({
    ...context,
    device: { ...context.device, deviceId },
    // Masked, but not saved: what the post step may end is the new session alone.
    sending: () => {},
    issued: ({ accessToken: token, refreshToken }) => {
      if (token !== undefined) context.mask(token)
      if (refreshToken !== undefined) context.mask(refreshToken)
    },
  })
  // A log-out would end whatever is on the device that the server chose instead, the stored token perhaps.
  if (opened.deviceId !== deviceId)
    throw new MissingPartError('the server logged in on another device than it was asked for')
  return opened.accessToken
}
