// npm run publisher -- NAME: names the GitHub account that publishes the action, in every file that git tracks or would track.
// The current name is read from src/version.ts, so the command can be repeated, and a fork can use it.
import { execFileSync } from 'node:child_process'
import { lstatSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** A user or organization name on GitHub: up to 39 letters, digits and single hyphens, none at either end. */
const ACCOUNT = /^[a-z\d](?:[a-z\d]|-(?=[a-z\d])){0,38}$/i

function fail(message) {
  console.error(message)
  process.exit(1)
}

/**
 * Matches the publisher's name where it means the publisher. The same word in `repos/OWNER/REPO` means the reader's account and stays.
 */
function publisherPatterns(name) {
  return [
    // The end-to-end tests push to an account on a local forge, which is never the publisher.
    new RegExp(`(?<![\\w-])(?<!localhost:\\d+/)${name}(?=\\\\?/matrix-access-token(?![\\w-]))`, 'g'),
    // action.yml
    new RegExp(`(?<=^author: )${name}$`, 'gm'),
    // zizmor's policy for the actions of this account
    new RegExp(`(?<=^ +)${name}(?=/\\*: ref-pin$)`, 'gm'),
  ]
}

function trackedFiles() {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard']
  const names = execFileSync('git', args, { cwd: root, encoding: 'utf8' }).split('\0')
  return [...new Set(names)].filter((name) => name !== '' && lstatSync(join(root, name), OPTIONAL)?.isFile())
}

/** A tracked file that was deleted has no status. */
const OPTIONAL = { throwIfNoEntry: false }

/** @returns whether the file changed */
function replaceIn(file, patterns, to) {
  const path = join(root, file)
  const before = readFileSync(path)
  if (before.includes(0)) return false
  const text = before.toString('utf8')
  const after = patterns.reduce((current, pattern) => current.replace(pattern, to), text)
  if (after === text) return false
  writeFileSync(path, after)
  return true
}

const [name = '', ...more] = process.argv.slice(2)
if (more.length > 0) fail('Give one name: npm run publisher -- NAME')
if (!ACCOUNT.test(name))
  fail(
    'NAME is not the name of a GitHub account: up to 39 letters, digits and single hyphens, as in npm run publisher -- octo-org',
  )

const [, current = ''] =
  /github\.com\/([\w-]+)\/matrix-access-token'/.exec(readFileSync(join(root, 'src/version.ts'), 'utf8')) ?? []
if (!ACCOUNT.test(current)) fail('src/version.ts does not name the current publisher.')

const patterns = publisherPatterns(current)
const changed = current === name ? [] : trackedFiles().filter((file) => replaceIn(file, patterns, name))
console.log(
  changed.length === 0 ? `The publisher is ${name} already.` : `${current} → ${name} in ${changed.length} files.`,
)
