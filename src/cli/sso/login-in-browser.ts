import { Failure } from '../../failures.js'
import { type CommandPorts, InterruptedError } from '../terminal.js'
import { type Listener, listen, loginUrl, makeRemoteRendezvous, readPasted } from './listener.js'

/** Time limit for the login in the browser, in milliseconds. */
const MAX_MS = 5 * 60_000
/** Time limit for the last page, in milliseconds: a browser that was closed at once never requests it. */
const PAGE_MS = 2_000
const MAX_PASTES = 3

/** How to reach the browser. */
export interface BrowserChoice {
  /** Whether to start it on this machine. */
  readonly open: boolean
  /** Whether it runs on another machine, so that the user pastes its address. */
  readonly paste: boolean
}

/** Lets a user log in with a browser, by any method that the server requires. @returns the login token */
export function loginInBrowser(ports: CommandPorts, baseUrl: string, choice: BrowserChoice): Promise<string> {
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
