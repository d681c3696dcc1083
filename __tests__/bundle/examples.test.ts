import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from '@jest/globals'
import { checkout, ROOM, SEAL_PASSPHRASE, setExampleHarness } from '../support/example-harness.js'
import { clearFixtures, PASSWORD, stopLater } from '../support/fixture.js'
import { startForge } from '../support/forge.js'
import type { Homeserver } from '../support/homeserver.js'
import { REPOSITORY } from '../support/publisher.js'
import { FORGEJO_RUNNER, GITEA_RUNNER } from '../support/runner/flavor.js'
import { setUpRecovery } from '../support/verification/account.js'
import { isValid, makeDeviceKeys } from '../support/verification/signatures.js'
import type { WorkflowHarness } from '../support/workflow/harness.js'
import type { JobRun } from '../support/workflow.js'

// Every workflow in examples/, executed step by step as it is written, on the built actions.
afterEach(clearFixtures)

const outcomes = ({ steps }: JobRun) => steps.map(({ name, outcome }) => `${name}: ${outcome}`)
const annotations = (job: JobRun) =>
  [...job.steps.flatMap(({ result }) => result ?? []), ...job.posts].flatMap((step) => step.annotations)

/** Devices that logins made, of those that are alive. */
const sessions = (server: Homeserver, bot = 'bot') =>
  server.devices(bot).filter(({ device_id: id }) => id.startsWith('GHA-'))

const logins = (server: Homeserver) =>
  server.requests.filter(({ method, path }) => method === 'POST' && path.endsWith('/login'))

/** What was said in the room. */
const said = (server: Homeserver) =>
  server.requests
    .filter(({ method, path, status }) => method === 'PUT' && decodeURIComponent(path).includes(ROOM) && status === 200)
    .map(({ body }) => JSON.parse(body))

describe('send-message.yml', () => {
  test('says it, and ends the session', async () => {
    const { server, openRoom, run } = await setExampleHarness()
    await openRoom('bot')
    const { job } = await run('send-message.yml')
    expect(outcomes(job('tell'))).toStrictEqual([`${REPOSITORY}@v1: success`, 'Send: success'])
    expect(annotations(job('tell'))).toStrictEqual([])
    expect(said(server)).toStrictEqual([{ msgtype: 'm.notice', body: 'octo/demo: octocat pushed to main.' }])
    expect(sessions(server)).toStrictEqual([])
  })

  test('ends it too where the bot is not in the room', async () => {
    const { server, run } = await setExampleHarness()
    const { job } = await run('send-message.yml')
    expect(job('tell').result).toBe('failure')
    expect(job('tell').log).toContain('Not in the room')
    expect(sessions(server)).toStrictEqual([])
  })
})

/** Asks the server whose token it has, as a deployment would, and fails on one host if told to. */
const deployScript = (failsOn = 'none') => `#!/usr/bin/env bash
set -e
curl --fail --silent --header "Authorization: Bearer $MATRIX_ACCESS_TOKEN" "$MATRIX_HOMESERVER/_matrix/client/v3/account/whoami"
[ "$1" != ${failsOn} ]
`

describe('build-then-deploy.yml', () => {
  const files = (failsOn?: string, build = 'exit 0') => ({
    foreign: {
      'actions/checkout': checkout({ 'build.sh': `#!/bin/sh\n${build}\n`, 'deploy.sh': deployScript(failsOn) }),
    },
  })

  test('one login serves every job; the token never is an output of a job; the last job ends the session', async () => {
    const { server, run } = await setExampleHarness()
    const { jobs, job } = await run('build-then-deploy.yml', files())
    expect(jobs.map(({ name, result }) => `${name}: ${result}`)).toStrictEqual([
      'build: success',
      'deploy (alpha): success',
      'deploy (beta): success',
      'log-out: success',
    ])
    expect(job('build').dropped).toStrictEqual([])
    expect(Object.keys(job('build').outputs)).toStrictEqual(['matrix'])
    for (const host of ['alpha', 'beta']) expect(job(`deploy (${host})`).log).toContain('"user_id":"@bot:example.org"')
    expect(jobs.flatMap(annotations)).toStrictEqual([])
    expect(logins(server)).toHaveLength(1)
    expect(server.liveTokens()).toStrictEqual([])
  })

  test('where one deployment fails, the other goes on, and the session is ended all the same', async () => {
    const { server, run } = await setExampleHarness()
    const { jobs } = await run('build-then-deploy.yml', files('alpha'))
    expect(jobs.map(({ result }) => result)).toStrictEqual(['success', 'failure', 'success', 'success'])
    expect(server.liveTokens()).toStrictEqual([])
  })

  test('so it is where the run is cancelled', async () => {
    const { server, run } = await setExampleHarness()
    const { jobs } = await run('build-then-deploy.yml', { ...files(), cancelBefore: 'Deploy' })
    expect(jobs.map(({ result }) => result)).toStrictEqual(['success', 'cancelled', 'cancelled', 'success'])
    expect(server.liveTokens()).toStrictEqual([])
  })

  test('a build that fails logs nobody in, and nothing follows', async () => {
    const { server, run } = await setExampleHarness()
    const { jobs } = await run('build-then-deploy.yml', files(undefined, 'exit 1'))
    expect(jobs.map(({ result }) => result)).toStrictEqual(['failure', 'skipped', 'skipped'])
    expect(server.requests).toStrictEqual([])
  })
})

