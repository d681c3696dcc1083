import type { LoginInputs } from '../inputs/login.js'
import type { MatrixClient } from '../matrix/client.js'
import { describeUser } from '../matrix/identifiers.js'
import type { InputSource, Log } from '../runner/ports.js'
import { type RunContext, readRunContext } from '../runner/run-context.js'
import type { ActionPorts } from '../session/connect.js'
import { canonicalMatrix, deviceDisplayName, randomDeviceId, stableDeviceId } from '../session/device-id.js'
import { type LoginAttempt, loginContext, SessionRecorder } from '../session/record.js'
import { setRefreshTokenOutput } from './deliver.js'

/** Chooses the device of a login, logs the consequences, and prepares the state for the post step. */
export function prepareLogin(ports: ActionPorts, inputs: LoginInputs, client: MatrixClient): LoginAttempt {
  const { runner, random } = ports
  const { credential, user, allowHttp, logout } = inputs
  const run = readRunContext(runner)
  const matrix = canonicalMatrix(inputs.jobMatrix)
  const derived = () =>
    logout === 'never' ? stableDeviceId(client.baseUrl, run, matrix) : randomDeviceId(random.bytes)
  const deviceId = inputs.deviceId === '' ? derived() : inputs.deviceId
  logDevice(runner, inputs, deviceId, run)
  if (logout === 'on-failure' && isGitea(runner)) runner.notice(FROZEN_STATUS)
  const recorder = new SessionRecorder(runner, {
    logout,
    homeserverUrl: client.baseUrl,
    deviceId: credential.device === 'existing' ? '' : deviceId,
    user: user === undefined ? '' : describeUser(user),
  })
  const device = { deviceId, displayName: deviceDisplayName(inputs.deviceName, run) }
  runner.info(`Logging in with ${credential.description}…`)
  return {
    credential,
    context: loginContext(ports, { client, allowHttp, user, device }),
    log: runner,
    recorder,
    ...(credential.singleUse ? { onIssued: (tokens) => setRefreshTokenOutput(runner, tokens) } : {}),
  }
}

/** Detects Forgejo and Gitea; Forgejo's runner sets both variables. */
function isGitea({ environment }: Pick<InputSource, 'environment'>): boolean {
  return environment('GITEA_ACTIONS') === 'true' && environment('FORGEJO_ACTIONS') !== 'true'
}

/** On runners 0.4.1 and 1.0.8 the default of an input keeps the value that it had when main started. */
const FROZEN_STATUS =
  'The runner of Gitea does not evaluate the default of `job-status` again for the post step. Write it out, or the session ' +
  'is never ended (`logout: on-failure`): with: job-status: ${{ job.status }}'

/** Logs which device the session gets, and the consequences for other sessions. */
function logDevice(
  log: Log,
  { credential, logout, deviceId: given }: LoginInputs,
  deviceId: string,
  { workflowFile }: RunContext,
): void {
  if (credential.device === 'existing') {
    if (given !== '') log.notice(`\`device-id\` has no effect: with ${credential.description} no device is chosen.`)
    return
  }
  log.info(`Device: ${deviceId}`)
  if (logout === 'never') {
    if (given === '' && workflowFile === '') log.warning(UNNAMED_WORKFLOW)
    log.info(credential.device === 'login' ? STAYS : PERSONAL_STAYS)
  } else if (given !== '' && credential.device === 'login') {
    log.notice(
      `The session on device ${deviceId} ends after the job (\`logout: ${logout}\`), and Synapse and Tuwunel end every token ` +
        'of that device with it. Leave `device-id` out to end nothing but this session.',
    )
  }
}

const UNNAMED_WORKFLOW =
  'This runner names neither the file nor the name of the workflow, so workflows share one device here, and one login may ' +
  'end the token of another. Give the workflow a `name:`, or set `device-id`.'

const STAYS =
  'The session stays (`logout: never`). Logging in on this device again ends the token of the run before on Matrix ' +
  'Authentication Service, Dendrite and the Conduit family; Synapse and Tuwunel keep every earlier token valid ' +
  'until a logout. Use `logout: always` if only this job needs the token, `rotate` if a deployment does, and a ' +
  'concurrency group if runs overlap.'

const PERSONAL_STAYS =
  'The session stays (`logout: never`), and earlier personal access tokens on this device are revoked. Use `logout: always` ' +
  'if only this job needs the token, `rotate` if a deployment does, and a concurrency group if runs overlap.'
