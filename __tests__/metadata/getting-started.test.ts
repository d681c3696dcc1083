import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { clearFixtures, PASSWORD, setFixture } from '../support/fixture.js'
import { blocksOf } from './blocks.js'
import { paste } from './paste.js'

// What docs/ tells a newcomer to paste outside the first workflow, carried out.

afterEach(clearFixtures)

/** The one block of a document that has this text. */
function block(document: string, part: string): string {
  const found = blocksOf(document).filter((each) => each.text.includes(part))
  expect(found).toHaveLength(1)
  return found[0]?.text ?? ''
}

describe('the workflow that joins the room', () => {
  const joining = block('docs/getting-started.md', '/join/')

  test('puts an invited bot into the room, and ends its session', async () => {
    const { server, room, start, elsewhere } = await paste(joining, undefined, 'invited')
    const { results, messages } = await start()
    expect(results.map(({ outcome }) => outcome)).toStrictEqual(['success', 'success'])
    expect(messages).toStrictEqual([])
    const joined = server.requests.filter(({ path, status }) => path.endsWith(`/join/${room}`) && status === 200)
    expect(joined).toHaveLength(1)
    expect(server.liveTokens()).toStrictEqual([elsewhere])
  })

  test('fails with the words of the server where the bot was not invited', async () => {
    const { job, start } = await paste(joining, undefined, 'not invited')
    const { results } = await start()
    expect(results.map(({ outcome }) => outcome)).toStrictEqual(['success', 'failure'])
    expect(job.log).toContain('You are not invited to this room.')
  })
})

describe('scripts that call gh', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'gh-'))
    const gh = join(folder, 'gh')
    writeFileSync(
      gh,
      '#!/bin/sh\necho "$*" >>"$CALLS"\ncase "$*" in "secret set"*) echo "< $(cat)" >>"$CALLS";; esac\n',
    )
    chmodSync(gh, 0o755)
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  /** Runs a script with a gh that writes down how it was called. */
  async function run(script: string, input: string): Promise<readonly string[]> {
    const calls = join(folder, 'calls')
    const env = { PATH: `${folder}:${process.env['PATH']}`, CALLS: calls }
    const child = spawn('bash', ['--norc', '-c', script], { cwd: folder, env })
    child.stdin.end(input)
    child.stdout.resume()
    const [stderr, [status]] = await Promise.all([text(child.stderr), once(child, 'close')])
    expect({ status, stderr }).toStrictEqual({ status: 0, stderr: '' })
    return readFileSync(calls, 'utf8').trim().split('\n')
  }

  test('the loop for many bots makes an environment for main alone and a secret for each, from its own password', async () => {
    writeFileSync(join(folder, 'bots.txt'), 'alerts\ndeploys\n')
    const calls = await run(block('docs/many-bots.md', 'bots.txt'), 'one $ecret\nanother\n')
    const environment = 'repos/YOUR-ACCOUNT/YOUR-REPOSITORY/environments'
    for (const [bot, password] of [
      ['alerts', 'one $ecret'],
      ['deploys', 'another'],
    ]) {
      expect(calls).toContainEqual(expect.stringContaining(`--method PUT ${environment}/${bot} `))
      expect(calls).toContainEqual(
        expect.stringContaining(`--method POST ${environment}/${bot}/deployment-branch-policies -f name=main`),
      )
      const set = calls.indexOf(`secret set MATRIX_PASSWORD --repo YOUR-ACCOUNT/YOUR-REPOSITORY --env ${bot}`)
      expect(calls[set + 1]).toBe(`< ${password}`)
    }
    expect(calls).toHaveLength(8)
  })

  test('the script for a refresh token stores both tokens of one login', async () => {
    const { server } = await setFixture()
    const script = block('docs/credentials/refresh-token.md', 'refresh_token: true')
    expect(script).toContain('https://matrix.example.org')
    const calls = await run(script.replace('https://matrix.example.org', server.url), `${PASSWORD}\n`)
    const [access, refresh] = ['MATRIX_ACCESS_TOKEN', 'MATRIX_REFRESH_TOKEN'].map((name) => {
      const set = calls.findIndex((call) => call.startsWith(`secret set ${name} `))
      return calls[set + 1]?.replace('< ', '') ?? ''
    })
    expect(server.isAlive(access ?? '')).toBe(true)
    expect(refresh).toMatch(/^syr_./)
  })
})
