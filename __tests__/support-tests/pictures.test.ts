import { readdirSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { documents } from '../metadata/blocks.js'
import { escapeHtml, logPage, summaryHtml, summaryPage, THEMES } from '../support/pictures/page.js'
import { type RecordedRun, recordRun } from '../support/pictures/record.js'
import { PUBLISHER } from '../support/publisher.js'

const HOSTILE = `</style></div><script>alert("1")</script><img src='x' onerror=alert(1)>&lt;b&gt;`

function runWith(text: string): RecordedRun {
  const step = { name: text, outcome: 'success', lines: [text, `Error: ${text}`] } as const
  return { job: text, steps: [step], summary: `<p>${text}</p>` }
}

describe.each(THEMES)('the %s pages', (theme) => {
  test.each([
    ['log', logPage],
    ['summary', summaryPage],
  ] as const)('escape every text of the run: %s', (_name, makePage) => {
    const html = makePage(runWith(HOSTILE), theme)
    const known = makePage(runWith(''), theme)
    const tags = (page: string) => [...page.matchAll(/<[^>]*>/g)].map(([tag]) => tag)
    expect(tags(html)).toStrictEqual(tags(known))
    expect(html).toContain(escapeHtml(HOSTILE).slice(0, 40))
  })

  test('mark a failed step, and the line that says why', () => {
    const step = { name: 'Log in', outcome: 'failure', lines: ['Error: no', 'Warning: hm', 'fine'] } as const
    const html = logPage({ job: 'tell', steps: [step], summary: '' }, theme)
    expect(html).toContain('<small>failed</small>')
    expect(html).toContain('<span class="mark failure">✗</span>')
    expect(html).toContain('<span class="error">Error: no</span>')
    expect(html).toContain('<span class="warning">Warning: hm</span>')
    expect(html).toContain('<span class="">fine</span>')
  })
})

describe('summaryHtml', () => {
  test('keeps the elements and references that the actions write', () => {
    const summary =
      '<h3>Matrix login</h3><table><tr><th align="left">User</th><td><code>@a&#95;b</code></td></tr></table>\n'
    expect(summaryHtml(summary)).toBe(summary)
  })

  test.each([
    '<code onclick="alert(1)">',
    '<th align="left" onclick="x">',
    '<th align="left;x">',
    '<a href="javascript:alert(1)">',
    '<scrip&#116;>',
    '<table/onload=x>',
    '<TABLE>',
  ])('shows %s as text', (markup) => {
    expect(summaryHtml(markup)).not.toMatch(/[<>"]/)
  })

  test('refuses Markdown, which it would show as it is', () => {
    expect(() => summaryHtml('<h3>Login</h3>\n| User | @bot |')).toThrow('The job summary is not HTML: | User')
  })
})

test('the recorded run is real, masked, and the same every time', async () => {
  const run = await recordRun()
  expect(run.steps.map(({ name, outcome }) => `${name}: ${outcome}`)).toStrictEqual([
    'Log in to Matrix: success',
    'Use the token: success',
    'Post Log in to Matrix: success',
  ])
  expect(run.steps[1]?.lines).toContain('Authorization: Bearer ***')
  const text = JSON.stringify(run)
  expect(text).toContain('https://matrix.example.org')
  expect(text).not.toMatch(/127\.0\.0\.1|localhost/)
  // A picture cannot be renamed by `npm run publisher`.
  expect(text).not.toContain(PUBLISHER)
  expect(() => summaryHtml(run.summary)).not.toThrow()
  expect(await recordRun()).toStrictEqual(run)
})

describe('the pictures', () => {
  const pictures = readdirSync('docs/images').filter((file) => file.endsWith('.png'))
  const used = documents.flatMap((document) =>
    [...readFileSync(document, 'utf8').matchAll(/<(?:img|source)\b[^>]*?\b(?:src|srcset)="([^"]+)"[^>]*>/g)].map(
      ([tag, path = '']) => ({ document, tag, path: posix.join(posix.dirname(document), path) }),
    ),
  )

  test('are there, wherever a document shows one, and none is unused', () => {
    expect([...new Set(used.map(({ path }) => path))].sort()).toStrictEqual(
      pictures.map((file) => `docs/images/${file}`).sort(),
    )
  })

  test('are described in words', () => {
    const images = used.filter(({ tag }) => tag.startsWith('<img'))
    expect(images.length).toBeGreaterThan(0)
    expect(images.filter(({ tag }) => !/ alt="[^"]{30,}"/.test(tag))).toStrictEqual([])
  })

  test.each(pictures)('%s is a PNG under 60 kB', (file) => {
    const content = readFileSync(posix.join('docs/images', file))
    expect(content.subarray(0, 8).toString('hex')).toBe('89504e470d0a1a0a')
    expect(content.length).toBeLessThan(60_000)
  })

  test.each(['log', 'summary'])('%s has the same size in both themes', (name) => {
    const sizes = THEMES.map((theme) =>
      readFileSync(`docs/images/${name}-${theme}.png`).subarray(16, 24).toString('hex'),
    )
    expect(sizes[0]).toBe(sizes[1])
  })
})
