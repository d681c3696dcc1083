import { parseArgs } from 'node:util'

export const USAGE = `Usage:
  npm run demo                                             against an embedded homeserver
  npm run demo -- --homeserver https://… --user @me:…      against a real homeserver

Options:
  --homeserver  base URL or server name; default: the server name of --user
  --user        user ID or localpart; the demo asks for the password
  -h, --help    show this text
`

/** What the demo has to do. */
export type DemoOptions =
  | { readonly kind: 'embedded' }
  | { readonly kind: 'real'; readonly homeserver: string | undefined; readonly user: string }
  | { readonly kind: 'help' }
  | { readonly kind: 'invalid'; readonly problem: string }

/** Reads the command line of the demo. Never throws: what it cannot read is `invalid`, with the reason. */
export function parseDemoOptions(args: readonly string[]): DemoOptions {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { homeserver: { type: 'string' }, user: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    })
    return chooseDemo(values)
  } catch (error) {
    return { kind: 'invalid', problem: error instanceof Error ? error.message : 'The options cannot be read.' }
  }
}

interface DemoValues {
  readonly homeserver?: string
  readonly user?: string
  readonly help?: boolean
}

function chooseDemo({ homeserver, user, help }: DemoValues): DemoOptions {
  if (help === true) return { kind: 'help' }
  const empty = Object.entries({ homeserver, user }).find(([, value]) => value?.trim() === '')
  if (empty !== undefined) return { kind: 'invalid', problem: `--${empty[0]} is empty.` }
  if (user !== undefined) return { kind: 'real', homeserver, user }
  if (homeserver !== undefined) return { kind: 'invalid', problem: '--homeserver needs --user.' }
  return { kind: 'embedded' }
}
