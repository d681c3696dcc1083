import { type CrashSweep, killAtEachRequest } from '../support/sweep/crash-sweep.js'
import { describeCrashes, saveCrashes } from '../support/sweep/describe-crashes.js'
import { FULL } from '../support/sweep/results.js'
import { allSettings, keptDeviceSetting, settingOf } from '../support/sweep/settings.js'

saveCrashes('killed')

const POSTS = [true, false]
const sample: CrashSweep[] = [
  { setting: settingOf({ flavour: 'mas', mode: 'now' }), post: false, rotations: 3, times: 1, moments: ['before'] },
  { setting: keptDeviceSetting(), post: true, rotations: 3, times: 1, moments: ['after'] },
]
const full = allSettings(1).flatMap((setting) => POSTS.map((post) => ({ setting, post, rotations: 3, times: 1 })))

describeCrashes(
  'killed at each request: the stored token works, and the next rotations clean up',
  FULL ? full : sample,
  killAtEachRequest,
)

if (FULL) {
  const next = allSettings(1).filter(({ mode }) => mode === 'next-rotation')

  describeCrashes(
    'three rotations in a row, killed at the same request: nothing piles up',
    // Synapse forgets the access token of two refreshes ago; what is stored of a pair then is the refresh token alone.
    next
      .filter(({ credential }) => credential.rule !== 'keeps')
      .map((setting) => ({ setting, post: false, rotations: 3, times: 3 })),
    killAtEachRequest,
  )

  describeCrashes(
    'the very first rotation, killed at each request',
    next.flatMap((setting) => POSTS.map((post) => ({ setting, post, rotations: 0, times: 1 }))),
    killAtEachRequest,
  )

  // One server that keeps every token of a device, and one that does not.
  const some = allSettings(1).filter(({ flavour, mode }) => /^(synapse|mas)$/.test(flavour) && mode !== 'never')
  for (const current of ['stale', 'empty'] as const) {
    describeCrashes(
      `killed at each request while current-token is ${current}`,
      some.map((setting) => ({ setting, post: false, rotations: 3, times: 1, current })),
      killAtEachRequest,
    )
  }
}
