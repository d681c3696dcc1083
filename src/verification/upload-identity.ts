import { describeRefusal } from '../credentials/refusals.js'
import { Failure } from '../failures.js'
import { AnswerError } from '../matrix/answers.js'
import type { JsonObject } from '../matrix/json.js'
import { cleanServerText } from '../matrix/server-text.js'
import type { Secret } from '../secret.js'
import type { KeysApi } from './keys-api.js'
import { listMember, objectMember, textMember } from './members.js'

/** What an upload may need where the server asks for User-Interactive Authentication. */
export interface UploadContext {
  readonly userId: string
  readonly askPassword: () => Promise<Secret>
  /** Run before a password is sent: with it the upload would replace an identity. @throws where there is one now */
  readonly checkAgain: () => Promise<void>
}

/**
 * Uploads an identity, with the password where the server asks for it. A first identity needs none since Matrix 1.11
 * (MSC3967).
 * @throws Failure `wrong-credentials`, or `method-unavailable` with the address where a person can confirm
 * @see https://spec.matrix.org/latest/client-server-api/#user-interactive-authentication-api
 */
export async function uploadIdentity(api: KeysApi, keys: JsonObject, context: UploadContext): Promise<void> {
  const challenge = await tryUpload(api, keys)
  if (challenge === undefined) return
  requirePasswordFlow(challenge, api)
  const password = await context.askPassword()
  await context.checkAgain()
  const session = textMember(challenge.body, 'session')
  const auth = {
    type: PASSWORD,
    identifier: { type: 'm.id.user', user: context.userId },
    password: password.reveal(),
    ...(session === undefined ? {} : { session }),
  }
  const refused = await tryUpload(api, { ...keys, auth })
  if (refused !== undefined) throw new Failure('wrong-credentials', describeRefusal(refused.error))
}

const PASSWORD = 'm.login.password'

interface Challenge {
  readonly error: AnswerError
  readonly body: JsonObject
}

/** @returns what the server asks for, `undefined` where it accepted the upload */
async function tryUpload(api: KeysApi, body: JsonObject): Promise<Challenge | undefined> {
  try {
    await api.uploadIdentity(body)
    return undefined
  } catch (error) {
    const asked = error instanceof AnswerError && error.problem.kind === 'refused' ? error.problem : undefined
    if (!(error instanceof AnswerError) || asked?.status !== 401 || listMember(asked.body, 'flows') === undefined) {
      throw error
    }
    return { error, body: asked.body }
  }
}

/** @throws Failure where no flow is the password alone */
function requirePasswordFlow({ body }: Challenge, { client }: KeysApi): void {
  const flows = (listMember(body, 'flows') ?? []).map((flow) => stagesOf(flow))
  if (flows.some((stages) => stages.length === 1 && stages[0] === PASSWORD)) return
  const stages = [...new Set(flows.flat())]
  const url = stages
    .map((stage) => textMember(objectMember(objectMember(body, 'params'), stage), 'url'))
    .find(isWebAddress)
  const asked = stages.length === 0 ? 'something unknown' : cleanServerText(stages.join(', '))
  const message = `${client.baseUrl} asks for ${asked} before it accepts a cross-signing identity.`
  const where = url === undefined ? 'in Element (Settings → Encryption)' : `at ${cleanServerText(url)}`
  throw new Failure('method-unavailable', message, `Confirm it ${where}, then run the command again.`)
}

function stagesOf(flow: unknown): string[] {
  const stages: unknown = typeof flow === 'object' && flow !== null && 'stages' in flow ? flow.stages : undefined
  return Array.isArray(stages) ? stages.filter((stage) => typeof stage === 'string') : []
}

function isWebAddress(text: string | undefined): text is string {
  return text !== undefined && /^https?:\/\//.test(text) && URL.canParse(text)
}
