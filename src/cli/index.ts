import { toolkitTransport } from '../http/toolkit-transport.js'
import { clockUntil, liveRandom } from '../runner/live.js'
import { USER_AGENT } from '../version.js'
import { enforceCertificateChecks, liveProcess } from './live-terminal.js'
import { main } from './main.js'
import { waitFor } from './waiting.js'

/** `dist/cli.js`, the command `matrix-access-token`: the live parts, wired once. */
export async function cli(): Promise<void> {
  const { argv, terminal, interrupted, exitWith } = liveProcess()
  if (enforceCertificateChecks())
    terminal.say('Warning: NODE_TLS_REJECT_UNAUTHORIZED=0 is ignored. For a private authority set NODE_EXTRA_CA_CERTS.')
  const status = await main(argv, {
    terminal,
    transport: toolkitTransport(USER_AGENT, terminal.environment),
    clock: clockUntil(interrupted),
    random: liveRandom,
    waitFor: (promise, ms) => waitFor(promise, ms, interrupted),
    isInterrupted: () => interrupted.aborted,
  })
  exitWith(status)
}
