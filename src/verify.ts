import { verify as verifyDevice } from './actions/verify.js'
import { explain } from './explain.js'
import { toolkitTransport } from './http/toolkit-transport.js'
import { loggedTransport } from './http/transport.js'
import { guard } from './runner/guard.js'
import { liveClock, liveRandom } from './runner/live.js'
import { makeStdoutSynchronous } from './runner/stdout.js'
import {
  enforceCertificateChecks,
  hasCommandFiles,
  requireCommandFiles,
  toolkitRunner,
} from './runner/toolkit-runner.js'
import { USER_AGENT } from './version.js'

/** `dist/verify.js`, `runs.main` of the verify action, in a bundle of its own that no login loads. */
export function verify(): Promise<void> {
  makeStdoutSynchronous()
  const runner = toolkitRunner()
  const clock = liveClock()
  const transport = loggedTransport(toolkitTransport(USER_AGENT, runner.environment), clock.now, runner.debug)
  return guard({
    runner,
    never: 'succeeds-silently',
    run: () => {
      requireCommandFiles()
      enforceCertificateChecks(runner)
      return verifyDevice({ runner, log: runner, masks: runner, transport, clock, random: liveRandom })
    },
    explain: (error) => explain(error, clock.now()),
    onFailure: ({ word }) => {
      if (hasCommandFiles(runner)) runner.setOutput('failure', word)
    },
  })
}
