import { expect, test } from '@jest/globals'
import type { HttpResponse, Transport } from '../../src/http/transport.js'
import { withWaitBudget } from '../../src/session/connect.js'
import type { Target } from '../../src/stores/store.js'
import { prepareTargets } from '../../src/stores/write.js'
import { fakeClock, fixedRandom, json, recordingRunner } from '../support/fakes.js'

const KEY = json(200, { key_id: '1', key: Buffer.alloc(32, 9).toString('base64') })

const target = (name: string): Target => ({
  text: `repos/octo/${name}`,
  kind: 'actions',
  place: { of: 'repository', owner: 'octo', repository: name },
})

/** Prepares targets of these names, with a transport that answers a turn of the event loop later. */
async function prepare(names: readonly string[], answer: (name: string) => HttpResponse) {
  let [open, mostOpen] = [0, 0]
  const transport: Transport = async ({ url }) => {
    open += 1
    mostOpen = Math.max(mostOpen, open)
    await new Promise((resolve) => setImmediate(resolve))
    open -= 1
    return answer(/octo\/([^/]+)/.exec(url)?.[1] ?? '')
  }
  const runner = recordingRunner()
  const ports = { transport, clock: fakeClock(), random: fixedRandom(), log: runner, masks: runner }
  const access = {
    targets: names.map(target),
    forge: { kind: 'github', apiUrl: 'https://api.github.com' } as const,
    storeToken: 'ghp_of_a_test',
  }
  const outcome = await prepareTargets(withWaitBudget(ports, 0), access, ['TOKEN']).then(
    (prepared) => prepared.map((each) => each.target.text),
    (error: unknown) => (error instanceof Error ? error.message : 'no error'),
  )
  return { outcome, open, mostOpen }
}

test('the keys of several targets are read side by side, four at most, and the targets keep their order', async () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f']
  const { outcome, mostOpen } = await prepare(names, () => KEY)
  expect(outcome).toStrictEqual(names.map((name) => `repos/octo/${name}`))
  expect(mostOpen).toBe(4)
})

test('the failure is that of the first target, and nothing is under way when it is reported', async () => {
  const { outcome, open } = await prepare(['a', 'b', 'c'], (name) => (name === 'a' ? KEY : json(404, {})))
  expect(outcome).toContain('repos/octo/b')
  expect(open).toBe(0)
})
