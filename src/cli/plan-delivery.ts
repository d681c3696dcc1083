import { Failure } from '../failures.js'
import { withWaitBudget } from '../session/connect.js'
import { prepareTargets } from '../stores/write.js'
import type { Delivery } from './delivery.js'
import type { SessionOptions } from './options.js'
import type { CommandPorts } from './terminal.js'

/**
 * Decides where the token will go while there is none yet, so that nothing has to be undone: targets are looked at,
 * somebody who would see the token is asked.
 * @throws Failure where it can go nowhere
 */
export async function planDelivery(ports: CommandPorts, { store, form }: SessionOptions): Promise<Delivery> {
  const { terminal } = ports
  if (store !== undefined) {
    const { secretName, refreshSecretName } = store
    const targets = await prepareTargets(withWaitBudget(ports, store.maxWaitMs), store, [refreshSecretName, secretName])
    return { to: 'stores', targets, secretName, refreshSecretName }
  }
  if (!terminal.showsOutput) return { to: 'output', form }
  if (!terminal.asksSomebody) throw new Failure('invalid-input', NOBODY_TO_ASK, ELSEWHERE)
  if (!(await terminal.confirm(QUESTION))) throw new Failure('denied', 'Nothing was done.', ELSEWHERE)
  return { to: 'screen', form }
}

const QUESTION = 'The token will be shown here, where scrollback and recordings keep it. Go on? [y/N] '

const NOBODY_TO_ASK =
  'Standard output is a terminal, and there is nobody to ask whether to show the token on it. Nothing was done.'

const ELSEWHERE =
  'Pipe the token to where it is wanted (… | gh secret set MATRIX_ACCESS_TOKEN), or let it be stored: --store repos/OWNER/REPO.'
