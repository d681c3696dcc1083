// Prints where the pinned Node 24 is, after installing it if it is not there: .ci/run uses it.
import { installNode24 } from './install/npm.mjs'

console.log(installNode24())
