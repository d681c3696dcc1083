import { endSessionOf } from '../../actions/logout.js'
import { ApiError } from '../../api/error.js'
import { joinServerTexts } from '../../api/values.js'
import { deviceCodeCredential } from '../../credentials/device-code.js'
import { loginToken } from '../../credentials/login-token.js'
import { password } from '../../credentials/password.js'
import { Failure } from '../../failures.js'
import { lifetimeValue, Problems } from '../../inputs/values.js'
import { whoami as ask, type TokenOwner } from '../../matrix/account.js'
import type { MatrixClient } from '../../matrix/client.js'
import { describeUser } from '../../matrix/identifiers.js'
import { fetchLoginFlows, hasOAuth, refusedToken } from '../../matrix/refusals.js'
import type { DeviceCode } from '../../oauth/device-grant.js'
import type { Log } from '../../runner/ports.js'
import { Secret } from '../../secret.js'
import { connect, withWaitBudget } from '../../session/connect.js'
import { checkTokenAge } from '../../session/rotation.js'
import { readServerOptions, readSessionOptions, requireUser } from '../arguments.js'
import { type Listener, listen, loginUrl, makeRemoteRendezvous, readPasted } from '../browser-listener.js'
import {
  askPassword,
  checkDelivery,
  credentialReader,
  type Lifespan,
  planDelivery,
  readAccessToken,
} from '../delivery.js'
import { adviseAfterLogin, logIn } from '../log-in.js'
import { type CommandPorts, InterruptedError } from '../terminal.js'

/**
 * Opens a session with a user and a password. Asks for the password first, because users type it at the first prompt.
 */
export async function loginCommand(ports: CommandPorts): Promise<void> {
  const options = readSessionOptions(ports)
  const user = requireUser(options)
  const credential = password.read(credentialReader(await askPassword(ports, describeUser(user))))
  const api = withWaitBudget(ports, options.maxWaitMs)
  const delivery = await planDelivery(ports, api, options)
  checkDelivery(delivery, 'lasting')
  const client = await connect(ports, options, api)
  const session = await logIn(ports, { credential, client, options, delivery })
  adviseAfterLogin(ports.log, session, delivery)
}

/**
 * Prints the owner of the token on standard output: user ID and device ID, separated by a space.
 * @throws Failure `token-too-old` with `--max-age`, after the output
 */
export async function whoamiCommand(ports: CommandPorts): Promise<void> {
  const { options: given, terminal, clock, log } = ports
  const options = readServerOptions(ports)
  const problems = new Problems()
  const maxAgeMs = lifetimeValue('max-age', given.get('max-age') ?? '', problems)
  problems.throwIfAny()
  const token = new Secret(await readAccessToken(ports))
  const owner = await ownerOf(token, await connect(ports, options))
  await terminal.print(`${owner.userId} ${owner.deviceId ?? ''}`.trim())
  checkTokenAge(owner, maxAgeMs, clock.now(), log)
}

async function ownerOf(token: Secret, client: MatrixClient): Promise<TokenOwner> {
  try {
    return await ask(client, token)
  } catch (error) {
    throw (error instanceof ApiError ? refusedToken(error, 'access-token', INVALID) : undefined) ?? error
  }
}

const INVALID = 'It was logged out, has expired, belongs to another server, or is cut off.'

/** Ends the session of one token, as the logout action does. */
export async function logoutCommand(ports: CommandPorts): Promise<void> {
  const options = readServerOptions(ports)
  await endSessionOf(ports, { ...options, accessToken: await readAccessToken(ports) })
}

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

/** Time limit for the login in the browser, in milliseconds. */
const MAX_MS = 5 * 60_000
/** Time limit for the last page, in milliseconds: a browser that was closed at once never requests it. */
const PAGE_MS = 2_000
const MAX_PASTES = 3

/** How to reach the browser. */
interface BrowserChoice {
  /** Whether to start it on this machine. */
  readonly open: boolean
  /** Whether it runs on another machine, so that the user pastes its address. */
  readonly paste: boolean
}

/** Lets a user log in with a browser, by any method that the server requires. @returns the login token */
function loginInBrowser(ports: CommandPorts, baseUrl: string, choice: BrowserChoice): Promise<string> {
  return choice.paste ? loginElsewhere(ports, baseUrl) : loginHere(ports, baseUrl, choice.open)
}

async function loginHere(ports: CommandPorts, baseUrl: string, open: boolean): Promise<string> {
  const listener = await listen(ports.random.bytes)
  try {
    const url = loginUrl(baseUrl, listener.rendezvous)
    ports.terminal.say(`Log in in the browser, within five minutes:\n\n  ${url}\n`)
    if (open && !(await ports.terminal.openBrowser(url)))
      ports.terminal.say('No browser could be started here: open the address above, or use --paste.')
    return await receive(ports, listener)
  } finally {
    await listener.close()
  }
}

async function receive({ waitFor }: CommandPorts, { loginToken, pageShown }: Listener): Promise<string> {
  const waited = await waitFor(loginToken, MAX_MS)
  if (waited.came) {
    await waitFor(pageShown, PAGE_MS)
    return waited.value
  }
  if (waited.why === 'interrupted') throw new InterruptedError()
  throw new Failure(
    'missing-credentials',
    'The login in the browser was not completed within five minutes.',
    'Run the command again. If the browser runs on another machine, use --paste.',
  )
}

async function loginElsewhere({ terminal, random }: CommandPorts, baseUrl: string): Promise<string> {
  const rendezvous = makeRemoteRendezvous(random.bytes)
  terminal.say(`Open this address in a browser, on any machine, and log in:\n\n  ${loginUrl(baseUrl, rendezvous)}\n`)
  terminal.say(
    `After the login the browser shows an error, because ${rendezvous.origin}/ cannot be reached. That is expected. Copy the ` +
      'whole address from the address bar. It is valid for half a minute (Matrix Authentication Service) or two minutes (Synapse).',
  )
  for (let tries = 0; tries < MAX_PASTES; tries += 1) {
    const pasted = await terminal.askSecret('Paste the address here (it is not shown): ')
    const token = readPasted(pasted, rendezvous)
    if (token !== undefined) return token
    if (pasted === '') break
    terminal.say('That is not the address that this login was sent to.')
  }
  throw new Failure('missing-credentials', 'No address of this login was pasted.', 'Run the command again.')
}

/** Prints the code, the address to enter it at, and what the user receives. */
function showCode(log: Log, code: DeviceCode): void {
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