describe('deploy-bot.yml', () => {
  /** A host with a bot on it: its token stands in a file. */
  function host(deployed = '') {
    const directory = mkdtempSync(join(tmpdir(), 'host-'))
    stopLater({ stop: () => Promise.resolve(rmSync(directory, { recursive: true })) })
    const file = join(directory, 'token')
    writeFileSync(file, deployed)
    const token = () => readFileSync(file, 'utf8')
    const deploying = (script: string) => ({
      foreign: {
        'actions/checkout': checkout({
          'running-token.sh': `#!/bin/sh\ncat ${file}\n`,
          'deploy.sh': `#!/bin/sh\n${script.replaceAll('HOST', file)}\n`,
        }),
      },
    })
    return { token, deploying }
  }

  const GOOD = 'printf %s "$MATRIX_ACCESS_TOKEN" >HOST'
  const BAD = 'old=$(cat HOST); printf %s "$MATRIX_ACCESS_TOKEN" >HOST; printf %s "$old" >HOST; exit 1'

  test('the first deployment leaves one session, that of the bot', async () => {
    const { server, run } = await setExampleHarness()
    const { token, deploying } = host()
    const { job } = await run('deploy-bot.yml', deploying(GOOD))
    expect(outcomes(job('deploy')).slice(1)).toStrictEqual([
      'Read the token that the bot has now: success',
      `${REPOSITORY}@v1: success`,
      'Deploy: success',
      'End the session of the bot before: skipped',
    ])
    expect(annotations(job('deploy'))).toStrictEqual([])
    expect(server.liveTokens()).toStrictEqual([token()])
  })

  test('the next one ends the session of the bot before, and leaves its own', async () => {
    const { server, run } = await setExampleHarness()
    const before = server.issueToken('bot', 'BEFORE')
    const { token, deploying } = host(before)
    const { job } = await run('deploy-bot.yml', deploying(GOOD))
    expect(job('deploy').result).toBe('success')
    expect(token()).not.toBe(before)
    expect(server.liveTokens()).toStrictEqual([token()])
  })

  test.each([
    ['one that fails', BAD, undefined, 'failure'],
    ['one that is cancelled', GOOD, 'Deploy', 'cancelled'],
  ] as const)(
    '%s leaves the session of the bot before, and none of its own',
    async (_name, script, cancelBefore, result) => {
      const { server, run } = await setExampleHarness()
      const before = server.issueToken('bot', 'BEFORE')
      const { token, deploying } = host(before)
      const cancel = cancelBefore === undefined ? {} : { cancelBefore }
      const { job } = await run('deploy-bot.yml', { ...deploying(script), ...cancel })
      expect(job('deploy').result).toBe(result)
      expect(token()).toBe(before)
      expect(server.liveTokens()).toStrictEqual([before])
    },
  )

  test('where the session of the bot before cannot be ended, the bot keeps its new one', async () => {
    const { server, run } = await setExampleHarness()
    const before = server.issueToken('bot', 'BEFORE')
    const { token, deploying } = host(before)
    server.inject({ path: '/logout', times: 99 }, { kind: 'respond', status: 403, body: { errcode: 'M_FORBIDDEN' } })
    const { job } = await run('deploy-bot.yml', deploying(GOOD))
    expect(outcomes(job('deploy')).at(-1)).toBe('End the session of the bot before: failure')
    expect(job('deploy').result).toBe('success')
    expect(server.isAlive(token())).toBe(true)
  })
})

