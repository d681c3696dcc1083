import { readFileSync } from 'node:fs'

/** The GitHub account that publishes the action, as `src/version.ts` names it. `npm run publisher` changes it. */
export const PUBLISHER =
  /github\.com\/([\w-]+)\/matrix-access-token'/.exec(readFileSync('src/version.ts', 'utf8'))?.[1] ?? ''

/** The repository of the action, `account/name`. */
export const REPOSITORY = `${PUBLISHER}/matrix-access-token`

/**
 * Matches the start of a `uses:` that names one of our actions, up to the `@`. Gitea and Forgejo need the whole URL.
 * Group 1 is the folder of the action; it is missing for the login action.
 *
 * @param end what follows the `@`, as the source of a regular expression
 */
export function ownAction(end = ''): RegExp {
  return new RegExp(`^(?:https://github\\.com/)?${REPOSITORY}(?:/([a-z]+))?@${end}`)
}
