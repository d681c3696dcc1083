import { type CommandOptions, type RunningCommand, startCommand } from './command.js'
import { stopLater, USERS } from './fixture.js'
import { type Homeserver, type HomeserverOptions, startHomeserver } from './homeserver.js'

/** A Synapse whose accounts have no passwords, as far as it tells. */
const SINGLE_SIGN_ON: HomeserverOptions = { flavour: 'synapse', singleSignOn: true, passwordLogin: false }

const ADDRESS = /^ {2}(http:\S+)$/m

export async function startServer(options: HomeserverOptions = SINGLE_SIGN_ON): Promise<Homeserver> {
  return stopLater(await startHomeserver({ users: USERS, ...options }))
}

/** `browser-login`, and the address that it printed. */
export async function beginBrowserLogin(
  server: { readonly url: string; readonly secrets?: () => readonly string[] },
  { args = [], ...options }: Partial<CommandOptions> = {},
): Promise<{ readonly command: RunningCommand; readonly printed: string }> {
  const opens = options.browser === true ? [] : ['--no-open']
  const command = startCommand({
    args: ['browser-login', '--homeserver', server.url, ...opens, ...args],
    secrets: () => server.secrets?.() ?? [],
    ...options,
  })
  const [, printed = ''] = await command.said(ADDRESS)
  return { command, printed }
}

/** Where the listener waits, as the server was told. */
export function callbackOf(printed: string): URL {
  return new URL(new URL(printed).searchParams.get('redirectUrl') ?? '')
}

/** What was sent that opens a session. */
export function loginsOf({ requests }: Homeserver) {
  return requests.filter(({ method, path }) => method === 'POST' && path.endsWith('/login'))
}
