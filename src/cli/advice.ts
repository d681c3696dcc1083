import { ServerText } from '../api/values.js'
import type { ActiveSession } from '../credentials/kind.js'
import type { DeviceCode } from '../oauth/device-grant.js'
import type { Log } from '../runner/ports.js'
import type { Delivery } from './delivery.js'

/** Prints advice about a session that was just delivered. */
export function adviseAfterLogin(log: Log, session: ActiveSession, delivery: Delivery): void {
  const { teardown, homeserverUrl } = session
  if (teardown.kind === 'revocation') {
    adviseRotation(log, session, teardown.clientId, delivery)
  } else {
    log.info(
      'It belongs to no browser, and no log-out in Element ends it. To end it: ' +
        `matrix-access-token logout --homeserver ${homeserverUrl}`,
    )
  }
}

/** Shows the workflow that renews the session. The client ID is not secret. */
function adviseRotation(log: Log, { homeserverUrl }: ActiveSession, clientId: string, delivery: Delivery): void {
  const names = { secretName: 'MATRIX_ACCESS_TOKEN', refreshSecretName: 'MATRIX_REFRESH_TOKEN' }
  const { secretName, refreshSecretName } = delivery.to === 'stores' ? delivery : names
  const kept = delivery.to === 'stores' ? 'is stored as' : 'must be stored, for example as'
  log.info(
    `This is an OAuth session. Its refresh token ${kept} ${refreshSecretName}. Let a scheduled workflow renew it with the ` +
      'action rotate, which needs:\n\n' +
      `  homeserver: ${homeserverUrl}\n` +
      `  refresh-token: \${{ secrets.${refreshSecretName} }}\n` +
      `  oauth-client-id: ${new ServerText(clientId)}\n` +
      `  secret-name: ${secretName}\n` +
      `  refresh-secret-name: ${refreshSecretName}\n\n` +
      'The stored refresh token must be used by nothing else. The session ends on the account page of the server.',
  )
}

/** Prints the code, the address to enter it at, and what the user receives. */
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
