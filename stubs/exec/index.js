// @actions/core imports it for platform.getDetails() alone, which nothing here calls: this action starts no programs.
// See docs/decisions/bundle.md.
export function getExecOutput() {
  throw new Error('@actions/exec is left out of this bundle')
}
