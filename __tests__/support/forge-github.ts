import type sodium from 'libsodium-wrappers'
import { type ForgeReply, type Responder, type StoredSecret, storeSecret } from './forge-answers.js'

const refusal = (status: number, message: string): ForgeReply => ({ status, body: { message } })

/** The secrets API of GitHub. Sealed boxes are opened with libsodium, which is not what seals them. */
export function githubResponder({ crypto_box_keypair, crypto_box_seal_open, to_string }: typeof sodium): Responder {
  const keys = crypto_box_keypair()
  const open = (sealed: string) =>
    to_string(crypto_box_seal_open(Buffer.from(sealed, 'base64'), keys.publicKey, keys.privateKey))
  return (question, state) => {
    const { method, path, query, authorization, body } = question
    if (authorization !== `Bearer ${state.token}`) return refusal(401, 'Bad credentials')
    const place = /^\/(?:repos\/[^/]+\/[^/]+|orgs\/[^/]+)/.exec(path)?.[0] ?? ''
    // GitHub names the number of a repository that was renamed, not its new name.
    if (state.renamed[place] !== undefined)
      return { ...refusal(301, 'Moved Permanently'), headers: { location: '/repositories/1296269/actions/secrets' } }
    if (state.missing.includes(place)) return refusal(404, 'Not Found')
    if (method === 'GET' && path.endsWith('/public-key'))
      return { status: 200, body: { key_id: 'key-1', key: Buffer.from(keys.publicKey).toString('base64') } }
    if (method === 'GET' && path.endsWith('/repositories'))
      return { status: 200, body: selectedPage(state.secrets.get(path.replace(/\/repositories$/, '')), query) }
    const secret = state.secrets.get(path)
    if (method !== 'PUT' && secret === undefined) return refusal(404, 'Not Found')
    if (method === 'GET') return { status: 200, body: { name: 'X', visibility: secret?.visibility } }
    if (!state.isAdministrator) return refusal(403, 'Resource not accessible by personal access token')
    if (method === 'DELETE') {
      state.secrets.delete(path)
      return { status: 204 }
    }
    const sent = JSON.parse(body)
    if (sent.key_id !== 'key-1') return refusal(422, 'Unprocessable')
    const { visibility, selected_repository_ids: selected } = sent
    const type = path.includes('/dependabot/') ? 'string' : 'number'
    const odd = selected?.find((id: unknown) => typeof id !== type)
    // https://github.com/cli/cli/issues/6934
    if (odd !== undefined)
      return refusal(422, `Invalid property /selected_repository_ids/0: \`${odd}\` is not of type \`${type}\`.`)
    return storeSecret(state, path, { value: open(sent.encrypted_value), visibility, selected: selected?.map(Number) })
  }
}

function selectedPage(secret: StoredSecret | undefined, query: string): object {
  const parameters = new URLSearchParams(query)
  const size = Number(parameters.get('per_page') ?? '30')
  const from = (Number(parameters.get('page') ?? '1') - 1) * size
  const ids = secret?.selected ?? []
  return { total_count: ids.length, repositories: ids.slice(from, from + size).map((id) => ({ id })) }
}
