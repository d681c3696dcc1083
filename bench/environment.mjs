// The environment of a step that the runner would start, with the stand-in as homeserver and forge.
import { join } from 'node:path'

/** The stand-in's tokens and passwords, which open nothing. */
export const TOKEN = 'syt_Ym90_bbbbbbbbbbbbbbbbbbbb_0aBcDe'

/**
 * @param folder where the command files are
 * @param urls the addresses of the stand-in
 * @returns the variables of every step
 */
export function stepEnvironment(folder, urls, certificate) {
  return {
    PATH: process.env.PATH,
    NODE_EXTRA_CA_CERTS: certificate.cert,
    GITHUB_OUTPUT: join(folder, 'output'),
    GITHUB_STATE: join(folder, 'state'),
    GITHUB_STEP_SUMMARY: join(folder, 'summary'),
    GITHUB_REPOSITORY: 'o/r',
    GITHUB_API_URL: `${urls.https}/api`,
    GITHUB_SERVER_URL: 'https://github.com',
  }
}

/** @returns the inputs of a login by password */
export const passwordInputs = (urls) => ({
  INPUT_HOMESERVER: urls.https,
  INPUT_USER: 'bot',
  INPUT_PASSWORD: 'correct horse battery staple',
})

/** The login as one bare request: a script for CommonJS. */
export const bareRequest = (
  scheme,
  url,
) => `const body = JSON.stringify({ type: 'm.login.password', password: 'pw', device_id: 'D' })
const options = { method: 'POST', agent: false, headers: { 'content-type': 'application/json', 'content-length': body.length } }
require('${scheme}').request('${url}/_matrix/client/v3/login', options, (response) => {
  let text = ''
  response.on('data', (chunk) => { text += chunk }).on('end', () => { JSON.parse(text).access_token.length > 0 || process.exit(1) })
}).end(body)
`
