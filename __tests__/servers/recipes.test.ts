import { readFileSync, rmSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { afterEach, describe, expect, test } from '@jest/globals'
import { checkout, ROOM, setExampleHarness } from '../support/example-harness.js'
import { clearFixtures, stopLater } from '../support/fixture.js'
import { installed, makeDirectory } from './support/real-process.js'

// Those recipes of examples/ that need a program which `npm test` does not have: here with the program itself.
afterEach(clearFixtures)

/** The commands in a folder first, then those of the machine. */
const pathWith = (folder: string) => [folder, dirname(process.execPath), process.env.PATH].join(delimiter)

describe('ansible.yml', () => {
  const VARIABLE = 'matrix_alertmanager_receiver_config_matrix_access_token'

  /** A playbook as small as can be, with the tag and the variable of the real one; it deploys to a folder. */
  const playbook = (host: string) => ({
    'inventory/hosts':
      'localhost ansible_connection=local ansible_python_interpreter="{{ ansible_playbook_python }}"\n',
    'setup.yml': `
- hosts: all
  gather_facts: false
  tasks:
    - tags: [install-alertmanager-receiver]
      ansible.builtin.copy:
        dest: ${host}/config.yaml
        mode: '0600'
        content: "{{ {'token': ${VARIABLE}, 'user': user_id, 'device': device_id, 'homeserver': homeserver} | to_json }}"
    - tags: [start]
      ansible.builtin.copy:
        dest: ${host}/started
        mode: '0600'
        content: 'yes'
`,
  })

  test('ansible-playbook takes the file, and hands the token to the variable of the playbook', async () => {
    const { server, run } = await setExampleHarness()
    const host = makeDirectory('host')
    stopLater({ stop: () => Promise.resolve(rmSync(host, { recursive: true })) })
    const { job } = await run('ansible.yml', {
      env: { PATH: pathWith(dirname(installed('MATRIX_TEST_ANSIBLE_PYTHON'))), ANSIBLE_NOCOWS: '1' },
      foreign: { 'actions/checkout': checkout(playbook(host)) },
    })
    expect(job('playbook').log).toContain('failed=0')
    expect(job('playbook').log).not.toContain('WARNING')
    expect(job('playbook').result).toBe('success')
    const [token = 'none'] = server.liveTokens()
    expect(JSON.parse(readFileSync(join(host, 'config.yaml'), 'utf8'))).toStrictEqual({
      token,
      user: '@bot.alertmanager.receiver:example.org',
      device: server.devices('bot.alertmanager.receiver')[0]?.device_id,
      homeserver: server.url,
    })
    expect(readFileSync(join(host, 'started'), 'utf8')).toBe('yes')
  })

  test('jq and Python read the file as well', async () => {
    const { run } = await setExampleHarness()
    const read = `
      jq --raw-output .user_id "$CREDENTIALS"
      jq --exit-status '.access_token | length > 20' "$CREDENTIALS"
      python3 -c 'import json, os; print(json.load(open(os.environ["CREDENTIALS"]))["user_id"])'`
    const { job } = await run('ansible.yml', { replaced: { 'Deploy with Ansible': read } })
    const user = '@bot.alertmanager.receiver:example.org'
    expect(job('playbook').steps.at(-1)?.result?.log).toBe(`${user}\ntrue\n${user}\n`)
  })
})

const examples = (name: string) => readFileSync(join('examples', name), 'utf8')
const nothing = () => ({})

describe.each([
  {
    file: 'bot-python.yml',
    bot: 'bot.py',
    library: 'matrix-nio',
    pins: 'requirements-nio.txt',
    prepare: () => ({ path: dirname(installed('MATRIX_TEST_NIO_PYTHON')), install: 'python -c "import nio"' }),
  },
  {
    file: 'bot-javascript.yml',
    bot: 'bot.mjs',
    library: 'matrix-js-sdk',
    pins: 'js-sdk/package.json',
    // It needs Node 22 or newer: Promise.withResolvers.
    prepare: () => ({
      path: dirname(installed('MATRIX_TEST_NODE24')),
      install: `ln -s ${installed('MATRIX_TEST_JS_SDK')} node_modules`,
    }),
  },
])('$file', ({ file, bot, library, pins, prepare }) => {
  /** The step that installs is replaced by one that uses what is installed already, in the version that it names. */
  async function runBot(isInRoom: boolean) {
    const { server, openRoom, run } = await setExampleHarness()
    if (isInRoom) await openRoom('bot')
    const { path, install } = prepare()
    const files = { [bot]: examples(`${file.replace('.yml', '')}/${bot}`) }
    const { job } = await run(file, {
      env: { PATH: pathWith(path) },
      foreign: {
        'actions/checkout': checkout(files),
        'actions/setup-python': nothing,
        'actions/setup-node': nothing,
      },
      replaced: { Install: install },
    })
    return { server, tell: job('tell') }
  }

  test('the bot itself says its word in the room, and the session ends', async () => {
    const { server, tell } = await runBot(true)
    expect(tell.log).toContain('sent: $event0')
    expect(tell.result).toBe('success')
    const sent = server.requests.filter(({ method, status }) => method === 'PUT' && status === 200)
    expect(sent.map(({ path, body }) => [decodeURIComponent(path).includes(ROOM), JSON.parse(body)])).toStrictEqual([
      [true, { msgtype: 'm.notice', body: 'The bot is here.' }],
    ])
    expect(server.devices('bot').map(({ device_id: id }) => id)).toStrictEqual(['ROOMOPENER'])
  })

  test('a bot that is not in the room fails the job, and the session ends all the same', async () => {
    const { server, tell } = await runBot(false)
    expect(tell.steps.map(({ outcome }) => outcome).slice(-2)).toStrictEqual(['success', 'failure'])
    expect(server.liveTokens()).toStrictEqual([])
  })

  test('the recipe installs the version that is tested', () => {
    const version = /[@=]([\d.]+)\n/.exec(examples(file).split(library)[2] ?? '')?.[1] ?? 'none'
    const pinned = readFileSync(join('__tests__/servers/support/install', pins), 'utf8')
    expect(pinned).toMatch(new RegExp(`${library}["=: ]+${version.replaceAll('.', '\\.')}`))
  })
})
