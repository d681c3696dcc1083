import { loginAction } from './actions/login.js'
import { hideServerText } from './api/values.js'
import { toolkitTransport } from './http/toolkit-transport.js'
import { loggedTransport } from './http/transport.js'
import { liveClock, liveRandom } from './runner/live.js'
import { guard, makeStdoutSynchronous } from './runner/process.js'
import type { SecretFiles } from './runner/secret-file.js'
import {
  enforceCertificateChecks,
  hasCommandFiles,
  requireCommandFiles,
  toolkitRunner,
} from './runner/toolkit-runner.js'
import type { ActionPorts } from './session/connect.js'
import { USER_AGENT } from './version.js'

/** Creates the live dependencies, once for each process. */
function livePorts(): ActionPorts {
  makeStdoutSynchronous()
  const runner = toolkitRunner()
  const clock = liveClock()
  const transport = loggedTransport(toolkitTransport(USER_AGENT, runner.environment), clock.now, runner.debug)
  return { runner, log: runner, masks: runner, transport, clock, random: liveRandom, files: liveFiles }
}

async function liveFiles(): Promise<SecretFiles> {
  return (await import('./runner/secret-file.js')).liveSecretFiles
}

/** Runs `dist/login.js`, `runs.main` of the login action. */
export function login(): Promise<void> {
  const ports = livePorts()
  return guarded(ports, 'fail', () => loginAction(ports))
}

/** Runs `dist/logout.js`, `runs.main` of the logout action. */
export function logout(): Promise<void> {
  const ports = livePorts()
  return guarded(ports, 'fail', async () => {
    const { logoutAction } = await import('./actions/logout.js')
    await logoutAction(ports)
  })
}

/** Runs `dist/unseal.js`, `runs.main` of the unseal action. */
export function unseal(): Promise<void> {
  const ports = livePorts()
  return guarded(ports, 'fail', async () => {
    const { unsealAction } = await import('./actions/unseal.js')
    await unsealAction(ports.runner)
  })
}

/** Runs `dist/rotate.js`, `runs.main` of the rotate action. */
export function rotate(): Promise<void> {
  const ports = livePorts()
  return guarded(ports, 'fail', async () => {
    const { rotateAction } = await import('./actions/rotate/rotate.js')
    await rotateAction(ports)
  })
}

/** Runs `dist/verify.js`, `runs.main` of the verify action. */
export function verify(): Promise<void> {
  const ports = livePorts()
  return guarded(ports, 'fail', async () => {
    const { verifyAction } = await import('./actions/verify.js')
    await verifyAction(ports)
  })
}

/**
 * Runs `dist/login-post.js` and `dist/rotate-post.js`, `runs.post` of login and rotate: ends the session if it is open.
 */
export function loginPost(): Promise<void> {
  const ports = livePorts()
  return guarded(ports, 'warn', async () => {
    const { loginPostAction } = await import('./actions/login-post.js')
    await loginPostAction(ports)
  })
}

function guarded(ports: ActionPorts, onError: 'fail' | 'warn', action: () => Promise<void>): Promise<void> {
  const { runner, clock } = ports
  return guard({
    runner,
    onError,
    run: () => {
      hideServerText(onError === 'warn')
      if (onError === 'fail') requireCommandFiles()
      enforceCertificateChecks(runner)
      return action()
    },
    explain: async (error) => (await import('./explain.js')).explain(error, clock.now()),
    onFailure: ({ code }) => {
      // Without an output file the annotation reports this already.
      if (hasCommandFiles(runner)) runner.setOutput('failure', code)
    },
  })
}