describe('ansible.yml', () => {
  // Ansible itself runs in `npm run test:servers`. Here another program reads the file in its place.
  const read = `node -e '
    const { statSync, readFileSync } = require("node:fs")
    const { access_token: token, homeserver, user_id: userId } = JSON.parse(readFileSync(process.env.CREDENTIALS, "utf8"))
    fetch(homeserver + "/_matrix/client/v3/account/whoami", { headers: { authorization: "Bearer " + token } })
      .then((answer) => answer.json())
      .then((answer) => console.log((statSync(process.env.CREDENTIALS).mode & 0o777).toString(8), userId, answer.user_id))
  '`

  test.each([
    ['synapse', 2],
    ['mas', 1],
  ] as const)(
    'on %s the playbook finds the credentials in the file; one device is left, with %i tokens',
    async (flavour, left) => {
      const { server, run } = await setExampleHarness({ flavour })
      const user = '@bot.alertmanager.receiver:example.org'
      for (let round = 0; round < 2; round += 1) {
        const { job } = await run('ansible.yml', { replaced: { 'Deploy with Ansible': read } })
        expect(job('playbook').log).toContain(`600 ${user} ${user}`)
        expect(annotations(job('playbook'))).toStrictEqual([])
      }
      expect(sessions(server, 'bot.alertmanager.receiver')).toHaveLength(1)
      expect(server.liveTokens()).toHaveLength(left)
    },
  )
})

// The bots themselves, with their libraries, run in `npm run test:servers`. Here the requests that they make.
describe.each(['bot-python.yml', 'bot-javascript.yml'])('%s', (file) => {
  const send = `curl --fail --silent --request PUT --header "Authorization: Bearer $MATRIX_ACCESS_TOKEN" \\
    --data '{"msgtype": "m.notice", "body": "The bot is here."}' \\
    "$MATRIX_HOMESERVER/_matrix/client/v3/rooms/$MATRIX_ROOM/send/m.room.message/1"
    echo "$MATRIX_USER_ID on $MATRIX_DEVICE_ID"`

  test('the bot finds all that it needs in its environment; an installation finds nothing', async () => {
    const { server, openRoom, run } = await setExampleHarness()
    await openRoom('bot')
    const nothing = () => ({})
    const { job } = await run(file, {
      foreign: { 'actions/setup-python': nothing, 'actions/setup-node': nothing },
      replaced: { Install: 'env | grep -c ^MATRIX_ || true', 'Run the bot': send },
    })
    const [, , install, login, bot] = job('tell').steps
    expect(install?.result?.log).toBe('0\n')
    expect(bot?.result?.log).toContain(`@bot:example.org on ${login?.outputs['device-id']}`)
    expect(annotations(job('tell'))).toStrictEqual([])
    expect(said(server)).toStrictEqual([{ msgtype: 'm.notice', body: 'The bot is here.' }])
    expect(sessions(server)).toStrictEqual([])
  })
})

describe('forgejo.yml', () => {
  const forgejo = { flavor: FORGEJO_RUNNER, dropsSecretOutputs: false }

  test('a build that fails after the login ends the session, on Gitea and on Forgejo', async () => {
    for (const flavor of [GITEA_RUNNER, FORGEJO_RUNNER]) {
      const { server, run } = await setExampleHarness()
      const added = '      - name: Fail\n        run: exit 1\n  deploy:\n'
      const { job } = await run('forgejo.yml', { ...forgejo, flavor }, (text) => text.replace('  deploy:\n', added))
      expect(job('build').result).toBe('failure')
      expect(logins(server)).toHaveLength(1)
      expect(server.liveTokens()).toStrictEqual([])
    }
  })

  test('what the server stores of the jobs holds no secret, and the second job can use it', async () => {
    const { server, run } = await setExampleHarness()
    const { jobs, job } = await run('forgejo.yml', forgejo)
    expect(jobs.map(({ result }) => result)).toStrictEqual(['success', 'success'])
    expect(job('deploy').log).toContain('"user_id":"@bot:example.org"')
    const stored = JSON.stringify(jobs.map(({ outputs }) => outputs))
    expect(stored.length).toBeGreaterThan(300)
    for (const secret of [...server.secrets(), SEAL_PASSPHRASE]) expect(stored).not.toContain(secret)
    expect(server.liveTokens()).toStrictEqual([])
  })

  test('a second job that fails ends the session too', async () => {
    const { server, run } = await setExampleHarness()
    const { jobs } = await run('forgejo.yml', { ...forgejo, replaced: { Deploy: 'exit 1' } })
    expect(jobs.map(({ result }) => result)).toStrictEqual(['success', 'failure'])
    expect(server.liveTokens()).toStrictEqual([])
  })
})

