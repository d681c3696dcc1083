import { listDevices } from '../matrix/devices.js'
import { logout } from '../matrix/logout.js'
import type { Secret } from '../secret.js'
import type { Credential, OpeningContext, OpenSession, Predecessors } from './credential.js'

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
  const { accessToken } = await open({
    ...context,
    device: { ...context.device, deviceId },
    // Masked, but not saved: what the post step may end is the new session alone.
    sending: () => {},
    issued: ({ accessToken: token, refreshToken }) => {
      if (token !== undefined) context.mask(token)
      if (refreshToken !== undefined) context.mask(refreshToken)
    },
  })
  return accessToken
}
