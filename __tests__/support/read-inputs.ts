import { CREDENTIAL_KINDS, ROTATING_KINDS } from '../../src/credentials/index.js'
import { type LoginInputs, readLoginInputs as readLogin } from '../../src/inputs/login.js'
import { type RotateInputs, readRotateInputs as readRotate } from '../../src/inputs/rotate.js'
import type { SessionSource, Skipped } from '../../src/inputs/session.js'

/** Reads the inputs of login, with the kinds of credential that the action takes. */
export function readLoginInputs(source: SessionSource): LoginInputs | Skipped {
  return readLogin(source, CREDENTIAL_KINDS)
}

/** Reads the inputs of rotate, with the kinds of credential that the action takes. */
export function readRotateInputs(source: SessionSource): RotateInputs | Skipped {
  return readRotate(source, ROTATING_KINDS)
}
