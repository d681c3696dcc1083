import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { afterEach, describe, expect, test } from '@jest/globals'
import { botInputs, clearFixtures, setFixture } from '../support/fixture.js'
import type { Job, StepOptions } from '../support/runner.js'

afterEach(clearFixtures)

const preload = (name: string) => `--require ${resolve(`__tests__/support/preload/${name}.cjs`)}`

/** A login that writes `matrix.json`, or another path. */
async function logIn(
  path: string | ((job: Job) => string) = 'matrix.json',
  step: (job: Job) => StepOptions = () => ({}),
) {
  const { server, job } = await setFixture()
  const named = typeof path === 'string' ? path : path(job)
  const login = await job.runAction('.', { ...botInputs(server), 'credentials-file': named }, step(job))
  return { server, job, login, file: login.outputs['credentials-file'] ?? '' }
}

const mode = (path: string) => (lstatSync(path).mode & 0o777).toString(8)

describe('the file', () => {
  test('holds JSON, at an absolute path, and goes with the job', async () => {
    const { server, job, login, file } = await logIn()
    expect(file).toBe(join(job.temp, 'matrix.json'))
    expect(JSON.parse(readFileSync(file, 'utf8'))).toStrictEqual({
      access_token: login.outputs['access-token'],
      user_id: '@bot:example.org',
      device_id: login.outputs['device-id'],
      homeserver: server.url,
      repository: 'octo/demo',
      run_id: '1234567890',
      run_attempt: '1',
    })
    const [post] = await job.finish()
    expect(existsSync(file)).toBe(false)
    expect(post?.annotations).toStrictEqual([])
  })

  // 777 takes the owner's bits as well: open(2) alone would leave a file that nobody may read.
  test.each(['0', '22', '77', '777'])('is for its owner only, whatever the umask: %s', async (umask) => {
    const { job, file } = await logIn('matrix.json', () => ({
      env: { NODE_OPTIONS: preload('umask'), TEST_UMASK: umask },
    }))
    expect(mode(file)).toBe('600')
    await job.finish()
  })

  test('is so from its first byte, and there before anything is sent', async () => {
    const { server, job } = await setFixture()
    const path = join(job.temp, 'matrix.json')
    let release = () => {}
    let seen = ''
    const until = new Promise<void>((done) => {
      release = done
    })
    const reached = () => {
      seen = `${mode(path)}, ${lstatSync(path).size} bytes`
      release()
    }
    server.inject({ path: '/login' }, { kind: 'hold', phase: 'before-effect', until, reached })
    const step = { env: { NODE_OPTIONS: preload('open-to-others') } }
    const login = await job.runAction('.', { ...botInputs(server), 'credentials-file': 'matrix.json' }, step)
    expect(login.annotations).toStrictEqual([])
    expect(seen).toBe('600, 0 bytes')
  })

  test.each(['matrix.json', '..hidden.json'])('inside the workspace gets a warning: %s', async (name) => {
    const { login } = await logIn((job) => join(job.workspace, name))
    expect(login.annotations).toStrictEqual([
      { level: 'warning', message: expect.stringContaining('is in the workspace'), title: expect.any(String) },
    ])
  })

  test('beside it gets none', async () => {
    const { login } = await logIn((job) => `${job.workspace}-beside.json`)
    expect(login.annotations).toStrictEqual([])
  })

  test('a runner whose folder for temporary files is behind a symbolic link may use it', async () => {
    const { job, login, file } = await logIn('matrix.json', (of) => {
      symlinkSync(of.temp, join(of.home, 'temp'))
      return { env: { RUNNER_TEMP: join(of.home, 'temp') } }
    })
    expect(login.annotations).toStrictEqual([])
    expect(file).toBe(join(job.home, 'temp', 'matrix.json'))
    await job.finish()
    expect(existsSync(join(job.temp, 'matrix.json'))).toBe(false)
  })

  test('a relative path without RUNNER_TEMP is invalid-input', async () => {
    const { server, login } = await logIn('matrix.json', () => ({ env: { RUNNER_TEMP: '' } }))
    expect(login.outputs['failure']).toBe('invalid-input')
    expect(server.requests).toStrictEqual([])
  })
})

/** A folder that no action should touch. */
function elsewhere(job: Job): string {
  const path = join(job.home, 'elsewhere')
  mkdirSync(join(path, 'sub'), { recursive: true })
  writeFileSync(join(path, 'precious'), 'precious')
  return path
}

