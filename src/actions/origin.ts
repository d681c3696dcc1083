import type { Runner } from '../runner/ports.js'
import type { Origin } from '../sealing/credentials.js'

/** The run that this step is part of. */
export function readOrigin(runner: Runner): Origin {
  return {
    repository: runner.environment('GITHUB_REPOSITORY') ?? '',
    runId: runner.environment('GITHUB_RUN_ID') ?? '',
  }
}
