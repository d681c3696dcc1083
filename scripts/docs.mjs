// npm run docs: writes the tables of the READMEs and of docs/failures.md from the action.yml files and src/failures.ts. With --check, only looks whether they are
// up to date.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { transformSync } from '@swc/core'
import { parse } from 'yaml'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const read = (file) => readFileSync(join(root, file), 'utf8')

/** Inputs that exist only so that their default reaches the action. */
const INTERNAL_INPUTS = ['job-status', 'job-matrix']

async function failures() {
  const { code } = transformSync(read('src/failures.ts'), {
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
  })
  const file = join(root, 'build/failures.mjs')
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, code)
  return (await import(pathToFileURL(file).href)).FAILURES
}

const cell = (text) =>
  String(text ?? '')
    .trim()
    .replaceAll('|', '\\|')
    .replace(/\s+/g, ' ')
const table = (head, rows) =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n')

/** The tables of an action, from its action.yml. */
function actionTables(folder) {
  const action = parse(read(join(folder, 'action.yml')))
  const inputs = Object.entries(action.inputs).filter(([name]) => !INTERNAL_INPUTS.includes(name))
  return {
    inputs: table(
      ['Input', 'Default', 'Meaning'],
      inputs.map(([name, input]) => [
        `\`${name}\``,
        input.default === undefined ? '' : `\`${input.default}\``,
        input.description,
      ]),
    ),
    outputs: table(
      ['Output', 'Meaning'],
      Object.entries(action.outputs).map(([name, { description }]) => [`\`${name}\``, description]),
    ),
  }
}

/** Puts the tables between their markers. */
function update(file, tables) {
  const before = read(file)
  let text = before
  for (const [name, lines] of Object.entries(tables)) {
    const marked = new RegExp(`(<!-- ${name} -->\\n)[\\s\\S]*?(\\n<!-- /${name} -->)`)
    if (!marked.test(text)) throw new Error(`${file} has no markers for ${name}`)
    text = text.replace(marked, (_whole, start, end) => start + lines + end)
  }
  if (!process.argv.includes('--check')) writeFileSync(join(root, file), text)
  else if (text !== before) {
    console.error(`${file} is not up to date: npm run docs`)
    process.exitCode = 1
  }
}

const failureTable = table(
  ['`failure`', 'When', 'What to do'],
  Object.entries(await failures()).map(([word, { when, remedy }]) => [`\`${word}\``, when, remedy]),
)
update('README.md', actionTables('.'))
update('docs/failures.md', { failures: failureTable })
for (const folder of ['logout', 'rotate', 'unseal', 'verify']) update(join(folder, 'README.md'), actionTables(folder))
