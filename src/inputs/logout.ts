import type { HomeserverAddress } from '../matrix/homeserver-address.js'
import type { Runner } from '../runner/ports.js'
import { readAllowHttp, readHomeserver, readMaxWait } from './homeserver.js'
import { Problems } from './problems.js'
import { checkToken } from './token.js'
import { secretText } from './values.js'

/** Everything the logout action was told, sound and typed. */
export interface LogoutInputs {
  readonly homeserver: HomeserverAddress
  readonly accessToken: string
  readonly maxWaitMs: number
  readonly allowHttp: boolean
}

/**
 * Masks the token, then reads everything.
 * @throws Failure that names all problems at once.
 */
export function readLogoutInputs(runner: Runner): LogoutInputs {
  const token = secretText(runner.input('access-token'), 'token')
  if (token !== undefined) runner.mask(token.value)
  const problems = new Problems()
  const allowHttp = readAllowHttp(runner, problems)
  const homeserver = readHomeserver(runner, undefined, allowHttp, problems)
  const maxWaitMs = readMaxWait(runner, problems)
  if (token === undefined) {
    problems.add('access-token is empty: there is no session to end.', 'missing-credentials', EMPTY_HINT)
  }
  checkToken('access-token', token?.value ?? '', problems)
  problems.throwIfAny()
  if (token === undefined || homeserver === undefined) throw new Error('unsound inputs got by')
  return { homeserver, accessToken: token.value, maxWaitMs, allowHttp }
}

const EMPTY_HINT =
  'Check the name of the secret or of the output. A masked output never reaches another job: log out in the job that ' +
  'logged in, or set logout: always there.'
