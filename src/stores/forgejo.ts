import { NoAnswerError } from '../http/exchange.js'
import { describeForgeRefusal, describeNoAnswer, type ForgeApi, kindOfRefusal } from './api.js'
import type { SecretStore, WriteResult } from './store.js'
import type { Target } from './targets.js'

/** Secrets of Gitea and Forgejo: the plain value over TLS, no key to seal it to (routers/api/v1/repo/action.go). */
export function forgejoStore(api: ForgeApi): SecretStore {
  return {
    prepare: (target) =>
      Promise.resolve({
        target,
        write: (secretName, value) => write(api, `${secretsPath(target)}/${secretName}`, value, target),
      }),
  }
}

function secretsPath({ place }: Target): string {
  if (place.of === 'organization') return `/orgs/${place.organization}/actions/secrets`
  return `/repos/${place.owner}/${place.repository}/actions/secrets`
}

async function write(api: ForgeApi, path: string, value: string, { place }: Target): Promise<WriteResult> {
  const permission = place.of === 'organization' ? 'write:organization' : 'write:repository'
  try {
    const response = await api.send('PUT', path, { data: value })
    if (response.status === 201 || response.status === 204) return { kind: 'taken' }
    return { kind: kindOfRefusal(response), why: describeForgeRefusal(response, permission) }
  } catch (error) {
    if (!(error instanceof NoAnswerError)) throw error
    return { kind: error.answerLost ? 'unknown' : 'refused', why: describeNoAnswer(error) }
  }
}
