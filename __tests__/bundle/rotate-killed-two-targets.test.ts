import { type CrashSweep, killAtEachRequest } from '../support/sweep/crash-sweep.js'
import { describeCrashes, saveCrashes } from '../support/sweep/describe-crashes.js'
import { FULL } from '../support/sweep/results.js'
import { distinctSettings, settingOf } from '../support/sweep/settings.js'

saveCrashes('killed-two-targets')

const sample: CrashSweep[] = [
  { setting: settingOf({ targets: 2 }), post: true, rotations: 3, times: 1, moments: ['after'] },
]
const full = [...distinctSettings(2), settingOf({ targets: 2, forge: 'forgejo' })].flatMap((setting) =>
  [true, false].map((post) => ({ setting, post, rotations: 3, times: 1 })),
)

describeCrashes(
  'two targets, killed at each request: both stored tokens work, even where they differ',
  FULL ? full : sample,
  killAtEachRequest,
)
