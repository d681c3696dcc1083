import type { Runner } from '../runner/ports.js'
import { Problems } from './problems.js'
import { booleanValue, secretText } from './values.js'

/** Everything the unseal action was told, sound and typed. */
export interface UnsealInputs {
  readonly sealed: Uint8Array
  readonly passphrase: string
  readonly exportEnv: boolean
  readonly allowOtherRuns: boolean
}

/** @throws Failure that names all problems at once */
export function readUnsealInputs(runner: Runner): UnsealInputs {
  const passphrase = secretText(runner.input('passphrase'), 'password')?.value ?? ''
  if (passphrase !== '') runner.mask(passphrase)
  const problems = new Problems()
  const sealed = runner.input('sealed-credentials').trim()
  if (sealed === '') problems.add('sealed-credentials is empty.', 'missing-credentials', EMPTY_HINT)
  if (passphrase === '') problems.add('passphrase is empty: it is the seal-passphrase of the login.')
  const exportEnv = booleanValue('export-env', runner.input('export-env'), false, problems)
  const allowOtherRuns = booleanValue('allow-other-runs', runner.input('allow-other-runs'), false, problems)
  problems.throwIfAny()
  return { sealed: Buffer.from(sealed, 'base64'), passphrase, exportEnv, allowOtherRuns }
}

const EMPTY_HINT =
  'Does the job that logs in declare it under `outputs:`, does this job name that one under `needs:`, did it run, and did ' +
  'it set seal-passphrase? The runner also drops an output in which some short secret happens to occur: run again.'
