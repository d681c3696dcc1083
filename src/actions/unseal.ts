import { Failure } from '../failures.js'
import { readUnsealInputs, type UnsealInputs } from '../inputs/unseal.js'
import { cleanServerText } from '../matrix/server-text.js'
import type { Runner } from '../runner/ports.js'
import { type Origin, parseCredentials } from '../sealing/credentials.js'
import { unsealText } from '../sealing/sealing.js'
import { exportSession, setCredentialOutputs } from './deliver.js'
import { readOrigin } from './origin.js'

/** Opens in one job what login sealed in another, and masks it there exactly as login did. */
export async function unseal(runner: Runner): Promise<void> {
  const inputs = readUnsealInputs(runner)
  const opened = parseCredentials(await open(inputs))
  if (opened === undefined) {
    throw new Failure(
      'unsealing-failed',
      'What was sealed are no credentials.',
      'Pass the output sealed-credentials of the login on as it is.',
    )
  }
  const { session, origin } = opened
  runner.mask(session.accessToken.reveal())
  if (session.refreshToken !== undefined) runner.mask(session.refreshToken.reveal())
  if (!inputs.allowOtherRuns) checkOrigin(origin, readOrigin(runner))
  setCredentialOutputs(runner, session)
  if (inputs.exportEnv) exportSession(runner, session)
  runner.setOutput('failure', '')
  runner.info(
    `Opened the credentials of ${session.userId}, device ${session.deviceId ?? '(none)'}, at ${session.homeserverUrl}.`,
  )
}

async function open({ sealed, passphrase }: UnsealInputs): Promise<string> {
  try {
    return await unsealText(sealed, passphrase)
  } catch (error) {
    const message =
      'sealed-credentials cannot be opened: the passphrase is another one, or the value was changed on its way.'
    const hint = 'Use the same secret for seal-passphrase and passphrase, and pass the output on as it is.'
    throw new Failure('unsealing-failed', message, hint, { cause: error })
  }
}

/** Credentials of another run would be dead, or somebody else’s. The attempt does not matter: re-runs may go on. */
function checkOrigin(sealed: Origin, here: Origin): void {
  const hint = 'Log in in this run. Where it is meant to be so, set allow-other-runs: true.'
  if (sealed.repository !== here.repository) {
    throw new Failure(
      'unsealing-failed',
      `sealed-credentials come from another repository, ${cleanServerText(sealed.repository)}.`,
      hint,
    )
  }
  if (sealed.runId !== here.runId) {
    throw new Failure(
      'unsealing-failed',
      `sealed-credentials come from another run, ${cleanServerText(sealed.runId)}.`,
      hint,
    )
  }
}
