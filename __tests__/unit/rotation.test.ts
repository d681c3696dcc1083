import { describe, expect, test } from '@jest/globals'
import sodium from 'libsodium-wrappers'
import { deviceBase, isOfBase, planRetirement, type Retirement, rotationDeviceId } from '../../src/session/rotation.js'
import { sealedBox } from '../../src/stores/sealed-box.js'

const BASE = 'GHA-ABCDEFGHIJKL'
const at = (age: string) => `${BASE}-${age.padStart(7, '0')}abc`
const [oldest, older, old, fresh, later] = ['1', '2', '3', '5', '7'].map(at) as [string, string, string, string, string]

describe('planRetirement', () => {
  const plan = (changes: Partial<Retirement>) =>
    planRetirement({
      mode: 'next-rotation',
      base: BASE,
      names: [fresh, old, older, oldest],
      newName: fresh,
      currentName: old,
      ...changes,
    })

  test.each<[string, Partial<Retirement>, string[]]>([
    ['next-rotation leaves the one before', {}, [oldest, older]],
    ['…and that of a stale current-token as well', { currentName: oldest }, [older]],
    ['…and the newest where current-token is empty', { currentName: undefined }, [oldest, older]],
    ['…and what is newer: it belongs to a rotation that runs beside this one', { names: [later, fresh, old] }, []],
    ['now ends all that is older', { mode: 'now' }, [oldest, older, old]],
    ['…but nothing that is newer', { mode: 'now', names: [later, fresh, old] }, [old]],
    [
      '…unless it is that of current-token',
      { mode: 'now', names: [later, fresh, old], currentName: later },
      [old, later],
    ],
    ['never ends none', { mode: 'never' }, []],
    [
      'devices of others are left alone',
      { mode: 'now', names: ['PHONE', 'GHA-ABCDEFGHIJKL', `${BASE}-short`, `GHA-ZZZZZZZZZZZZ-0000001abc`, old] },
      [old],
    ],
    [
      'a current token that no rotation made is not in the plan',
      { mode: 'now', currentName: 'PHONE' },
      [oldest, older, old],
    ],
    ['now without a current token', { mode: 'now', currentName: undefined }, [oldest, older, old]],
    [
      'never the new one, even if it is said to be the current one',
      { mode: 'now', currentName: fresh },
      [oldest, older, old],
    ],
    ['the first rotation', { names: [fresh], currentName: undefined }, []],
    ['the one before, although the server lists it twice', { names: [old, fresh, old], currentName: undefined }, []],
  ])('%s', (_name, changes, expected) => {
    expect(plan(changes)).toStrictEqual(expected)
  })
})

describe('the device of a rotation', () => {
  const bytes = (count: number) => new Uint8Array(count).fill(61)

  test('has the base, the time in 7 characters and 3 of chance', () => {
    expect(rotationDeviceId(BASE, Date.UTC(2026, 10, 24), bytes)).toMatch(/^GHA-ABCDEFGHIJKL-[0-9A-Za-z]{7}zzz$/)
    expect(isOfBase(rotationDeviceId(BASE, Date.now(), bytes), BASE)).toBe(true)
  })

  test('sorts by age, to the millisecond', () => {
    const times = [0, 1, 61, 62, 1_763_942_400_000, 1_763_942_400_001, 62 ** 7 - 1]
    const ids = times.map((time) => rotationDeviceId(BASE, time, bytes))
    expect([...ids].sort()).toStrictEqual(ids)
  })

  test('belongs to one server, repository and secret', () => {
    const bases = [
      deviceBase('https://a', '', 'o/r', 'X'),
      deviceBase('https://b', '', 'o/r', 'X'),
      deviceBase('https://a', '', 'o/s', 'X'),
      deviceBase('https://a', '', 'o/r', 'Y'),
    ]
    expect(new Set(bases).size).toBe(4)
    // Names of secrets do not know letter case.
    expect(deviceBase('https://a', '', 'o/r', 'x')).toBe(bases[0])
    for (const base of bases) expect(base).toMatch(/^GHA-[A-Z2-7]{12}$/)
  })
})

