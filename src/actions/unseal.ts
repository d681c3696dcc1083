import { Failure } from '../failures.js'
import { readUnsealInputs, type UnsealInputs } from '../inputs/unseal.js'
import { cleanServerText } from '../matrix/server-text.js'
import type { Runner } from '../runner/ports.js'
import type { UnsealProblem } from '../sealing/age.js'
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
    `Opened the credentials of ${cleanServerText(session.userId)}, device ${cleanServerText(session.deviceId ?? '(none)')}, at ${session.homeserverUrl}.`,
  )
}

async function open({ sealed, passphrase }: UnsealInputs): Promise<string> {
  const opened = await unsealText(sealed, passphrase)
  if ('text' in opened) return opened.text
  const { message, hint } = PROBLEMS[opened.problem]
  throw new Failure('unsealing-failed', message, hint)
}

const PROBLEMS: Readonly<Record<UnsealProblem, { readonly message: string; readonly hint: string }>> = {
  passphrase: {
    message: 'The passphrase does not open sealed-credentials.',
    hint:
      'Is it the same secret as seal-passphrase of the login? If it is, the value was changed on its way: pass the ' +
      'output on as it is.',
  },
  damaged: {
    message: 'sealed-credentials is damaged: it is no whole age file in base64.',
    hint: 'Pass the output sealed-credentials of the login on as it is.',
  },
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
