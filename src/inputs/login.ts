import type { CredentialKind } from '../credentials/kind.js'
import { CREDENTIAL_KINDS } from '../credentials/index.js'
import type { Runner } from '../runner/ports.js'
import { type DeliveryInputs, maskSealPassphrase, readDelivery } from './delivery.js'
import { LOGOUT_MODES, type LogoutMode } from '../session/record.js'
import type { Problems } from './problems.js'
import { readSessionInputs, type SessionInputs, type Skipped } from './session.js'
import { choiceValue } from './values.js'

/** Everything the login action was told, sound and typed. */
export interface LoginInputs extends SessionInputs, DeliveryInputs {
  readonly logout: LogoutMode
  /** JSON of the job's matrix values. */
  readonly jobMatrix: string
}

/** @throws Failure that names all problems at once */
export function readLoginInputs(runner: Runner): LoginInputs | Skipped {
  maskSealPassphrase(runner)
  return readSessionInputs(runner, CREDENTIAL_KINDS, (problems, kind) => {
    const logout = readLogout(runner, kind, problems)
    return { logout, jobMatrix: runner.input('job-matrix'), ...readDelivery(runner, logout, problems) }
  })
}

function readLogout(runner: Runner, kind: CredentialKind | undefined, problems: Problems): LogoutMode {
  const logout = choiceValue('logout', runner.input('logout'), LOGOUT_MODES, problems)
  if (kind !== undefined && !kind.logoutAllowed && logout !== 'never') {
    problems.add(
      `logout: ${logout} does not go with ${kind.input}: the action ends what it opened, not what it was given.`,
    )
  }
  return logout
}
