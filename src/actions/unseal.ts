import { ServerText } from '../api/values.js'
import { Failure } from '../failures.js'
import { readUnsealInputs, type UnsealInputs } from '../inputs/unseal.js'
import type { Log, Runner } from '../runner/ports.js'
import type { UnsealProblem } from '../sealing/age.js'
import { type Origin, parseSessionFile, unsealText } from '../sealing/session-file.js'
import { exportSession, readOrigin, setCredentialOutputs } from './deliver.js'

/** Decrypts in one job the session file that login encrypted in another, and masks its tokens as login did. */
export async function unsealAction(runner: Runner): Promise<void> {
  const inputs = readUnsealInputs(runner)
  const opened = parseSessionFile(await open(inputs))
  if (opened === undefined) {
    throw new Failure(
      'unsealing-failed',
      'The decrypted content is not a credentials document.',
      'Pass the output `sealed-credentials` of the login on as it is.',
    )
  }
  const { session, origin } = opened
  runner.mask(session.accessToken.reveal())
  if (session.refreshToken !== undefined) runner.mask(session.refreshToken.reveal())
  if (!inputs.allowOtherRuns) checkOrigin(origin, readOrigin(runner), runner)
  setCredentialOutputs(runner, session)
  if (inputs.exportEnv) exportSession(runner, session)
  runner.setOutput('failure', '')
  runner.info(
    `Opened the credentials of ${session.userId}, device ${session.deviceId ?? '(none)'}, at ${new ServerText(session.homeserverUrl)}.`,
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
    message: '`passphrase` does not open `sealed-credentials`.',
    hint:
      'Is it the same secret as `seal-passphrase` of the login? If it is, the value was changed on its way: pass the ' +
      'output on as it is.',
  },
  damaged: {
    message: '`sealed-credentials` is damaged: it is not a complete age file in base64.',
    hint: 'Pass the output `sealed-credentials` of the login on as it is.',
  },
}

/**
 * Checks the run that the session file belongs to. Another run or repository is an error. Another attempt of this run
 * is a warning: a job that is re-run gets the outputs of jobs that are not, and their session may have been ended.
 */
function checkOrigin(sealed: Origin, here: Origin, log: Log): void {
  const hint = 'Log in in this run. To allow this, set `allow-other-runs: true`.'
  if (sealed.repository !== here.repository) {
    throw new Failure(
      'unsealing-failed',
      `\`sealed-credentials\` come from another repository, ${new ServerText(sealed.repository)}.`,
      hint,
    )
  }
  if (sealed.runId !== here.runId) {
    throw new Failure(
      'unsealing-failed',
      `\`sealed-credentials\` come from another run, ${new ServerText(sealed.runId)}.`,
      hint,
    )
  }
  if (sealed.runAttempt !== '' && here.runAttempt !== '' && sealed.runAttempt !== here.runAttempt)
    log.warning(OTHER_ATTEMPT)
}

const OTHER_ATTEMPT =
  '`sealed-credentials` come from an earlier attempt of this run, whose session may have ended. If the token is invalid, ' +
  'press "Re-run all jobs" instead of "Re-run failed jobs".'