describe('check-tokens.yml', () => {
  const BOTS = ['alerts', 'deploys', 'reminders']

  /** Runs the check; the tokens of the bots named in `invalid` were logged out before. */
  async function check(invalid: readonly string[], secrets: Readonly<Record<string, string>> = {}) {
    const { server, openRoom, run } = await setExampleHarness()
    await openRoom('reporter')
    const stored = BOTS.map((bot) => {
      const token = invalid.includes(bot) ? 'syt_a_token_that_is_invalid' : server.issueToken(bot, `OF-${bot}`)
      return [bot, { MATRIX_ACCESS_TOKEN: token }] as const
    })
    const environments = Object.fromEntries(stored)
    const result = await run('check-tokens.yml', {
      environments,
      secrets: { REPORTER_PASSWORD: PASSWORD, ...secrets },
    })
    return { server, ...result }
  }

  test('valid tokens stay valid, and nothing is said in the room', async () => {
    const { server, jobs } = await check([])
    expect(jobs.map(({ result }) => result)).toStrictEqual(['success', 'success', 'success'])
    expect(said(server)).toStrictEqual([])
    for (const bot of BOTS) expect(server.devices(bot)).toHaveLength(1)
    expect(logins(server)).toStrictEqual([])
  })

  test('an invalid token fails its job alone, and the room is told which and why', async () => {
    const { server, jobs } = await check(['deploys'])
    expect(jobs.map(({ result }) => result)).toStrictEqual(['success', 'failure', 'success'])
    expect(said(server)).toStrictEqual([
      { msgtype: 'm.text', body: 'The stored token of deploys failed its check: token-invalid.' },
    ])
    expect(sessions(server, 'reporter')).toStrictEqual([])
  })

  test('where the reporter cannot log in, the run fails all the same', async () => {
    const { server, job } = await check(['alerts'], { REPORTER_PASSWORD: 'not the password at all' })
    expect(job('check (alerts)').result).toBe('failure')
    expect(said(server)).toStrictEqual([])
  })
})

describe('rotate.yml, rotate-and-deploy.yml and rotate-many.yml', () => {
  async function setRotation() {
    const harness = await setExampleHarness()
    const forge = stopLater(await startForge())
    const stored = (path: string) => forge.secrets.get(`/repos/octo/demo/${path}/MATRIX_ACCESS_TOKEN`)?.value ?? ''
    const appTokens: Readonly<Record<string, string>>[] = []
    const run = (file: string, differences: Pick<WorkflowHarness, 'secrets' | 'environments' | 'foreign'>) =>
      harness.run(file, {
        ...differences,
        github: { api_url: forge.url },
        vars: { ROTATION_APP_CLIENT_ID: 'Iv23liMadeUpForATest' },
        secrets: { ROTATION_APP_PRIVATE_KEY: 'a made-up private key of a test', ...differences.secrets },
        foreign: {
          'actions/create-github-app-token': (job, { 'private-key': key, ...inputs }) => {
            expect(key).toBe('a made-up private key of a test')
            appTokens.push(inputs)
            job.registerSecret(forge.token)
            return { token: forge.token }
          },
          ...differences.foreign,
        },
        otherSecrets: () => [...harness.server.secrets(), forge.token],
      })
    return { ...harness, run, stored, forge, appTokens }
  }

  test('the stored token is replaced, and lives', async () => {
    const { server, run, stored, appTokens } = await setRotation()
    for (let round = 0; round < 2; round += 1) {
      const before = stored('actions/secrets')
      const { job } = await run('rotate.yml', { secrets: { MATRIX_PASSWORD: PASSWORD, MATRIX_ACCESS_TOKEN: before } })
      expect(job('rotate').result).toBe('success')
      expect(stored('actions/secrets')).not.toBe(before)
      expect(server.isAlive(stored('actions/secrets'))).toBe(true)
    }
    expect(sessions(server)).toHaveLength(2)
    expect(appTokens[0]).toStrictEqual({ 'client-id': 'Iv23liMadeUpForATest', 'permission-secrets': 'write' })
  })

  test('the bot is deployed with the token that was just stored; the one that it has stays valid meanwhile', async () => {
    const { server, run, stored } = await setRotation()
    const deploy = (script: string) => ({ 'actions/checkout': checkout({ 'deploy.sh': script }) })
    const rotate = (script: string) =>
      run('rotate-and-deploy.yml', {
        secrets: { MATRIX_PASSWORD: PASSWORD, MATRIX_ACCESS_TOKEN: stored('actions/secrets') },
        foreign: deploy(script),
      })
    await rotate(deployScript())
    const running = stored('actions/secrets')
    const { job } = await rotate(`${deployScript()}\nprintf %s "$MATRIX_ACCESS_TOKEN" | sha256sum`)
    expect(job('rotate').result).toBe('success')
    expect(job('rotate').log).toContain(createHash('sha256').update(stored('actions/secrets')).digest('hex'))
    expect(server.isAlive(running)).toBe(true)
    const { job: failed } = await rotate('#!/bin/sh\nexit 1\n')
    expect(failed('rotate').result).toBe('failure')
    expect(server.isAlive(stored('actions/secrets'))).toBe(true)
  })

  test('each bot of the matrix gets a token of its own, in its own environment, from the secrets of that alone', async () => {
    const { server, run, stored, forge, appTokens } = await setRotation()
    const bots = ['alerts', 'deploys', 'reminders']
    const tokens = () => bots.map((bot) => stored(`environments/${bot}/secrets`))
    for (let round = 0; round < 2; round += 1) {
      const before = tokens()
      const environments = Object.fromEntries(
        bots.map((bot, index) => [bot, { MATRIX_PASSWORD: PASSWORD, MATRIX_ACCESS_TOKEN: before[index] ?? '' }]),
      )
      const { jobs } = await run('rotate-many.yml', { secrets: { MATRIX_PASSWORD: '' }, environments })
      expect(jobs.map(({ name, result }) => `${name}: ${result}`)).toStrictEqual(
        bots.map((bot) => `rotate (${bot}): success`),
      )
      expect(jobs.flatMap(annotations)).toStrictEqual([])
      expect(new Set([...before, ...tokens()].filter((token) => token !== '')).size).toBe(3 * (round + 1))
    }
    for (const token of tokens()) expect(server.isAlive(token)).toBe(true)
    for (const bot of bots) expect(sessions(server, bot)).toHaveLength(2)
    expect(forge.secrets.size).toBe(3)
    expect(appTokens[0]).toStrictEqual({ 'client-id': 'Iv23liMadeUpForATest', 'permission-environments': 'write' })
  })
})

