import { type CrashSweep, killAtEachWrite } from '../support/sweep/crash-sweep.js'
import { describeCrashes, saveCrashes } from '../support/sweep/describe-crashes.js'
import { FULL } from '../support/sweep/results.js'
import { distinctSettings, settingOf } from '../support/sweep/settings.js'

saveCrashes('killed-at-writes')

const sweepOf = (setting: CrashSweep['setting']): CrashSweep => ({ setting, post: true, rotations: 3, times: 1 })

// State and outputs: what the post step and the next step get to know, and in which order.
describeCrashes(
  'killed at each write to a command file: the stored token works, and the next rotations clean up',
  FULL
    ? distinctSettings(1)
        .filter(({ mode, flavour }) => mode === 'next-rotation' || flavour === 'synapse')
        .map(sweepOf)
    : [{ ...sweepOf(settingOf({})), moments: ['after'] }],
  (sweep) => killAtEachWrite(sweep, 'append'),
)

if (FULL) {
  // Masks and the log: the same moments in every flavour, because stdout knows nothing of the server.
  describeCrashes(
    'killed at each write to stdout',
    [sweepOf(settingOf({})), sweepOf(settingOf({ flavour: 'mas', mode: 'now' }))],
    (sweep) => killAtEachWrite(sweep, 'write'),
  )
}
