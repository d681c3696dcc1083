import { randomUUID } from 'node:crypto'

/** What a run is, by the names of the `github` context; everything has a value like that of a real run. */
export interface GithubContext {
  readonly action: string
  readonly actor: string
  readonly api_url: string
  readonly event_name: string
  readonly job: string
  readonly ref: string
  readonly repository: string
  readonly run_attempt: string
  readonly run_id: string
  readonly run_number: string
  readonly server_url: string
  readonly workflow: string
  readonly workflow_ref: string
}

export function githubContext(overrides: Partial<GithubContext> = {}): GithubContext {
  return {
    action: '__self',
    actor: 'octocat',
    api_url: 'http://127.0.0.1:9/never-called',
    event_name: 'push',
    job: 'build',
    ref: 'refs/heads/main',
    repository: 'octo/demo',
    run_attempt: '1',
    run_id: '1234567890',
    run_number: '17',
    server_url: 'https://github.com',
    workflow: 'Deploy',
    workflow_ref: 'octo/demo/.github/workflows/deploy.yml@refs/heads/main',
    ...overrides,
  }
}

/** The variables of a real runner that this context stands for. No developer's environment among them. */
export function githubVariables(context: GithubContext): Record<string, string> {
  const variables = Object.entries(context).map(([name, value]) => [`GITHUB_${name.toUpperCase()}`, String(value)])
  return {
    ...Object.fromEntries(variables),
    GITHUB_ACTIONS: 'true',
    CI: 'true',
    GITHUB_REF_NAME: context.ref.replace(/^refs\/\w+\//, ''),
    GITHUB_REPOSITORY_OWNER: context.repository.split('/')[0] ?? '',
    // The toolkit would append it to the user agent.
    ACTIONS_ORCHESTRATION_ID: randomUUID(),
    RUNNER_OS: 'Linux',
    RUNNER_ENVIRONMENT: 'github-hosted',
  }
}
