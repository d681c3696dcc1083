// npm run docs: writes the tables of the READMEs and of docs/failures.md from the action.yml files and src/failure-codes.ts. With --check, only looks whether they are
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
  const { code } = transformSync(read('src/failure-codes.ts'), {
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

/** Where docs/troubleshooting.md lists the messages of a code. */
const SECTIONS = {
  'No credential, or too many': ['missing-credentials'],
  Inputs: ['invalid-input', 'insecure-url'],
  'The wrong address': ['not-a-homeserver', 'redirected'],
  'No answer': ['unreachable', 'tls', 'rate-limited', 'server-error'],
  Refused: ['wrong-credentials', 'method-unavailable', 'account-deactivated', 'account-locked', 'device-limit'].concat(
    'token-invalid',
    'wrong-user',
    'token-too-old',
    'denied',
  ),
  'From job to job': ['unsealing-failed'],
  Rotation: ['store-refused', 'store-partial'],
  Verification: [
    'no-device-keys',
    'not-cross-signed',
    'wrong-recovery-key',
    'identity-mismatch',
    'device-key-mismatch',
  ],
}

/** The address of an annotation ends in the code, so each row is an anchor. */
function failureRow(code, { when, remedy }) {
  const [section] = Object.entries(SECTIONS).find(([, codes]) => codes.includes(code)) ?? []
  const anchor = section?.toLowerCase().replaceAll(',', '').replaceAll(' ', '-')
  const link = section === undefined ? '' : `[${section}](troubleshooting.md#${anchor})`
  return [`<a name="${code}"></a>\`${code}\``, when, remedy, link]
}

const failureTable = table(
  ['`failure`', 'When', 'What to do', 'Messages'],
  Object.entries(await failures()).map(([code, texts]) => failureRow(code, texts)),
)
update('README.md', actionTables('.'))
update('docs/failures.md', { failures: failureTable })
for (const folder of ['logout', 'rotate', 'unseal', 'verify']) update(join(folder, 'README.md'), actionTables(folder))
