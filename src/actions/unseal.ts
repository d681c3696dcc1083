import { ServerText } from '../api/values.js'
import { Failure } from '../failures.js'
import type { ActionInputs } from '../inputs/declared.js'
import { readExportEnv } from '../inputs/login.js'
import { type InputPorts, screenInputs } from '../inputs/screen.js'
import { booleanValue, Problems, secretText } from '../inputs/values.js'
import type { Log, Runner } from '../runner/ports.js'
import type { UnsealProblem } from '../sealing/age.js'
import { type Origin, parseSessionFile, unsealText } from '../sealing/session-file.js'
import { exportSession, readOrigin, setCredentialOutputs } from './deliver.js'

/** The inputs of the unseal action, checked and typed. */
export interface UnsealInputs {
  readonly sealed: Uint8Array
  readonly passphrase: string
  readonly exportEnv: boolean
  readonly allowOtherRuns: boolean
}

/** Reads all inputs of unseal. @throws Failure that names all problems at once */
export function readUnsealInputs(source: InputPorts): UnsealInputs {
  const problems = new Problems()
  const inputs: ActionInputs<'unseal'> = screenInputs('unseal', source, problems)
  // Read in the same way as `seal-passphrase` of login.
  const passphrase = secretText(inputs.input('passphrase'), 'password')?.value ?? ''
  const sealed = inputs.input('sealed-credentials').trim()
  if (sealed === '') problems.add('`sealed-credentials` is empty.', 'missing-credentials', EMPTY_HINT)
  if (passphrase === '') problems.add('`passphrase` is empty: it is the `seal-passphrase` of the login.')
  const exportEnv = readExportEnv(inputs, problems)
  const allowOtherRuns = booleanValue('allow-other-runs', inputs.input('allow-other-runs'), false, problems)
  problems.throwIfAny()
  return { sealed: decode(sealed), passphrase, exportEnv, allowOtherRuns }
}

/**
 * Decodes base64 strictly: Node skips unknown characters, but a text with a missing character must count as damaged.
 */
function decode(text: string): Uint8Array {
  // Other tools insert line breaks.
  const sealed = text.replace(/\s+/g, '')
  const isWhole = sealed.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(sealed)
  return isWhole ? Buffer.from(sealed, 'base64') : new Uint8Array()
}

const EMPTY_HINT =
  'Does the job that logs in declare it under `outputs:`, does this job name that one under `needs:`, did it run, and did ' +
  'it set `seal-passphrase`? The runner also drops an output in which a secret of one to three letters happens to occur: make that one longer.'

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
