import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { ownAction } from '../support/publisher.js'
import { blocks, documents, isConfiguration, workflows } from './blocks.js'

const read = (file: string) => readFileSync(file, 'utf8')

/** Without fenced blocks, in which a bracket is no link. */
const prose = (document: string) => read(document).replace(/^( *)```[\s\S]*?^ *```$/gm, '')

/** Anchors as GitHub makes them of headings. */
function anchors(document: string): string[] {
  return [...prose(document).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  )
}

describe.each(documents)('%s', (document) => {
  test('links to what is there', () => {
    const links = [...prose(document).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target)
    const broken = links.filter((link) => {
      if (/^(https|mailto):/.test(link)) return false
      const [path = '', anchor] = link.split('#')
      const file = path === '' ? document : posix.normalize(posix.join(posix.dirname(document), path))
      if (!existsSync(file)) return true
      return anchor !== undefined && !anchors(file).includes(anchor)
    })
    expect(broken).toStrictEqual([])
  })

  test('names files, commands and inputs that exist', () => {
    const named = [...prose(document).matchAll(/`([^`\n]+)`/g)].map(([, name = '']) => name)
    const paths = named.filter((name) =>
      /^(?:\.?\/?)(src|__tests__|scripts|dist|docs|examples|stubs|bench|\.github)\/[\w./-]*$/.test(name),
    )
    expect(paths.filter((path) => !existsSync(path))).toStrictEqual([])
    const commands = read(document).matchAll(/\bnpm run ([\w:]+)/g)
    const { scripts } = JSON.parse(read('package.json'))
    expect([...commands].map(([, name = '']) => name).filter((name) => !(name in scripts))).toStrictEqual([])
  })
})

/** What users read; the rest is for those who change the code. */
const FOR_USERS = documents.filter(
  (file) => !/^(?:\.github|docs\/decisions)\/|^docs\/(?:architecture|threat-model)\.md|^C[HO]/.test(file),
)
/** Words that are not the field's, and turns of phrase that learners of English stumble over. */
const UNPLAIN =
  /\b(?:alive|dead|dies?|died|lives?|lived|living|somebody|someone else’s|nobody|whoever|anybody|everybody|log-outs?)\b|, say[,.)]|\bwhat answers\b/gi

test.each(FOR_USERS)('%s keeps to the words of the field', (document) => {
  expect(prose(document).match(UNPLAIN) ?? []).toStrictEqual([])
})

const OURS = ownAction()

describe.each(workflows)('$place', ({ text, whole, steps }) => {
  const ours = steps.flatMap((step) => {
    const folder = OURS.exec(step.uses ?? '')
    return folder === null ? [] : [{ ...step, folder: folder[1] ?? '.' }]
  })
  const metadata = (folder: string) => parse(read(posix.join(folder, 'action.yml')))

  test('sets inputs that exist', () => {
    for (const { folder, with: given = {} } of ours) {
      expect(Object.keys(metadata(folder).inputs)).toStrictEqual(expect.arrayContaining(Object.keys(given)))
    }
  })

  test('reads outputs that exist', () => {
    for (const id of new Set(ours.flatMap((step) => step.id ?? []))) {
      // Two jobs may each have a step of that name.
      const outputs = ours
        .filter((step) => step.id === id)
        .flatMap(({ folder }) => Object.keys(metadata(folder).outputs))
      const used = [...text.matchAll(new RegExp(`steps\\.${id}\\.outputs\\.([\\w-]+)`, 'g'))].map(
        ([, name = '']) => name,
      )
      expect(outputs).toStrictEqual(expect.arrayContaining(used))
    }
  })

  test('says in so many words, with a reason, when the session ends', () => {
    const logins = ours.filter(({ folder }) => folder === '.')
    expect([...text.matchAll(/^ +logout: (?:always|never|on-failure) # \w/gm)].length).toBe(logins.length)
    for (const { with: given } of logins) expect(given?.['logout']).toMatch(/^(always|never|on-failure)$/)
  })

  test('takes no permissions that it does not need, and keeps secrets out of scripts', () => {
    if (whole) expect(parse(text).permissions).toStrictEqual({})
    for (const { run = '' } of steps) expect(run).not.toContain('${{')
  })

  test('does not let two runs overlap where one could end what the other made', () => {
    const stays = ours.some(
      ({ folder, with: given }) => folder === 'rotate' || (given?.['logout'] === 'never' && !('access-token' in given)),
    )
    if (whole && stays) expect(parse(text).concurrency).toBeDefined()
  })
})

describe('blocks', () => {
  test.each(blocks.filter(({ language }) => language === 'sh').map(({ place, text }) => [place, text] as const))(
    '%s is a script that bash reads',
    (_place, text) => {
      const { status, stderr } = spawnSync('bash', ['-n'], { input: text, encoding: 'utf8' })
      expect({ status, stderr }).toStrictEqual({ status: 0, stderr: '' })
    },
  )

  test.each(blocks.filter(({ language }) => language === 'yaml').map(({ place, text }) => [place, text] as const))(
    '%s says whose configuration it is, where it is no workflow',
    (_place, text) => {
      if (isConfiguration(parse(text))) expect(text).toMatch(/^# \S+\.ya?ml/)
    },
  )

  test('of JSON are JSON', () => {
    for (const { text } of blocks.filter(({ language }) => language === 'json'))
      expect(() => JSON.parse(text)).not.toThrow()
  })

  test('have a language, so that one of these looks at them', () => {
    const known = ['yaml', 'sh', 'json', 'mermaid', 'text', 'ini', 'nginx', 'python']
    expect(blocks.filter(({ language }) => !known.includes(language)).map(({ place }) => place)).toStrictEqual([])
    for (const document of documents) {
      const fences = [...read(document).matchAll(/^ *```(.*)$/gm)].map(([, language]) => language)
      expect(fences.filter((language, index) => (index % 2 === 0) === (language === ''))).toStrictEqual([])
    }
  })
})
