import type { CredentialKind } from '../credentials/kind.js'
import { LOGOUT_MODES, type LogoutMode } from '../session/record.js'
import type { ActionInputs, Inputs } from './declared.js'
import { type DeliveryInputs, readDelivery } from './delivery.js'
import { Problems } from './problems.js'
import { screenInputs } from './screen.js'
import { readSessionInputs, type SessionInputs, type SessionSource, type Skipped } from './session.js'
import { choiceValue, lifetimeValue } from './values.js'

/** The inputs of the login action, checked and typed. */
export interface LoginInputs extends SessionInputs, DeliveryInputs {
  readonly logout: LogoutMode
  /** JSON of the job's matrix values. */
  readonly jobMatrix: string
  /** Maximum age of a given access token since its rotation, in milliseconds. */
  readonly maxAgeMs?: number
}

/** Reads all inputs of login. @throws Failure that names all problems at once */
export function readLoginInputs(source: SessionSource, kinds: readonly CredentialKind[]): LoginInputs | Skipped {
  const problems = new Problems()
  const screened = screenInputs('login', source, problems)
  const inputs: ActionInputs<'login'> = screened
  return readSessionInputs(source, screened, kinds, problems, (kind) => {
    const logout = readLogout(inputs, kind, problems)
    return {
      logout,
      jobMatrix: inputs.input('job-matrix'),
      ...readMaxAge(inputs, kind, problems),
      ...readDelivery(inputs, source, logout, problems),
    }
  })
}

function readLogout(inputs: Inputs<'logout'>, kind: CredentialKind | undefined, problems: Problems): LogoutMode {
  const logout = choiceValue('logout', inputs.input('logout'), LOGOUT_MODES, problems)
  if (kind !== undefined && !kind.logoutAllowed && logout !== 'never') {
    problems.add(
      `\`logout: ${logout}\` does not go with \`${kind.input}\`: the action ends only sessions that it opened.`,
    )
  }
  return logout
}

function readMaxAge(
  inputs: Inputs<'max-age'>,
  kind: CredentialKind | undefined,
  problems: Problems,
): Pick<LoginInputs, 'maxAgeMs'> {
  const maxAgeMs = lifetimeValue('max-age', inputs.input('max-age'), problems)
  if (maxAgeMs === undefined) return {}
  if (kind !== undefined && kind.input !== 'access-token') {
    problems.add(`\`max-age\` goes with \`access-token\` only, not with \`${kind.input}\`.`)
  }
  return { maxAgeMs }
}
