import type { HttpResponse } from '../http/transport.js'
import type { ReadHints } from './api.js'
import { type Advise, conflict, messageOf, rateLimit } from './refusals.js'
import type { Target } from './targets.js'

/** Installation tokens of GitHub Apps: https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github#githubs-token-formats */
const APP_TOKEN = /^(ghs_|v1\.)/

/**
 * Reads out of a refusal of GitHub whether it can pass. The token of an App that was made a second ago is refused until
 * every server of GitHub knows it.
 */
export function readGithubHints(token: string): ReadHints {
  const isAppToken = APP_TOKEN.test(token)
  return (response, now) => {
    const hints = { ...conflict(response), ...rateLimit(response, now) }
    const { status } = response
    const mayPass = status === 401 || (status === 403 && lastingCause(response, messageOf(response)) === undefined)
    if (!isAppToken || !mayPass || hints.rateLimited === true) return hints
    return { repeatOnce: `the token of the App may be too new (${status})` }
  }
}

/** What each refusal means. Permission is named only where it is the cause. */
export function adviseGithub(target: Target): Advise {
  const permission = permissionFor(target)
  return (response, said) => {
    switch (response.status) {
      case 403:
        return lastingCause(response, said) ?? adviseForbidden(said, permission)
      case 404:
        return `It does not exist, or \`store-token\` has no access to it (permission ${permission}).`
      case 410:
        return 'The API that this action uses is gone there: update the action.'
      case 422:
        return 'Is the name of the secret one that is allowed there?'
      default:
        return ''
    }
  }
}

/** What the token needs, as GitHub's settings call it. */
function permissionFor({ kind, place }: Target): string {
  const secrets = { actions: 'Secrets', dependabot: 'Dependabot secrets', codespaces: 'Codespaces secrets' }[kind]
  if (place.of === 'environment') return '“Environments: read and write” of the repository'
  return `“${secrets}: read and write” of the ${place.of}`
}

/** Refusals that have nothing to do with permissions, by GitHub's own sentences. */
const LASTING_CAUSES: readonly (readonly [said: RegExp, advice: string])[] = [
  [/SAML|single sign-on/i, 'Authorise `store-token` for the single sign-on of the organization.'],
  [/archived/i, 'Unarchive the repository, or remove it from `store-in`.'],
  [/IP allow list/i, 'Use a runner whose address is on that list.'],
  [/lifetime/i, 'Give a `store-token` with a shorter lifetime.'],
  [/forbids access via|suspended|administrative rules/i, 'The organization or GitHub itself decides this.'],
]

function lastingCause({ headers }: HttpResponse, said: string): string | undefined {
  if (headers['x-github-sso'] !== undefined) return LASTING_CAUSES[0]?.[1]
  return LASTING_CAUSES.find(([sentence]) => sentence.test(said))?.[1]
}

function adviseForbidden(said: string, permission: string): string {
  if (said === '') return `Has \`store-token\` the permission ${permission}?`
  if (/not accessible by integration/i.test(said))
    return `The GITHUB_TOKEN of a workflow can never write secrets. Give the token of a GitHub App that has the permission ${permission}.`
  const isPermission = /not accessible|must have|must be|not have permission|not authorized/i.test(said)
  return isPermission ? `\`store-token\` lacks the permission ${permission}.` : ''
}
