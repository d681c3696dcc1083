import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { ServerText } from '../../src/api/values.js'
import { CREDENTIAL_KINDS } from '../../src/credentials/index.js'
import { sessionFileJson } from '../../src/sealing/session-file.js'
import { Secret } from '../../src/secret.js'
import { REPOSITORY } from '../support/publisher.js'
import { blocksOf, documents } from './blocks.js'

const readme = readFileSync('README.md', 'utf8')

test('the tables are up to date', () => {
  expect(() => execFileSync(process.execPath, ['scripts/docs.mjs', '--check'], { stdio: 'pipe' })).not.toThrow()
})

test('is at most 220 lines long', () => {
  expect(readme.trimEnd().split('\n').length).toBeLessThanOrEqual(220)
})

test('the commands to try it exist, and stand behind everything that a user needs', () => {
  const scripts = JSON.parse(readFileSync('package.json', 'utf8')).scripts
  expect(scripts).toMatchObject({ demo: expect.any(String), test: expect.any(String) })
  const [demo, run] = ['npm ci && npm run demo', 'npm ci && npm test'].map((command) => readme.indexOf(command))
  for (const position of [demo, run]) expect(position).toBeGreaterThan(readme.indexOf('## Compatibility'))
})

test('a workflow that can be pasted stands on the first screen, before any other block', () => {
  const [first] = blocksOf('README.md')
  expect(first?.text).toMatch(new RegExp(`^name: [\\s\\S]*^ +- uses: ${REPOSITORY}@v1$`, 'm'))
  expect(readme.slice(0, readme.indexOf(first?.text ?? '?')).split('\n').length).toBeLessThan(20)
})

test('pictures come in a light and a dark form', () => {
  const pictures = [...readme.matchAll(/<picture>[\s\S]*?<\/picture>/g)].map(([picture]) => picture)
  expect(pictures.length).toBeGreaterThan(1)
  for (const picture of pictures) {
    const [, dark = ''] = /dark\)" srcset="(docs\/images\/[\w-]+-dark\.png)"/.exec(picture) ?? []
    expect(dark).not.toBe('')
    expect(picture).toMatch(/<img alt="[^"]{20,}"/)
    const light = dark.replace('-dark', '-light')
    expect(picture).toContain(`src="${light}"`)
    for (const file of [dark, light]) expect(existsSync(file)).toBe(true)
  }
})

test('docs/README.md leads to every document, and the README to it', () => {
  const index = readFileSync('docs/README.md', 'utf8')
  const pages = documents.filter(
    (file) => /^docs\/(?:credentials\/)?[\w-]+\.md$/.test(file) && file !== 'docs/README.md',
  )
  expect(pages.length).toBeGreaterThan(20)
  expect(pages.filter((page) => !index.includes(`(${page.replace('docs/', '')})`))).toStrictEqual([])
  expect(readme).toContain('(docs/README.md)')
})

test('the table of credentials has a row for each kind, and each says what it is good for', () => {
  const table = /## Choose your credential\n[\s\S]*?\n((?:\|.*\n)+)/.exec(readme)?.[1] ?? ''
  const rows = table
    .trim()
    .split('\n')
    .slice(2)
    .map((row) =>
      row
        .split('|')
        .map((cell) => cell.trim())
        .slice(1, -1),
    )
  const named = rows.map(([, set = '']) => [...set.matchAll(/`([a-z-]+)`/g)].map(([, input]) => input))
  for (const { input, companions = [] } of CREDENTIAL_KINDS) {
    expect(named.filter((inputs) => [input, ...companions].every((each) => inputs.includes(each)))).toHaveLength(1)
  }
  expect(rows).toHaveLength(CREDENTIAL_KINDS.length)
  expect(rows.flat().filter((cell) => cell === '')).toStrictEqual([])
  const pages = rows.map(([have = '']) => /^\[.+\]\((docs\/credentials\/[\w-]+\.md)\)$/.exec(have)?.[1])
  expect(pages.sort()).toStrictEqual(documents.filter((file) => file.startsWith('docs/credentials/')).sort())
})

test('the credentials file is shown as it is', () => {
  const shown = JSON.parse(blocksOf('docs/recipes.md').find(({ language }) => language === 'json')?.text ?? '')
  const { access_token: token, user_id: userId, device_id: deviceId, homeserver: homeserverUrl } = shown
  const [user, device] = [new ServerText(userId), new ServerText(deviceId)]
  const session = { accessToken: new Secret(token), userId: user, deviceId: device, homeserverUrl }
  expect(
    JSON.parse(sessionFileJson(session, { repository: 'octo/demo', runId: '1234567890', runAttempt: '1' })),
  ).toStrictEqual(shown)
  const more = sessionFileJson(
    { ...session, refreshToken: new Secret('x'), expiresAt: 0 },
    { repository: '', runId: '', runAttempt: '1' },
  )
  const optional = Object.keys(JSON.parse(more)).filter((name) => !(name in shown))
  expect(optional.sort()).toStrictEqual(['expires_at', 'refresh_token'])
  const page = readFileSync('docs/recipes.md', 'utf8')
  for (const name of optional) expect(page).toContain(`\`${name}\``)
})

test('the versions of homeservers in the README are those that are tested', () => {
  const folder = '__tests__/servers/support'
  const file = readdirSync(folder, { recursive: true, encoding: 'utf8' }).find((name) =>
    /requirements-synapse\.txt$/.test(name),
  )
  const synapse = /^matrix-synapse==([\d.]+)/m.exec(readFileSync(join(folder, file ?? ''), 'utf8'))?.[1]
  const dendrite = /matrix-org\/dendrite v([\d.]+)/.exec(
    readFileSync(join(folder, 'install/dendrite/go.mod'), 'utf8'),
  )?.[1]
  const workflow = readFileSync('.github/workflows/end-to-end.yml', 'utf8')
  expect(readme).toContain(`Synapse ${synapse}, Dendrite ${dendrite};`)
  const table = readFileSync('docs/homeservers.md', 'utf8')
  for (const version of [synapse, dendrite]) expect(table).toContain(`| ${version}: \`npm run test:servers\` |`)
  expect(workflow).toContain(`/synapse:v${synapse}`)
  expect(readme).toContain(`Matrix Authentication Service ${/matrix-authentication-service:(\S+)/.exec(workflow)?.[1]}`)
})
