import { isJsonObject } from '../api/values.js'
import type { Runner } from '../runner/ports.js'

/** The source of the facts about the event that started the run. */
export type RunTrigger = Pick<Runner, 'environment' | 'event'>

/** Why this run got no secrets. */
export type MissingSecretsCause = 'fork' | 'dependabot' | 'unknown'

/**
 * Distinguishes a run that GitHub gives no secrets to from a configuration error: pull requests from forks, and runs
 * triggered by Dependabot, whose secrets are in a separate store.
 * @see https://docs.github.com/en/actions/how-tos/write-workflows/choose-what-workflows-do/use-secrets
 */
export function missingSecretsCause(runner: RunTrigger): MissingSecretsCause {
  if (runner.environment('GITHUB_ACTOR') === 'dependabot[bot]') return 'dependabot'
  return isForkedPullRequest(runner) ? 'fork' : 'unknown'
}

function isForkedPullRequest(runner: RunTrigger): boolean {
  // pull_request_target and workflow_run get the secrets of the base repository, even for a fork.
  if (!/^pull_request(_review|_review_comment)?$/.test(runner.environment('GITHUB_EVENT_NAME') ?? '')) return false
  const pullRequest = runner.event().pull_request
  if (!isJsonObject(pullRequest)) return false
  const head = repositoryOf(pullRequest.head)
  const base = repositoryOf(pullRequest.base) ?? runner.environment('GITHUB_REPOSITORY')
  // The repository of a deleted fork is null.
  return head === undefined || head !== base
}

function repositoryOf(side: unknown): string | undefined {
  const repository = isJsonObject(side) ? side.repo : undefined
  const name = isJsonObject(repository) ? repository.full_name : undefined
  return typeof name === 'string' ? name : undefined
}

/** Returns message and advice, for the error and for the warning of `if-no-credentials: skip`. */
export function explainMissingSecrets(
  cause: MissingSecretsCause,
  names: readonly string[],
): { text: string; hint: string } {
  const text = `No credential is set (${names.map((name) => `\`${name}\``).join(', ')}).`
  switch (cause) {
    case 'fork':
      return {
        text: `${text} This is a pull request from a fork: GitHub gives such runs no secrets.`,
        hint: "Set `if-no-credentials: skip` and run the steps that need the token only `if: steps.….outputs.authenticated == 'true'`.",
      }
    case 'dependabot':
      return {
        text: `${text} Dependabot triggered this run: it gets its secrets from the Dependabot store only.`,
        hint: 'Add the secret under Settings → Secrets and variables → Dependabot, or set `if-no-credentials: skip`.',
      }
    case 'unknown':
      return {
        text: `${text} A secret that does not exist is an empty string.`,
        hint: 'Check the spelling after `secrets.`, that the secret exists in this repository or environment, and that the job names its `environment`.',
      }
  }
}
