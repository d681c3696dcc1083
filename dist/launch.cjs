// Starts an action. Written for every Node there is: on an old one this file must still parse, to say what is wrong.
var OLDEST = 20

/**
 * @param {string} action the exported function to run
 * @param {boolean} post whether this is a post step, which must not fail a job
 */
module.exports = function launch(action, post) {
  if (parseInt(process.versions.node, 10) >= OLDEST) return require('./index.js')[action]()
  if (post) return undefined
  process.exitCode = 1
  console.log(
    '::error::Matrix Access Token needs Node.js ' +
      OLDEST +
      ' or newer, and this runner has ' +
      process.versions.node +
      '. Update the runner, or the Node.js of the image it uses.',
  )
}
