import type { HomeserverAddress } from '../matrix/homeserver-address.js'
import type { ActionInputs } from './declared.js'
import { readAllowHttp, readHomeserver, readMaxWait } from './homeserver.js'
import { Problems } from './problems.js'
import { type InputPorts, screenInputs } from './screen.js'
import { checkToken } from './tokens.js'
import { secretText } from './values.js'

/** The inputs of the logout action, checked and typed. */
export interface LogoutInputs {
  readonly homeserver: HomeserverAddress
  readonly accessToken: string
  readonly maxWaitMs: number
  readonly allowHttp: boolean
}

/**
 * Masks the token, then reads all inputs.
 * @throws Failure that names all problems at once
 */
export function readLogoutInputs(source: InputPorts): LogoutInputs {
  const problems = new Problems()
  const inputs: ActionInputs<'logout'> = screenInputs('logout', source, problems)
  const token = secretText(inputs.input('access-token'), 'token')
  const allowHttp = readAllowHttp(inputs, problems)
  const homeserver = readHomeserver(inputs, 'no-such-input', allowHttp, problems)
  const maxWaitMs = readMaxWait(inputs, problems)
  if (token === undefined) {
    problems.add('`access-token` is empty: there is no session to end.', 'missing-credentials', EMPTY_HINT)
  }
  checkToken('access-token', token?.value ?? '', problems)
  problems.throwIfAny()
  if (token === undefined || homeserver === undefined) throw new Error('invalid inputs were not reported')
  return { homeserver, accessToken: token.value, maxWaitMs, allowHttp }
}

const EMPTY_HINT =
  'Check the name of the secret or of the output. A masked output never reaches another job: log out in the job that ' +
  'logged in, or set `logout: always` there.'
