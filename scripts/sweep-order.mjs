// The order of the files of the sweep: those that take longest first, so that no core waits for the last one. Without the
// times of an earlier run jest goes by the size of a file, which says nothing here. See testSequencer in jest's documentation.
const LONGEST = ['killed', 'side-by-side', 'killed-two-targets', 'killed-at-writes', 'partial']

const place = ({ path }) => {
  const at = LONGEST.findIndex((name) => path.endsWith(`rotate-${name}.test.ts`))
  return at < 0 ? LONGEST.length : at
}

export default class SweepOrder {
  sort(tests) {
    return [...tests].sort((a, b) => place(a) - place(b))
  }

  // A sweep keeps no results of earlier runs.
  allFailedTests(tests) {
    return tests
  }

  cacheResults() {}
}
