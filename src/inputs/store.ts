import { CREDENTIAL_KINDS } from '../credentials/index.js'
import { isInsecure } from '../matrix/homeserver-address.js'
import type { InputSource } from '../runner/ports.js'
import type { Forge, ForgeKind } from '../stores/index.js'
import { MAX_SECRET_NAME, parseTarget, type Target } from '../stores/targets.js'
import { isBlank, readAllowHttp } from './homeserver.js'
import { Problems } from './problems.js'
import { describeValue } from './refused.js'

/** Gitea and Forgejo set these variables; their API is at `/api/v1`. */
export function readForge(runner: InputSource, problems: Problems): Forge {
  const apiUrl = (runner.environment('GITHUB_API_URL') ?? 'https://api.github.com').replace(/\/+$/, '')
  const marked = ['GITEA_ACTIONS', 'FORGEJO_ACTIONS'].some((name) => runner.environment(name) === 'true')
  // Whether `allow-http` is malformed is reported where it is read.
  const allowHttp = readAllowHttp(runner, new Problems())
  if (!URL.canParse(apiUrl)) problems.add(`GITHUB_API_URL ${describeValue(apiUrl)} is not a URL.`)
  else if (isInsecure(new URL(apiUrl), allowHttp)) {
    problems.add(`GITHUB_API_URL ${describeValue(apiUrl)} would carry the token in clear.`, 'insecure-url')
  }
  const isForgejo = (marked && !isGithubApi(apiUrl)) || apiUrl.endsWith('/api/v1')
  return { kind: isForgejo ? 'forgejo' : 'github', apiUrl }
}

/** Where GitHub's APIs are: an earlier step that sets a variable must not make a token go there in clear. */
function isGithubApi(apiUrl: string): boolean {
  return /^https:\/\/api\.(github\.com|[^/]+\.ghe\.com)$/.test(apiUrl) || apiUrl.endsWith('/api/v3')
}

/**
 * Prefixes that a forge keeps for itself. FORGEJO_ is refused by Forgejo 17 and allowed before, so the server decides.
 * @see https://docs.github.com/en/actions/reference/security/secrets#naming-your-secrets
 * @see https://github.com/go-gitea/gitea/blob/main/services/secrets/validation.go
 */
const RESERVED: Readonly<Record<ForgeKind, readonly string[]>> = {
  github: ['GITHUB_'],
  forgejo: ['GITHUB_', 'GITEA_'],
}

/** Reads the name of a secret. A refused name is never shown: it may be the secret itself. */
export function readSecretName(runner: InputSource, input: string, byDefault: string, problems: Problems): string {
  if (isBlank(runner, input)) return byDefault
  const name = runner.input(input).trim()
  const { kind } = readForge(runner, new Problems())
  const problem = likenessToSecret(runner, name) ?? problemWithName(name, RESERVED[kind])
  if (problem !== undefined) problems.add(`\`${input}\` (${name.length} characters) ${problem}`)
  // The write check has another name, so only this keeps a refresh token from being used up for a name that is refused.
  else if (kind === 'forgejo' && input === 'refresh-secret-name' && name.toUpperCase() === 'CI')
    problems.add(`\`${input}\` is CI, which Gitea and Forgejo refuse: choose another name.`)
  return name
}

function problemWithName(name: string, reserved: readonly string[]): string | undefined {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name))
    return 'is not the name of a secret: use letters, digits and _, and no digit at the start.'
  const prefix = reserved.find((each) => name.toUpperCase().startsWith(each))
  if (prefix !== undefined) return `begins with ${prefix}, which is reserved: choose another name.`
  return name.length > MAX_SECRET_NAME
    ? `is longer than ${MAX_SECRET_NAME} characters: choose another name.`
    : undefined
}

/** Inputs whose values must never appear in a log. */
const SECRET_INPUTS = [
  ...CREDENTIAL_KINDS.flatMap(({ input, form, companions = [] }) => [
    ...(form === 'text' ? [] : [input]),
    ...companions,
  ]),
  'current-token',
  'store-token',
  'seal-passphrase',
]
/** Access tokens of Synapse and Matrix Authentication Service, tokens of GitHub. Case matters: GHA_TOKEN is a name. */
const TOKEN_PREFIX = /^(syt_|mct_|mat_|mpt_|gh[a-z]_|github_pat_)/
/** A shorter value occurs in honest names by chance. */
const MIN_CONTAINED = 12
/** The shortest token of these, in characters, is longer than this. */
const MIN_TOKEN = 20

/** Why a name, which is shown on success, could be a secret and must not be shown at all. */
function likenessToSecret(runner: InputSource, name: string): string | undefined {
  const same = SECRET_INPUTS.find((input) => {
    const secret = runner.input(input).trim().toLowerCase()
    return secret !== '' && (name.toLowerCase() === secret || holdsLongSecret(name, secret))
  })
  if (same !== undefined) return `holds the value of \`${same}\`. ${NOT_SHOWN}`
  return TOKEN_PREFIX.test(name) ? `begins like an access token. ${NOT_SHOWN}` : undefined
}

/** The same for a target, whose parts may equal a short secret, or begin like a token, by chance. */
function targetLikeness(runner: InputSource, line: string): string | undefined {
  const same = SECRET_INPUTS.find((input) => holdsLongSecret(line, runner.input(input).trim()))
  if (same !== undefined) return `holds the value of \`${same}\`. ${NOT_SHOWN}`
  const isToken = (part: string) => part.length >= MIN_TOKEN && TOKEN_PREFIX.test(part)
  return line.split(/[/:\s]/).some(isToken) ? `holds what looks like an access token. ${NOT_SHOWN}` : undefined
}

const NOT_SHOWN = 'It is not shown here. Give a name, not a value.'

function holdsLongSecret(text: string, secret: string): boolean {
  return secret.length >= MIN_CONTAINED && text.toLowerCase().includes(secret.toLowerCase())
}

/** How targets are read. */
interface TargetReading {
  readonly runner: InputSource
  readonly forge: Forge
  /** Whether what is no target is a problem. */
  readonly reportMalformed: boolean
}

/** Targets, one a line; one that is listed twice counts once. */
export function readTargets(
  lines: readonly string[],
  { runner, forge, reportMalformed }: TargetReading,
  problems: Problems,
): readonly Target[] {
  const targets = new Map<string, Target>()
  for (const [index, line] of lines.entries()) {
    // A refused line is never shown: it may be a secret that was put into the wrong input.
    const where = `\`store-in\`, target ${index + 1} (${line.trim().length} characters)`
    const target = parseTarget(line)
    const likeness = targetLikeness(runner, line)
    if (likeness !== undefined) problems.add(`${where} ${likeness}`)
    else if ('problem' in target) {
      if (reportMalformed) problems.add(`${where}: it ${target.problem}.`)
    } else if (forge.kind === 'forgejo' && (target.kind !== 'actions' || target.place.of === 'environment')) {
      problems.add(`${where}: Gitea and Forgejo know repos/OWNER/REPO and orgs/ORGANIZATION only.`)
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
