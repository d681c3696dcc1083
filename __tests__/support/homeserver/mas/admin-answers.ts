import type { UserSpec } from '../accounts.js'
import type { Answer, JsonMembers } from '../answers.js'
import type { PersonalSession } from './personal-sessions.js'
import type { MasService } from './service.js'

/** The admin API answers in the form of JSON:API: crates/handlers/src/admin/response.rs. */
export const ADMIN_PATH = '/api/admin/v1'

interface Resource {
  readonly type: string
  readonly id: string
  readonly attributes: JsonMembers
  readonly links: { readonly self: string }
}

/** Not as Matrix words its errors, nor as OAuth does. */
export const adminError = (status: number, title: string): Answer => ({ status, body: { errors: [{ title }] } })

export function adminAnswer(status: number, data: Resource, self = data.links.self): Answer {
  return { status, body: { data, links: { self } } }
}

/** Nine digits after the second. */
function date(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '000000Z')
}

const dateOrNull = (ms: number | undefined) => (ms === undefined ? null : date(ms))

export function userResource(
  { localpart, locked, deactivated, admin }: UserSpec,
  { users }: MasService,
  now: number,
): Resource {
  const id = users.of(localpart)
  const since = date(now)
  return {
    type: 'user',
    id,
    attributes: {
      username: localpart,
      created_at: since,
      locked_at: locked === true ? since : null,
      deactivated_at: deactivated === true ? since : null,
      admin: admin === true,
      legacy_guest: false,
    },
    links: { self: `${ADMIN_PATH}/users/${id}` },
  }
}

/** The token is shown once, in the answer that made it. */
export function sessionResource(session: PersonalSession, { users }: MasService, token?: string): Resource {
  const { id, owner, localpart, name, scope, createdAt, expiresAt, revokedAt } = session
  return {
    type: 'personal-session',
    id,
    attributes: {
      created_at: date(createdAt),
      revoked_at: dateOrNull(revokedAt),
      owner_user_id: 'localpart' in owner ? users.of(owner.localpart) : null,
      owner_client_id: 'clientId' in owner ? owner.clientId : null,
      actor_user_id: users.of(localpart),
      human_name: name,
      scope,
      last_active_at: null,
      last_active_ip: null,
      expires_at: revokedAt === undefined ? dateOrNull(expiresAt) : null,
      ...(token === undefined ? {} : { access_token: token }),
    },
    links: { self: `${ADMIN_PATH}/personal-sessions/${id}` },
  }
}

/** A page: which part of the list, and in which direction. */
interface Paging {
  readonly count: number
  readonly backward: boolean
  readonly after: string | undefined
  readonly before: string | undefined
}

const DEFAULT_PAGE_SIZE = 10

/** crates/handlers/src/admin/params.rs. */
export function pageAnswer(items: readonly Resource[], query: URLSearchParams, filters: string): Answer {
  const paging = pagingOf(query)
  if ('status' in paging) return paging
  const { count, backward, after, before } = paging
  const part = items.filter(({ id }) => (after === undefined || id > after) && (before === undefined || id < before))
  const page = backward ? part.slice(-count) : part.slice(0, count)
  const more = part.length > page.length
  const link = (change: Partial<Paging>) => pageLink(filters, { ...paging, ...change })
  const [first, last] = [page[0]?.id, page.at(-1)?.id]
  const next = more && !backward ? { next: link({ after: last, before: undefined }) } : {}
  const prev = more && backward ? { prev: link({ before: first, after: undefined }) } : {}
  const ends = { after: undefined, before: undefined }
  const links = {
    self: link({}),
    first: link({ ...ends, backward: false }),
    last: link({ ...ends, backward: true }),
    ...next,
    ...prev,
  }
  const data = page.map((item) => ({ ...item, meta: { page: { cursor: item.id } } }))
  const counting = query.get('count')
  if (counting === 'only') return { status: 200, body: { meta: { count: items.length }, links: { self: filters } } }
  return { status: 200, body: { ...(counting === 'false' ? {} : { meta: { count: items.length } }), data, links } }
}

function pagingOf(query: URLSearchParams): Paging | Answer {
  const [first, last] = [query.get('page[first]'), query.get('page[last]')]
  if (first !== null && last !== null) {
    return adminError(400, 'Cannot specify both `page[first]` and `page[last]` parameters')
  }
  const count = Number(first ?? last ?? DEFAULT_PAGE_SIZE)
  if (!Number.isInteger(count) || count < 1) return adminError(400, 'Invalid pagination parameters')
  const [after, before] = [query.get('page[after]') ?? undefined, query.get('page[before]') ?? undefined]
  return { count, backward: last !== null, after, before }
}

/** Links carry brackets, colons and stars as they are. */
function pageLink(filters: string, { count, backward, after, before }: Paging): string {
  const parameters = [
    ...(before === undefined ? [] : [`page[before]=${before}`]),
    ...(after === undefined ? [] : [`page[after]=${after}`]),
    `page[${backward ? 'last' : 'first'}]=${count}`,
  ]
  return `${filters}${filters.includes('?') ? '&' : '?'}${parameters.join('&')}`
}
