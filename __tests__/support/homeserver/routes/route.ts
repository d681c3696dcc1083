import type { Answer, Incoming } from '../answers.js'
import type { ServerParts } from '../parts.js'

/** What serves one path. Captured groups of the path come percent-decoded. */
export interface Route {
  /** Any unless said. */
  readonly method?: string
  readonly path: RegExp
  /** `undefined` where this server has no such route. */
  readonly handle: (request: Incoming, parts: ServerParts, ...captured: string[]) => Answer | undefined
}

/** The first answer, or `undefined` where no route is. */
export function dispatch(
  routes: readonly Route[],
  request: Incoming,
  path: string,
  parts: ServerParts,
): Answer | undefined {
  for (const route of routes) {
    const match = route.path.exec(path)
    if (match === null || (route.method !== undefined && route.method !== request.method)) continue
    const answered = route.handle(request, parts, ...match.slice(1).map((part) => decodeURIComponent(part ?? '')))
    if (answered !== undefined) return answered
  }
  return undefined
}
