import { readFileSync, statSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { parse } from 'yaml'

const manifest = JSON.parse(readFileSync('package.json', 'utf8'))
const page = readFileSync('docs/decisions/toolchain.md', 'utf8')
const pinned: Readonly<Record<string, string>> = manifest.devDependencies

test('every dependency is justified in one line, and nothing else is', () => {
  const justified = [...page.matchAll(/^\| `([^`]+)` \|/gm)].map(([, name]) => name)
  expect(justified.sort()).toStrictEqual(Object.keys(pinned).sort())
  for (const name of Object.keys(manifest.overrides)) expect(page).toContain(`\`${name}\``)
})

test('every version is exact', () => {
  expect(Object.entries(pinned).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toStrictEqual([])
})

test('what dist/ contains is updated one package at a time, though it is in devDependencies', () => {
  const bundled = [...readFileSync('dist/licenses.txt', 'utf8').matchAll(/^((?:@[\w.-]+\/)?[\w.-]+)\n[A-Z][\w.-]*\n/gm)]
  const direct = bundled.map(([, name = '']) => name).filter((name) => name in pinned)
  const { updates } = parse(readFileSync('.github/dependabot.yml', 'utf8'))
  const excluded: readonly string[] = updates[0].groups.tools['exclude-patterns']
  const isExcluded = (name: string) => excluded.includes(name) || excluded.includes(name.replace(/\/.*/, '/*'))
  expect(direct.length).toBeGreaterThan(5)
  expect(direct.filter((name) => !isExcluded(name))).toStrictEqual([])
})

test('the review of a pull request looks at development dependencies too', () => {
  const { jobs } = parse(readFileSync('.github/workflows/dependency-review.yml', 'utf8'))
  const settings = jobs.review.steps.map((step: { with?: Record<string, string> }) => step.with?.['fail-on-scopes'])
  expect(settings).toContain('runtime, development')
})

test('the sizes that docs/decisions/bundle.md names are true, give or take a tenth', () => {
  const sizes = [...readFileSync('docs/decisions/bundle.md', 'utf8').matchAll(/`(dist\/[\w-]+\.js)` \((\d+) kB/g)]
  const named = sizes.map(([, file]) => file).sort()
  expect(named).toStrictEqual(['dist/age.js', 'dist/core.js', 'dist/index.js', 'dist/sealed-box.js'])
  for (const [, file = '', size] of sizes) {
    const ratio = statSync(file).size / 1000 / Number(size)
    expect({ file, far: Math.abs(ratio - 1) > 0.1 }).toStrictEqual({ file, far: false })
  }
})
