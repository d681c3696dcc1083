import { joinServerTexts } from '../../api/values.js'
import { deviceCodeCredential } from '../../credentials/device-code.js'
import { loginToken } from '../../credentials/login-token.js'
import { Failure } from '../../failures.js'
import { fetchLoginFlows, hasOAuth } from '../../matrix/capabilities.js'
import type { MatrixClient } from '../../matrix/client.js'
import { connect, withWaitBudget } from '../../session/connect.js'
import { adviseAfterLogin, showCode } from '../advice.js'
import { readSessionOptions } from '../arguments.js'
import { checkDelivery, credentialReader, type Lifespan, planDelivery } from '../delivery.js'
import { logIn } from '../log-in.js'
import { type BrowserChoice, loginInBrowser } from '../sso/login-in-browser.js'
import type { CommandPorts } from '../terminal.js'

/** Opens a session for a user who logs in with a browser: by single sign-on, or by a code (OAuth only). */
export async function browserLogin(ports: CommandPorts): Promise<void> {
  const { log } = ports
  const options = readSessionOptions(ports)
  const api = withWaitBudget(ports, options.maxWaitMs)
  const delivery = await planDelivery(ports, api, options)
  const client = await connect(ports, options, api)
  const way = await chooseWay(client)
  checkDelivery(delivery, LIFESPANS[way])
  const credential =
    way === 'code' ? deviceCodeCredential((code) => showCode(log, code)) : await ssoCredential(ports, client)
  const session = await logIn(ports, { credential, client, options, delivery })
  adviseAfterLogin(log, session, delivery)
}

type Way = 'single-sign-on' | 'code'

/** A login token is exchanged for a session without expiry, also on Matrix Authentication Service. */
const LIFESPANS: Readonly<Record<Way, Lifespan>> = { 'single-sign-on': 'lasting', code: 'short' }

/** Prefers single sign-on, because its access tokens do not expire. */
async function chooseWay(client: MatrixClient): Promise<Way> {
  const flows = await fetchLoginFlows(client)
  if (flows === undefined) return 'code'
  if (flows.includes('m.login.sso')) return 'single-sign-on'
  if (await hasOAuth(client)) return 'code'
  const offered = flows.length === 0 ? 'nothing' : joinServerTexts(flows)
  throw new Failure(
    'method-unavailable',
    `${client.baseUrl} has no login in a browser; it offers: ${offered}.`,
    flows.includes('m.login.password') ? 'With a password: matrix-access-token login.' : undefined,
  )
}

async function ssoCredential(ports: CommandPorts, client: MatrixClient) {
  const { masks, options } = ports
  const choice: BrowserChoice = { open: !options.has('no-open'), paste: options.has('paste') }
  const token = await loginInBrowser(ports, client.baseUrl, choice)
  masks.mask(token)
  return loginToken.read(credentialReader(token))
}