// A later version must find the devices that an earlier one made: these texts stay as they are.
test('the base and the device are the same in every version', () => {
  expect(deviceBase('https://a', '', 'o/r', 'x')).toBe('GHA-XU4AIQFL64JG')
  expect(rotationDeviceId(BASE, 1_763_942_400_123, (count) => Uint8Array.of(0, 61, 62).subarray(0, count))).toBe(
    `${BASE}-V3QAXwx0z0`,
  )
})

describe('isOfBase', () => {
  test('knows what a rotation made', () => {
    expect(isOfBase(`${BASE}-0Az9zZ1abc`, BASE)).toBe(true)
  })

  test.each([
    ['the base itself', BASE],
    ['another base of the same length', 'GHA-ABCDEFGHIJKM-0Az9zZ1abc'],
    ['a longer base', `${BASE}-X-0Az9zZ1abc`],
    ['another separator', `${BASE}_0Az9zZ1abc`],
    ['a character too few', `${BASE}-0Az9zZ1ab`],
    ['a character too many', `${BASE}-0Az9zZ1abcd`],
    ['another character at its beginning', `${BASE}--Az9zZ1abc`],
    ['another character in it', `${BASE}-0Az9.Z1abc`],
    ['another character at its end', `${BASE}-0Az9zZ1ab_`],
    ['nothing', ''],
  ])('%s is none', (_name, device) => {
    expect(isOfBase(device, BASE)).toBe(false)
  })
})

test.each(['bot', 'my-GHA-ABCDEFGHIJKL', 'GHA-ABCDEFGHIJKL-x'])(
  'a name that a person chose (%s): the time must be one at which rotations existed',
  (base) => {
    const first = Date.UTC(2026, 0, 1)
    const at = (time: number) => rotationDeviceId(base, time, (count) => new Uint8Array(count))
    expect([isOfBase(at(first), base), isOfBase(at(first - 1), base)]).toStrictEqual([true, false])
    expect(isOfBase(`${base}-Production`, base)).toBe(false)
  },
)

// Ten letters behind a hyphen are an ordinary name where a person chose the base.
test.each(['Production', 'Kubernetes', 'Deployment', 'production', '0000000001', 'AlertsTest'])(
  'bot-%s is not of the base bot',
  (name) => {
    const newName = rotationDeviceId('bot', Date.UTC(2026, 10, 24), (count) => new Uint8Array(count))
    expect(isOfBase(newName, 'bot')).toBe(true)
    const names = [`bot-${name}`, newName]
    const plan = (mode: 'now' | 'next-rotation') =>
      planRetirement({ mode, base: 'bot', names: [...names, 'bot-Controller'], newName, currentName: undefined })
    expect([plan('now'), plan('next-rotation')]).toStrictEqual([[], []])
  },
)

describe('sealedBox', () => {
  test('is opened by libsodium, at every length, and is another each time', async () => {
    await sodium.ready
    const { publicKey, privateKey } = sodium.crypto_box_keypair()
    for (const length of [0, 1, 15, 16, 17, 63, 64, 65, 1000, 48 * 1024]) {
      const message = new Uint8Array(length).fill(7)
      const box = sealedBox(message, publicKey)
      expect(box).toHaveLength(length + 48)
      expect(Buffer.from(sodium.crypto_box_seal_open(box, publicKey, privateKey)).equals(message)).toBe(true)
    }
    expect(Buffer.from(sealedBox(Buffer.from('x'), publicKey)).equals(sealedBox(Buffer.from('x'), publicKey))).toBe(
      false,
    )
  })

  test('refuses a key of zeros, to which anybody could open it', () => {
    expect(() => sealedBox(Buffer.from('x'), new Uint8Array(32))).toThrow()
  })
})
