import { NetworkError } from '../http/exchange.js'
import type { MatrixClient } from '../matrix/client.js'
import { accountManagementUrl } from '../oauth/metadata.js'

/**
 * Tells the user where to end a session that could not be ended here. Not used by a login that fails.
 * @param deviceId device of the session; empty if it is not known
 * @param failure why the session could not be ended; after a network error no request is sent
 * @returns a sentence; never throws
 */
export async function whereToEnd(client: MatrixClient, deviceId: string, failure?: unknown): Promise<string> {
  if (failure instanceof NetworkError) return IN_A_CLIENT
  const url =
    deviceId === ''
      ? await accountManagementUrl(client, 'org.matrix.devices_list')
      : await accountManagementUrl(client, 'org.matrix.device_delete', deviceId)
  return url === undefined ? IN_A_CLIENT : `End it on the account page of the server: ${url}`
}

const IN_A_CLIENT = 'End it in the list of sessions of the account.'
