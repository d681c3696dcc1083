// The summary is written synchronously by src/runner/toolkit-runner.ts. See docs/decisions/bundle.md.
export const summary = undefined
export const markdownSummary = undefined
