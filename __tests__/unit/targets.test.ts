import { expect, test } from '@jest/globals'
import { parseTarget } from '../../src/stores/store.js'

const repository = (owner: string, name: string) => ({ of: 'repository', owner, repository: name })

test.each([
  ['repos/o/r', 'actions', repository('o', 'r')],
  ['actions:repos/o/r', 'actions', repository('o', 'r')],
  [' dependabot:repos/o/r.js ', 'dependabot', repository('o', 'r.js')],
  ['dependabot: repos/o/r', 'dependabot', repository('o', 'r')],
  ['repos/my-org/.github', 'actions', repository('my-org', '.github')],
  ['repos/o/..x', 'actions', repository('o', '..x')],
  ['codespaces:orgs/o', 'codespaces', { of: 'organization', organization: 'o' }],
  [
    'actions:repos/o/r/environments/prod/eu west',
    'actions',
    { of: 'environment', owner: 'o', repository: 'r', environment: 'prod/eu west' },
  ],
  [
    'repos/o/r/environments/.prod.',
    'actions',
    { of: 'environment', owner: 'o', repository: 'r', environment: '.prod.' },
  ],
  ['repos/o/r/environments/...', 'actions', { of: 'environment', owner: 'o', repository: 'r', environment: '...' }],
])('%j', (line, kind, place) => {
  expect(parseTarget(line)).toStrictEqual({ text: line.trim(), kind, place })
})

test.each([
  '',
  'o',
  'o/r',
  'repos',
  'repos/',
  'repos/o',
  'repos/o/',
  'repos//r',
  'repos/o/r/',
  'repos/o/r/secrets',
  'repos/o/r/secrets/x',
  'repos/o/r/environments',
  'repos/o/r/environments/',
  'repos/o/r/environments/.',
  'repos/o/r/environments/..',
  // A name of dots only would be a parent directory in the path.
  'repos/o/../x',
  'repos/./r',
  'repos/o/...',
  'repos/o/r?x',
  'repos/?o/r',
  'repos/o r/x',
  'users/o/r',
  'orgs',
  'orgs/',
  'orgs/..',
  'orgs/o!',
  'orgs/o/r',
  'orgs/o/',
  'secrets:repos/o/r',
])('%j is refused, and the three forms are named', (line) => {
  expect(parseTarget(line)).toStrictEqual({ problem: expect.stringContaining('repos/OWNER/REPO/environments/NAME') })
})

test.each(['dependabot', 'codespaces'])('%s knows no environments', (kind) => {
  expect(parseTarget(`${kind}:repos/o/r/environments/e`)).toStrictEqual({
    problem: `has an environment, which ${kind} does not know`,
  })
})
