import { Failure } from '../failures.js'
import { withWaitBudget } from '../session/connect.js'
import type { PreparedTarget } from '../stores/store.js'
import { prepareTargets } from '../stores/write.js'
import type { Delivery } from './delivery.js'
import type { SessionOptions, StoreAccess } from './options.js'
import type { CommandPorts } from './terminal.js'

/** Where a secret goes. */
export type Destination =
  | { readonly to: 'stores'; readonly targets: readonly PreparedTarget[] }
  | { readonly to: 'output' }
  /** A user agreed to see it. */
  | { readonly to: 'screen' }

/** How the secret is called in questions and hints. */
interface SecretWords {
  readonly name: 'token' | 'recovery key'
  readonly secretNames: readonly [string, ...string[]]
}

/**
 * Decides where a secret will go while there is none yet, so that nothing has to be undone: targets are checked, and a user who
 * would see the secret is asked.
 * @param store absent: standard output
 * @throws Failure where it can go nowhere
 */
export async function planDestination(
  ports: CommandPorts,
  store: StoreAccess | undefined,
  { name, secretNames }: SecretWords,
): Promise<Destination> {
  const { terminal } = ports
  if (store !== undefined) {
    return { to: 'stores', targets: await prepareTargets(withWaitBudget(ports, store.maxWaitMs), store, secretNames) }
  }
  if (!terminal.showsOutput) return { to: 'output' }
  const elsewhere =
    `Pipe the ${name} to where it is wanted (… | gh secret set ${secretNames[0]}), or let it be stored: ` +
    '--store repos/OWNER/REPO.'
  if (!terminal.asksSomebody) throw new Failure('invalid-input', noTerminal(name), elsewhere)
  const question = `The ${name} will be shown here, where scrollback and recordings keep it. Go on? [y/N] `
  if (!(await terminal.confirm(question))) throw new Failure('denied', 'Nothing was done.', elsewhere)
  return { to: 'screen' }
}

function noTerminal(name: string): string {
  return (
    `Standard output is a terminal, but standard input is not: no user can be asked whether to show the ${name}. ` +
    'Nothing was done.'
  )
}

/** Decides where the tokens of a session will go. @throws Failure where they can go nowhere */
export async function planDelivery(ports: CommandPorts, { store, form }: SessionOptions): Promise<Delivery> {
  const { secretName = 'MATRIX_ACCESS_TOKEN', refreshSecretName = 'MATRIX_REFRESH_TOKEN' } = store ?? {}
  const destination = await planDestination(ports, store, {
    name: 'token',
    secretNames: [secretName, refreshSecretName],
  })
  if (destination.to === 'stores') return { ...destination, secretName, refreshSecretName }
  return { ...destination, form }
}
