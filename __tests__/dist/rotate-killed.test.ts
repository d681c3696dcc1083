import { afterEach, describe, expect, test } from '@jest/globals'
import { FLAVOURS, MODES, rotateInputs, setStage } from '../support/rotation-stage.js'
import { clearScene } from '../support/scene.js'

afterEach(clearScene)

/** Every mode, flavour and moment takes minutes: npm run test:sweep. */
const FULL = process.env['MATRIX_TEST_SWEEP'] === 'full'

describe('killed at any write of its own', () => {
  const kill = (count: number, moment: string) => ({
    env: {
      NODE_OPTIONS: `--require ${process.cwd()}/__tests__/support/preload/kill-at-effect.cjs`,
      KILL_AT: `append:${count}:${moment}`,
    },
  })
  const points = (FULL ? [1, 2, 3, 4, 5, 8, 13] : [2, 4, 5]).flatMap((count) => [
    [count, 'before'] as const,
    [count, 'after'] as const,
  ])

  test.each(
    (FULL ? MODES : (['next-rotation'] as const)).flatMap((retire) =>
      points.map(([count, moment]) => [retire, count, moment] as const),
    ),
  )(
    'retire: %s, write %i, %s: the stored token works, and the next rotations clean up',
    async (retire, count, moment) => {
      const { server, forge, rotate, queue, stored } = await setStage()
      await rotate({ retire })
      const { job, stored: current } = await queue()
      const inputs = rotateInputs(server, forge, { 'current-token': current, retire })
      const killed = await job.runAction('rotate', inputs, kill(count, moment))
      expect(killed.signal).toBe('SIGKILL')
      expect(server.isAlive(stored())).toBe(true)
      await job.finish()
      expect(server.isAlive(stored())).toBe(true)
      if (retire === 'never') return
      await rotate({ retire })
      expect(server.devices('bot').length).toBeLessThanOrEqual(retire === 'now' ? 1 : 3)
      await rotate({ retire })
      expect(server.isAlive(stored())).toBe(true)
      expect(server.devices('bot').length).toBeLessThanOrEqual(retire === 'now' ? 1 : 2)
    },
  )
})

describe('killed while a request is held', () => {
  const requests = [
    ['homeserver', { path: 'whoami' }],
    ['homeserver', { method: 'POST', path: '/login' }],
    ['forge', { method: 'PUT' }],
    ['homeserver', { path: '/devices' }],
    ['homeserver', { path: '/logout' }],
  ] as const
  const cases = (FULL ? FLAVOURS : (['synapse'] as const)).flatMap((flavour) =>
    requests.flatMap(([where, match]) =>
      (FULL ? ['before-effect', 'after-effect'] : ['after-effect']).flatMap((phase) =>
        (FULL ? [true, false] : [true]).map((post) => ({ flavour, where, match, phase, post })),
      ),
    ),
  )

  test.each(cases)(
    '$flavour: $where $match, $phase, post step: $post',
    async ({ flavour, where, match, phase, post }) => {
      const { server, forge, rotate, queue, stored } = await setStage({
        flavour: flavour === 'mas' ? 'mas' : 'synapse',
      })
      for (let round = 0; round < 3; round += 1) await rotate()
      const { job, stored: current } = await queue()
      await new Promise<void>((resolve) => {
        const reached = () => {
          running.kill('SIGKILL')
          void running.result.then(() => resolve())
        }
        const held = {
          kind: 'hold',
          until: Promise.resolve(),
          phase: phase === 'before-effect' ? 'before-effect' : 'after-effect',
          reached,
        } as const
        if (where === 'forge') forge.inject(match, held)
        else server.inject(match, held)
        const running = job.startAction('rotate', rotateInputs(server, forge, { 'current-token': current }))
      })
      expect(server.isAlive(stored())).toBe(true)
      if (post) await job.finish()
      expect(server.isAlive(stored())).toBe(true)
      await rotate()
      expect(server.devices('bot').length).toBeLessThanOrEqual(3)
      await rotate()
      expect(server.devices('bot')).toHaveLength(2)
      expect(server.isAlive(stored())).toBe(true)
    },
  )
})

describe('two rotations side by side', () => {
  const requests = [{ path: 'whoami' }, { method: 'POST', path: '/login' }, { path: '/devices' }] as const

  test.each(
    requests.flatMap((match) =>
      (FULL ? (['before-effect', 'after-effect'] as const) : (['after-effect'] as const)).map((phase) => ({
        match,
        phase,
      })),
    ),
  )('one is held at $match, $phase, while the other runs whole', async ({ match, phase }) => {
    const { server, forge, rotate, queue, stored } = await setStage()
    for (let round = 0; round < 3; round += 1) await rotate()
    const { job, stored: current } = await queue()
    let release = () => {}
    const until = new Promise<void>((resolve) => {
      release = resolve
    })
    const reached = new Promise<void>((resolve) =>
      server.inject(match, { kind: 'hold', until, phase, reached: resolve }),
    )
    const held = job.startAction('rotate', rotateInputs(server, forge, { 'current-token': current }))
    await reached
    await rotate({}, current)
    expect(server.isAlive(stored())).toBe(true)
    release()
    await held.result
    await job.finish()
    expect(server.isAlive(stored())).toBe(true)
  })
})
