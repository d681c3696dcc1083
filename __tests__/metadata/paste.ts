import { makeCertificate } from '../support/certificate.js'
import { PASSWORD, stopLater, USERS } from '../support/fixture.js'
import { startHomeserver } from '../support/homeserver.js'
import { startProxy } from '../support/proxy.js'
import { createJob, type StepResult } from '../support/runner.js'
import { type Step, stepsOf } from './blocks.js'

/** Makes a room, as a user does in Element. */
const CREATE_ROOM = `
  curl --fail --silent --show-error --header "Authorization: Bearer $TOKEN" --json '{}' \
    https://matrix.example.org/_matrix/client/v3/createRoom | sed 's/.*"room_id":"\\([^"]*\\)".*/room=\\1/' >> "$GITHUB_OUTPUT"
`

const INVITE = `
  curl --fail --silent --show-error --header "Authorization: Bearer $TOKEN" --json '{"user_id": "@bot:example.org"}' \
    "https://matrix.example.org/_matrix/client/v3/rooms/$ROOM/invite"
`

/**
 * Runs a workflow of a login and a script as the runner would, its expressions evaluated. The Internet is one machine
 * here: a proxy leads every host to an embedded homeserver, which has a certificate for example.org.
 * @param place whether the room is the bot's own, or another user's who invited the bot or did not
 */
export async function paste(
  workflow: string,
  secrets: Readonly<Record<string, string>> = { MATRIX_PASSWORD: PASSWORD },
  place: 'own room' | 'invited' | 'not invited' = 'own room',
) {
  const certificate = stopLater(makeCertificate('example.org', 'matrix.example.org', 'www.example.org'))
  const server = stopLater(await startHomeserver({ users: USERS, tls: certificate }))
  const proxy = stopLater(await startProxy(Number(new URL(server.url).port)))
  const address = `http://127.0.0.1:${proxy.port}`
  const trust = { NODE_EXTRA_CA_CERTS: certificate.certFile, CURL_CA_BUNDLE: certificate.certFile }
  const job = await createJob({
    secrets: () => server.secrets(),
    env: { HTTPS_PROXY: address, https_proxy: address, ...trust },
  })
  stopLater({ stop: () => job.dispose() })
  const wellKnown = { 'm.homeserver': { base_url: 'https://matrix.example.org' } }
  server.inject({ path: '.well-known', times: 9 }, { kind: 'respond', status: 200, body: wellKnown })
  for (const value of Object.values(secrets)) job.registerSecret(value)
  const token = server.issueToken(place === 'own room' ? 'bot' : 'mallory', 'ELEMENT')
  const created = await job.runScript(CREATE_ROOM, { env: { TOKEN: token } })
  const room = created.outputs['room'] ?? ''
  if (place === 'invited') await job.runScript(INVITE, { env: { TOKEN: token, ROOM: room } })
  const outputs = new Map<string, Readonly<Record<string, string>>>()
  const evaluate = (text: unknown) =>
    String(text).replace(
      /\$\{\{\s*(?:secrets\.(\w+)|steps\.(\w+)\.outputs\.([\w-]+))\s*\}\}/g,
      (_all, secret, id, name) => (secret === undefined ? (outputs.get(id)?.[name] ?? '') : (secrets[secret] ?? '')),
    )
  const all = (values: Step['with'] = {}) =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, evaluate(value)]))
  const start = async () => {
    const results: StepResult[] = []
    for (const { id = '', uses, run: script = '', with: inputs, env } of stepsOf(
      workflow.replace('!room:example.org', room),
    )) {
      const result =
        uses === undefined ? await job.runScript(script, { env: all(env) }) : await job.runAction('.', all(inputs))
      outputs.set(id, result.outputs)
      results.push(result)
      if (result.outcome === 'failure') break
    }
    await job.finish()
    return { results, messages: results.flatMap(({ annotations }) => annotations.map(({ message }) => message)) }
  }
  return { server, job, room, start, elsewhere: token }
}