describe('what is in the way', () => {
  const link = (target: string, name: string) => (job: Job) =>
    symlinkSync(join(elsewhere(job), target), join(job.temp, name))
  const file = (job: Job) => writeFileSync(join(job.temp, 'taken'), 'precious')
  const folder = (job: Job) => mkdirSync(join(job.temp, 'taken'))
  const there = 'there is something already'
  const linked = 'its folder is a symbolic link'

  test.each<[string, string, (job: Job) => void, string]>([
    ['a file', there, file, 'taken'],
    ['a folder', there, folder, 'taken'],
    ['a link to a file', there, link('precious', 'link'), 'link'],
    ['a link to nothing', there, link('missing', 'link'), 'link'],
    ['a link as its folder', linked, link('', 'link'), 'link/new'],
    ['a link above its folder', linked, link('', 'link'), 'link/sub/new'],
    ['a link in a checkout', linked, link('', '../workspace/link'), '../workspace/link/sub/new'],
    ['a link outside the folders of the runner', linked, link('', '../home/link'), '../home/link/new'],
    ['no folder', 'its folder does not exist', () => {}, 'missing/new'],
    ['a file as its folder', 'ENOTDIR', file, 'taken/new'],
  ])('%s is invalid-input; nothing is sent and nothing is touched', async (_name, message, prepare, path) => {
    let before = ''
    const { server, job, login } = await logIn((of) => {
      prepare(of)
      before = tree(of)
      return path
    })
    expect(login.annotations).toStrictEqual([
      { level: 'error', message: expect.stringContaining(message), title: expect.any(String) },
    ])
    expect(login.outputs['failure']).toBe('invalid-input')
    expect(server.requests).toStrictEqual([])
    await job.finish()
    expect(tree(job)).toBe(before)
  })

  test.each(['true', 'false'])(
    'a link that is put there between look and opening is noticed (taken away again: %s)',
    async (back) => {
      const { server, job, login } = await logIn('folder/file', (of) => {
        mkdirSync(join(of.temp, 'folder'))
        return {
          env: {
            NODE_OPTIONS: preload('swap-folder'),
            SWAP_FOLDER: join(of.temp, 'folder'),
            SWAP_FOR: elsewhere(of),
            SWAP_BACK: back,
          },
        }
      })
      expect(login.annotations[0]?.message).toContain('its folder is a symbolic link')
      expect(login.outputs['failure']).toBe('invalid-input')
      expect(server.requests).toStrictEqual([])
      const left = join(job.home, 'elsewhere', 'file')
      // Where the link is gone again, the way back to what was opened is gone too. It is empty.
      expect(existsSync(left) ? readFileSync(left, 'utf8') : 'nothing').toBe(back === 'true' ? '' : 'nothing')
    },
  )
})

/** Every name in the folders of a job, but for what the harness keeps there, and what stands in the files. */
function tree(job: Job): string {
  const lines = [job.temp, job.workspace, job.home].flatMap((root) =>
    readdirSync(root, { recursive: true, withFileTypes: true })
      .filter(({ name }) => !/^(event\.json|(output|state|env|path|step_summary)-\d+)$/.test(name))
      .map((entry) => {
        const path = join(entry.parentPath, entry.name)
        return `${path}: ${entry.isFile() ? readFileSync(path, 'utf8') : lstatSync(path).mode}`
      }),
  )
  return lines.sort().join('\n')
}

describe('the post step', () => {
  test('removes it also when the login fails', async () => {
    const { server, job } = await setFixture()
    await job.runAction('.', { ...botInputs(server), password: 'not the password', 'credentials-file': 'matrix.json' })
    expect(existsSync(join(job.temp, 'matrix.json'))).toBe(true)
    await job.finish()
    expect(existsSync(join(job.temp, 'matrix.json'))).toBe(false)
  })

  test('is silent where a step has removed it', async () => {
    const { job, file } = await logIn()
    rmSync(file)
    const [post] = await job.finish()
    expect(post?.annotations).toStrictEqual([])
  })

  // `sed -i` and `ansible-vault encrypt` put another file in its place, and the token is in that one.
  test('removes another file of that name, which a step that edited it has left', async () => {
    const { job, file } = await logIn()
    const before = lstatSync(file).ino
    await job.runScript(`sed -i 's/access_token/token/' ${file}`)
    expect(lstatSync(file).ino).not.toBe(before)
    const [post] = await job.finish()
    expect(existsSync(file)).toBe(false)
    expect(post?.annotations).toStrictEqual([])
  })

  test('removes a link in its place, never what it points to, and says so', async () => {
    const { job, file } = await logIn()
    const target = join(elsewhere(job), 'precious')
    rmSync(file)
    symlinkSync(target, file)
    const [post] = await job.finish()
    expect(lstatSync(file, { throwIfNoEntry: false })).toBeUndefined()
    expect(readFileSync(target, 'utf8')).toBe('precious')
    expect(post?.outcome).toBe('success')
    expect(post?.annotations).toStrictEqual([
      { level: 'warning', message: expect.stringContaining('what it points to was not'), title: expect.any(String) },
    ])
  })

  test.each<[string, (folder: string, job: Job) => void]>([
    [
      'its folder has become a link',
      (folder, job) => {
        rmSync(folder, { recursive: true })
        symlinkSync(elsewhere(job), folder)
      },
    ],
    [
      'a folder is in its place',
      (folder) => {
        rmSync(join(folder, 'precious'))
        mkdirSync(join(folder, 'precious'))
      },
    ],
  ])('removes nothing where %s, warns, and does not fail the job', async (_name, change) => {
    const { job, file } = await logIn((of) => {
      mkdirSync(join(of.temp, 'folder'))
      return 'folder/precious'
    })
    change(dirname(file), job)
    const [post] = await job.finish()
    expect(existsSync(file)).toBe(true)
    expect(post?.outcome).toBe('success')
    expect(post?.annotations).toStrictEqual([
      { level: 'warning', message: expect.stringContaining('could not be removed'), title: expect.any(String) },
    ])
  })
})
