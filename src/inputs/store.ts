import { isInsecure } from '../matrix/homeserver-address.js'
import type { InputSource } from '../runner/ports.js'
import { MAX_SECRET_NAME, parseTarget, type Target } from '../stores/store.js'
import type { Forge, ForgeKind } from '../stores/write.js'
import { findToken } from './text.js'
import { describeRefused, describeValue, isBlank, Problems, readAllowHttp } from './values.js'

/** Reads the forge. Gitea and Forgejo set these variables; their API is at `/api/v1`. */
export function readForge(inputs: InputSource, problems: Problems): Forge {
  const apiUrl = (inputs.environment('GITHUB_API_URL') ?? 'https://api.github.com').replace(/\/+$/, '')
  const marked = ['GITEA_ACTIONS', 'FORGEJO_ACTIONS'].some((name) => inputs.environment(name) === 'true')
  // A malformed `allow-http` is reported by its own reader.
  const allowHttp = readAllowHttp(inputs, new Problems())
  if (!URL.canParse(apiUrl)) problems.add(`GITHUB_API_URL ${describeValue(apiUrl)} is not a URL.`)
  else if (isInsecure(new URL(apiUrl), allowHttp)) {
    problems.add(
      `GITHUB_API_URL ${describeValue(apiUrl)} would carry the token without TLS.`,
      'insecure-url',
      REGISTERED,
    )
  }
  const isForgejo = (marked && !isGithubApi(apiUrl)) || apiUrl.endsWith('/api/v1')
  return { kind: isForgejo ? 'forgejo' : 'github', apiUrl }
}

const REGISTERED =
  'A runner takes this address from the forge that it was registered at: register it with the https:// address. On a ' +
  'private network, and only there, set `allow-http: true`.'

/**
 * Returns whether an address is an API of GitHub: an earlier step that changes a variable must not cause a token to be
 * sent without TLS.
 */
function isGithubApi(apiUrl: string): boolean {
  return /^https:\/\/api\.(github\.com|[^/]+\.ghe\.com)$/.test(apiUrl) || apiUrl.endsWith('/api/v3')
}

/**
 * Reserved prefixes of each forge. Forgejo 17 refuses FORGEJO_ and earlier versions allow it, so the server decides.
 * @see https://docs.github.com/en/actions/reference/security/secrets#naming-your-secrets
 * @see https://github.com/go-gitea/gitea/blob/main/services/secrets/validation.go
 */
const RESERVED: Readonly<Record<ForgeKind, readonly string[]>> = {
  github: ['GITHUB_'],
  forgejo: ['GITHUB_', 'GITEA_'],
}

/** Reads the name of a secret. A refused name is never shown, because it may be the secret itself. */
export function readSecretName(inputs: InputSource, input: string, byDefault: string, problems: Problems): string {
  if (isBlank(inputs, input)) return byDefault
  const name = inputs.input(input).trim()
  const { kind } = readForge(inputs, new Problems())
  const problem = lookalike(name) ?? problemWithName(name, RESERVED[kind]) ?? problemOnForge(name, kind)
  if (problem !== undefined) problems.add(describeRefused(input, name, problem))
  return name
}

/** Refuses equal names. Forges ignore the case of secret names. */
export function refuseSameNames(secretName: string, refreshSecretName: string, problems: Problems): void {
  if (secretName.toUpperCase() !== refreshSecretName.toUpperCase()) return
  problems.add('`secret-name` and `refresh-secret-name` are the same: each token needs its own secret.')
}

/** Describes a name that looks like a token, because the name is printed on success. */
function lookalike(text: string): string | undefined {
  const token = findToken(text)
  return token === undefined ? undefined : `holds what looks like ${token.description}; nothing was sent`
}

/**
 * Checks a name against the rules of the forge, which refuses it only when it is written: after the login, or after a
 * refresh token was used up. The write check uses another name.
 * @see https://github.com/go-gitea/gitea/blob/main/services/secrets/validation.go
 */
function problemOnForge(name: string, kind: ForgeKind): string | undefined {
  if (kind !== 'forgejo' || name.toUpperCase() !== 'CI') return undefined
  return 'is CI, which Gitea and Forgejo refuse: choose another name'
}

function problemWithName(name: string, reserved: readonly string[]): string | undefined {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name))
    return 'is not the name of a secret: use letters, digits and _, and no digit at the start'
  const prefix = reserved.find((each) => name.toUpperCase().startsWith(each))
  if (prefix !== undefined) return `begins with ${prefix}, which is reserved: choose another name`
  return name.length > MAX_SECRET_NAME ? `is longer than ${MAX_SECRET_NAME} characters: choose another name` : undefined
}

/** How to read targets. */
interface TargetReading {
  readonly forge: Forge
  /** Whether a malformed target is a problem. */
  readonly reportMalformed: boolean
}

/** Reads targets, one per line; duplicates count once. */
export function readTargets(
  lines: readonly string[],
  { forge, reportMalformed }: TargetReading,
  problems: Problems,
): readonly Target[] {
  const targets = new Map<string, Target>()
  for (const [index, line] of lines.entries()) {
    // A refused line is never shown, because it may be a misplaced secret.
    const refuse = (what: string) => problems.add(describeRefused('store-in', line, `(target ${index + 1}) ${what}`))
    const target = parseTarget(line)
    const problem = lookalike(line)
    if (problem !== undefined) refuse(problem)
    else if ('problem' in target) {
      if (reportMalformed) refuse(target.problem)
    } else if (forge.kind === 'forgejo' && (target.kind !== 'actions' || target.place.of === 'environment')) {
      refuse('is not known there: Gitea and Forgejo know repos/OWNER/REPO and orgs/ORGANIZATION only')
    } else {
      const key = `${target.kind} ${JSON.stringify(target.place).toLowerCase()}`
      targets.set(key, targets.get(key) ?? target)
    }
  }
  return [...targets.values()]
}

/** Returns the lines that are not blank. */
export function listedLines(text: string): readonly string[] {
  return text.split(/[\r\n]+/).filter((line) => line.trim() !== '')
}
