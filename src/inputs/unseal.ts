import type { Runner } from '../runner/ports.js'
import { readExportEnv } from './delivery.js'
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
  const passphrase = readPassphrase(runner)
  const problems = new Problems()
  const sealed = runner.input('sealed-credentials').trim()
  if (sealed === '') problems.add('sealed-credentials is empty.', 'missing-credentials', EMPTY_HINT)
  if (passphrase === '') problems.add('passphrase is empty: it is the seal-passphrase of the login.')
  const exportEnv = readExportEnv(runner, problems)
  const allowOtherRuns = booleanValue('allow-other-runs', runner.input('allow-other-runs'), false, problems)
  problems.throwIfAny()
  return { sealed: decode(sealed), passphrase, exportEnv, allowOtherRuns }
}

/** Node decodes whatever it is given: what lost a character on its way is nothing, and so opens as damaged. */
function decode(text: string): Uint8Array {
  // Other tools than ours break it into lines.
  const sealed = text.replace(/\s+/g, '')
  const isWhole = sealed.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(sealed)
  return isWhole ? Buffer.from(sealed, 'base64') : new Uint8Array()
}

/** Masked before anything is said about it; taken as login takes `seal-passphrase`. Empty where there is none. */
function readPassphrase(runner: Runner): string {
  const passphrase = secretText(runner.input('passphrase'), 'password')
  if (passphrase === undefined) return ''
  runner.mask(passphrase.value)
  if (passphrase.dropped !== undefined) runner.warning('passphrase has a line break at its end, which is left out.')
  return passphrase.value
}

const EMPTY_HINT =
  'Does the job that logs in declare it under `outputs:`, does this job name that one under `needs:`, did it run, and did ' +
  'it set seal-passphrase? The runner also drops an output in which a secret of one to three letters happens to occur: make that one longer.'
