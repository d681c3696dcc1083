import { isInsecure } from '../matrix/homeserver-address.js'
import type { InputSource } from '../runner/ports.js'
import type { Forge } from '../stores/index.js'
import { parseTarget, type Target } from '../stores/targets.js'
import { isBlank, readAllowHttp } from './homeserver.js'
import { Problems } from './problems.js'
import { shown } from './values.js'

/** Gitea and Forgejo set these variables; their API is at `/api/v1`. */
export function readForge(runner: InputSource, problems: Problems): Forge {
  const apiUrl = (runner.environment('GITHUB_API_URL') ?? 'https://api.github.com').replace(/\/+$/, '')
  const marked = ['GITEA_ACTIONS', 'FORGEJO_ACTIONS'].some((name) => runner.environment(name) === 'true')
  // Whether `allow-http` is malformed is reported where it is read.
  const allowHttp = readAllowHttp(runner, new Problems())
  if (!URL.canParse(apiUrl)) problems.add(`GITHUB_API_URL “${shown(apiUrl)}” is not a URL.`)
  else if (isInsecure(new URL(apiUrl), allowHttp)) {
    problems.add(`GITHUB_API_URL “${shown(apiUrl)}” would carry the token in clear.`, 'insecure-url')
  }
  const isForgejo = (marked && !isGithubApi(apiUrl)) || apiUrl.endsWith('/api/v1')
  return { kind: isForgejo ? 'forgejo' : 'github', apiUrl }
}

/** Where GitHub's APIs are: an earlier step that sets a variable must not make a token go there in clear. */
function isGithubApi(apiUrl: string): boolean {
  return /^https:\/\/api\.(github\.com|[^/]+\.ghe\.com)$/.test(apiUrl) || apiUrl.endsWith('/api/v3')
}

/** https://docs.github.com/en/actions/reference/security/secrets#naming-your-secrets */
export function readSecretName(runner: InputSource, input: string, byDefault: string, problems: Problems): string {
  const name = isBlank(runner, input) ? byDefault : runner.input(input).trim()
  if (name !== '' && (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) || /^(GITHUB|GITEA|FORGEJO)_/i.test(name))) {
    problems.add(
      `${input} “${shown(name)}” is no name for a secret: letters, digits and _, not beginning with GITHUB_.`,
    )
  }
  return name
}

/** How targets are read. */
interface TargetReading {
  readonly forge: Forge
  /** Whether what is no target is a problem. */
  readonly reportMalformed: boolean
}

/** Targets, one a line; one that is listed twice counts once. */
export function readTargets(
  lines: readonly string[],
  { forge, reportMalformed }: TargetReading,
  problems: Problems,
): readonly Target[] {
  const targets = new Map<string, Target>()
  for (const line of lines) {
    const target = parseTarget(line)
    if ('problem' in target) {
      if (reportMalformed) problems.add(`store-in “${shown(line)}” ${target.problem}.`)
    } else if (forge.kind === 'forgejo' && (target.kind !== 'actions' || target.place.of === 'environment')) {
      problems.add(`store-in “${shown(line)}”: Gitea and Forgejo know repos/OWNER/REPO and orgs/ORGANIZATION only.`)
    } else {
      const key = `${target.kind} ${JSON.stringify(target.place).toLowerCase()}`
      targets.set(key, targets.get(key) ?? target)
    }
  }
  return [...targets.values()]
}

/** Lines that are not blank. */
export function linesOf(text: string): readonly string[] {
  return text.split(/[\r\n]+/).filter((line) => line.trim() !== '')
}
