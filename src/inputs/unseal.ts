import type { ActionInputs } from './declared.js'
import { readExportEnv } from './delivery.js'
import { Problems } from './problems.js'
import { type InputPorts, screenInputs } from './screen.js'
import { booleanValue, secretText } from './values.js'

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
