// Called by jest before the first test of each suite, also where jest was started by hand.
import { isDistFresh } from './fresh-dist.mjs'

/** Tests that start dist/ refuse to, where it is stale: __tests__/support/runner/launch.ts. Workers inherit the variable. */
export default function setup() {
  process.env.MATRIX_TEST_STALE_DIST = String(!isDistFresh())
}