describe('deploy-encrypted-bot.yml', () => {
  const USER = '@bot:example.org'
  const DEVICE = 'BOT-17-1'

  /** A deployment whose bot uploads these keys, as it does when it starts. */
  const deploying = (keys: object) => ({
    foreign: {
      'actions/checkout': checkout({
        'deploy.sh': `#!/bin/sh
curl --fail --silent --header "Authorization: Bearer $MATRIX_ACCESS_TOKEN" --json '${JSON.stringify({ device_keys: keys })}' \\
  "$MATRIX_HOMESERVER/_matrix/client/v3/keys/upload"
`,
      }),
    },
  })
  const secrets = (recoveryKey: string) => ({ MATRIX_PASSWORD: PASSWORD, MATRIX_RECOVERY_KEY: recoveryKey })

  test('the bot runs on a device ID that was never used, and its device is signed by its owner', async () => {
    const { server, run } = await setExampleHarness()
    const recoveryKey = setUpRecovery(server, USER)
    const keys = makeDeviceKeys(USER, DEVICE)
    const { job } = await run('deploy-encrypted-bot.yml', { ...deploying(keys), secrets: secrets(recoveryKey) })
    expect(outcomes(job('deploy')).slice(1)).toStrictEqual([
      `${REPOSITORY}@v1: success`,
      'Deploy: success',
      `${REPOSITORY}/verify@v1: success`,
    ])
    const [keyId = '', publicKey = ''] =
      Object.entries(Object(server.keys.identity(USER).self_signing?.['keys']))[0] ?? []
    expect(isValid(server.keys.devicesOf(USER)[DEVICE] ?? {}, USER, keyId, String(publicKey))).toBe(true)
    expect(server.liveTokens()).toHaveLength(1)
  })

  test('a bot that cannot be verified is logged out again', async () => {
    const { server, run } = await setExampleHarness()
    const recoveryKey = setUpRecovery(server, USER)
    const unsigned = { ...makeDeviceKeys(USER, DEVICE), algorithms: [] }
    const { job } = await run('deploy-encrypted-bot.yml', { ...deploying(unsigned), secrets: secrets(recoveryKey) })
    expect(outcomes(job('deploy')).at(-1)).toBe(`${REPOSITORY}/verify@v1: failure`)
    expect(job('deploy').log).toContain('not signed by the device itself')
    expect(server.liveTokens()).toStrictEqual([])
  })
})
