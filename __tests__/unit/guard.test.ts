import { expect, test } from '@jest/globals'
import type { Explanation } from '../../src/failures.js'
import { guard } from '../../src/runner/process.js'
import { HELP_URL } from '../../src/version.js'
import { recordingRunner } from '../support/fakes.js'

const TEXT = `It failed.\nTry again.\nHelp: ${HELP_URL}#internal`
const EXPLANATION: Explanation = { code: 'internal', message: 'It failed.', hint: 'Try again.' }

async function guarded(options: Partial<Parameters<typeof guard>[0]>) {
  const runner = recordingRunner()
  await guard({
    runner,
    run: () => Promise.reject(new Error('x')),
    explain: () => Promise.resolve(EXPLANATION),
    onFailure: () => {},
    onError: 'fail',
    ...options,
  })
  return runner.effects.filter(([kind]) => kind !== 'debug')
}

test('a failure is one annotation with message and hint', async () => {
  expect(await guarded({})).toStrictEqual([['fail', TEXT, 'Matrix Access Token: internal']])
})

test('a post step warns', async () => {
  expect(await guarded({ onError: 'warn' })).toStrictEqual([['warning', TEXT]])
})

test('what is done about a failure may fail itself', async () => {
  const onFailure = () => {
    throw new Error('GITHUB_OUTPUT')
  }
  expect(await guarded({ onFailure })).toStrictEqual([['fail', TEXT, 'Matrix Access Token: internal']])
})

test('an error that cannot even be looked at is one annotation', async () => {
  const explain = () => {
    throw new Error('a getter')
  }
  const effects = await guarded({ explain })
  expect(effects).toHaveLength(1)
  expect(effects[0]?.[0]).toBe('fail')
})
