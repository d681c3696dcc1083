import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { REPOSITORY } from '../../../support/publisher.js'

/** A workflow that people are shown. */
interface ShownWorkflow {
  readonly name: string
  readonly text: string
  /** The event to run it for. */
  readonly event: string
  /** Why it cannot be run here; the first word of it stands in the workflow. */
  readonly leftOut: string | undefined
}

/** What is not to be had here, and how a workflow shows that it needs it. */
const NOT_HERE: readonly (readonly [sign: RegExp, reason: string])[] = [
  [/actions\/create-github-app-token@/, 'asks GitHub for a token of an App'],
  [/actions\/setup-\w+@/, 'an action from GitHub'],
  [new RegExp(`https://github\\.com/${REPOSITORY}`), 'is for runners that take the whole address of an action'],
  [/store-token:/, 'needs a store of secrets'],
  [/environment: \$\{\{ matrix\.bot \}\}/, 'needs an environment with secrets for each bot'],
  [/recovery-key:/, 'needs a bot that uploads the keys of its device'],
  [/ansible-playbook/, 'needs a playbook'],
  [/^(?![\s\S]*actions\/checkout)[\s\S]*run: (\.\/\S+)/, 'calls a script, but has no checkout: it is cut short'],
]

/** The scripts that a reader has in the repository. Each says by its exit status whether the token works. */
export const READERS_SCRIPTS: Readonly<Record<string, string>> = {
  'build.sh': '#!/bin/sh\n',
  'deploy.sh': tokenWorks(),
  'running-token.sh': '#!/bin/sh\ncat "$RUNNING_TOKEN_FILE"\n',
}

function tokenWorks(): string {
  return `#!/bin/sh
exec curl --fail --silent --show-error --header "Authorization: Bearer $MATRIX_ACCESS_TOKEN" \\
  "$MATRIX_HOMESERVER/_matrix/client/v3/account/whoami"
`
}

/** The documents that show whole workflows. */
const DOCUMENTS = [
  ...['README.md', 'logout/README.md', 'rotate/README.md', 'unseal/README.md'],
  ...['docs', 'docs/credentials'].flatMap((folder) =>
    readdirSync(folder)
      .filter((file) => file.endsWith('.md'))
      .map((file) => join(folder, file)),
  ),
]

/** All of examples/, and the whole workflows of the documents. */
export function shownWorkflows(): readonly ShownWorkflow[] {
  const files = readdirSync('examples').filter((file) => file.endsWith('.yml'))
  const examples = files.map((file) => [`examples/${file}`, read(join('examples', file))] as const)
  const blocks = DOCUMENTS.flatMap((file) =>
    [...read(file).matchAll(/```yaml\n([\s\S]*?)```/g)].map(
      ([, text = ''], index) => [`${file}, block ${index + 1}`, text] as const,
    ),
  )
  return [...examples, ...blocks].flatMap(([name, text]) => {
    const workflow: unknown = parse(text)
    if (typeof workflow !== 'object' || workflow === null || !('jobs' in workflow)) return []
    const leftOut = NOT_HERE.flatMap(([sign, reason]) => {
      const found = sign.exec(text)
      return found === null ? [] : [`${found[1] ?? found[0]} ${reason}`]
    })[0]
    return [{ name, text, event: firstEvent('on' in workflow ? workflow.on : 'push'), leftOut }]
  })
}

function firstEvent(on: unknown): string {
  if (typeof on === 'string') return on
  const events = typeof on === 'object' && on !== null ? (Array.isArray(on) ? on : Object.keys(on)) : []
  return String(events[0] ?? 'push')
}

function read(file: string): string {
  return readFileSync(file, 'utf8')
}
