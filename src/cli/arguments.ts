import { Command, CommanderError, Option } from 'commander'
import { VERSION } from '../version.js'
import { OUTPUT_FORMS } from './options.js'

/** The names of the commands. */
export type CommandName = 'browser-login' | 'login' | 'whoami' | 'logout' | 'sessions' | 'verify' | 'create-identity'

/** The parsed command line: a command, or a text to print (help, version, usage error). */
export type Invocation =
  | { readonly kind: 'command'; readonly name: CommandName; readonly options: ReadonlyMap<string, string> }
  | { readonly kind: 'answer'; readonly text: string }
  | { readonly kind: 'misuse'; readonly text: string }

/** Parses a command line, without the names of Node and of the script. Does not print and does not exit. */
export function parseArguments(argv: readonly string[]): Invocation {
  let chosen: Invocation | undefined
  let text = ''
  const program = describeProgram((name, options) => {
    chosen = { kind: 'command', name, options }
  })
  const write = (part: string) => {
    text += part
  }
  for (const command of [program, ...program.commands])
    command.exitOverride().configureOutput({ writeOut: write, writeErr: write })
  try {
    program.parse(argv, { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    // The command `help` uses the exit status of the process, which is 1 until the work is done.
    const isHelp = error.code === 'commander.help' && argv[0] === 'help'
    return { kind: error.exitCode === 0 || isHelp ? 'answer' : 'misuse', text }
  }
  return chosen ?? { kind: 'misuse', text: program.helpInformation() }
}

function describeProgram(onChosen: (name: CommandName, options: ReadonlyMap<string, string>) => void): Command {
  const program = new Command('matrix-access-token')
    .description('Gets an access token of a Matrix account, and hands it to where it is wanted and nowhere else.')
    .version(VERSION)
    .helpCommand('help [command]', 'explain a command')
    .showHelpAfterError('(matrix-access-token --help explains everything)')
    .addHelpText('after', NOTES)
  const add = (name: CommandName, description: string, options: readonly Option[]) => {
    const command = program.command(name).description(description)
    for (const option of options) command.addOption(option)
    command.action(() => onChosen(name, readOptions(command)))
    command.showHelpAfterError(`(matrix-access-token ${name} --help explains everything)`)
  }
  add('browser-login', 'log in in a browser, for accounts without a password', [
    ...server(OR_USER),
    user('whose session it must be (@name:example.org); the session of another user is ended again'),
    ...browser(),
    ...session(),
  ])
  add('login', 'log in with a password, which is asked for or piped in', [
    ...server(OR_USER),
    user('whose password it is (@name:example.org; required)'),
    ...session(),
  ])
  add('whoami', 'say whose token it is (MATRIX_ACCESS_TOKEN, or standard input)', [...server(REQUIRED), maxAge()])
  add('logout', 'end the session of a token (MATRIX_ACCESS_TOKEN, or standard input)', server(REQUIRED))
  add('sessions', SESSIONS, [...server(OR_USER), user(SESSIONS_USER), ...selection()])
  add('verify', VERIFY, [...server(OR_USER), user(TOKEN_USER), deviceKey()])
  add('create-identity', CREATE_IDENTITY, [...server(OR_USER), user(TOKEN_USER), ...store(RECOVERY_KEY)])
  return program
}

const NOTES = `
The token (or recovery key) goes to standard output if that is not a terminal,
or to --store; on a terminal it is shown only after asking. Everything else goes to standard error.
Nothing is written to disk, and no secret is ever an argument.

  GH_TOKEN="$(gh auth token)" matrix-access-token browser-login --homeserver example.org --store repos/OWNER/REPO
  matrix-access-token browser-login --homeserver example.org | gh secret set MATRIX_ACCESS_TOKEN

(Where the login fails, the second one makes gh store an empty secret.)

Exit status: 0 done, 1 failed, 2 used wrongly, 130 interrupted.
`

const REQUIRED = 'required'
/** A user ID contains the server name. */
const OR_USER = 'required, unless --user names the server'

const SESSIONS =
  'list the sessions of an account, and end those that are not needed (MATRIX_ACCESS_TOKEN, or a password, which is asked ' +
  'for or piped in; with MAS_CLIENT_ID and MAS_CLIENT_SECRET through the admin API of Matrix Authentication Service)'
const SESSIONS_USER = 'whose sessions (@name:example.org; required, unless MATRIX_ACCESS_TOKEN is set)'

const TOKEN_USER = 'whose token it must be (@name:example.org)'

const VERIFY =
  'sign the device of a token (MATRIX_ACCESS_TOKEN) with the cross-signing identity of its account; the recovery key is asked ' +
  'for or piped in'
const CREATE_IDENTITY =
  'make a cross-signing identity for the account of a token (MATRIX_ACCESS_TOKEN) that has none, and hand over its recovery ' +
  'key; a password that the server wants is asked for or piped in'
const RECOVERY_KEY = 'secret for the recovery key (default: MATRIX_RECOVERY_KEY)'

const server = (need: string): Option[] => [
  new Option('--homeserver <server>', `server name (example.org) or base URL (https://matrix.example.org; ${need})`),
  new Option('--max-wait <seconds>', 'most seconds spent in pauses between tries (default: 120)'),
  new Option('--allow-http', 'permit http:// to a host that is not this machine'),
]

const browser = (): Option[] => [
  new Option('--no-open', 'only print the address, do not start the browser'),
  new Option('--paste', 'the browser runs on another machine: ask for the address it was sent to'),
]

const user = (description: string) => new Option('--user <user>', description)

const maxAge = () =>
  new Option(
    '--max-age <time>',
    'fail if rotate issued the token longer ago than this (30d, 12h); a warning if unknown',
  )

const selection = (): Option[] => [
  new Option('--older-than <time>', 'only sessions that were last seen longer ago than this (90d), or never'),
  new Option('--name <pattern>', 'only sessions with this name; * is any text, ? is one character (quote the pattern)'),
  new Option('--keep <number>', 'keep the newest of those that match (default: 0)'),
  new Option('--end', 'end the sessions that match; never the one in use, nor those of rotate'),
  new Option('--yes', 'with --end: do not ask'),
]

const deviceKey = () =>
  new Option(
    '--device-key <key>',
    'public Ed25519 key that the device must have (base64); compared before anything is signed',
  )

const store = (secretName: string): Option[] => [
  new Option(
    '--store <target>',
    'store it as a secret: repos/O/R, repos/O/R/environments/E or orgs/O; may be repeated; uses GH_TOKEN and GITHUB_API_URL',
  ).argParser((target, earlier: string | undefined) => (earlier === undefined ? target : `${earlier}\n${target}`)),
  new Option('--secret-name <name>', secretName),
]

const session = (): Option[] => [
  new Option('--device-name <name>', 'how lists of devices show it (default: matrix-access-token on HOST)'),
  ...store('secret for the access token (default: MATRIX_ACCESS_TOKEN)'),
  new Option('--refresh-secret-name <name>', 'secret for a refresh token (default: MATRIX_REFRESH_TOKEN)'),
  new Option('--output <what>', 'what goes to standard output (default: access-token)').choices(OUTPUT_FORMS),
]

/** The long names of all options of all commands. */
export const OPTION_NAMES: ReadonlySet<string> = new Set(
  describeProgram(() => {}).commands.flatMap(({ options }) => options.map(nameOf)),
)

/** Reads the options that are set, by long name. The long names are those of the actions' inputs. */
function readOptions(command: Command): ReadonlyMap<string, string> {
  const set = command.options.filter((option) => command.getOptionValueSource(option.attributeName()) === 'cli')
  return new Map(set.map((option) => [nameOf(option), textOf(command.getOptionValue(option.attributeName()))]))
}

/** Returns the name of the option: `no-open`, although commander stores it as `open`. */
function nameOf({ long = '' }: Option): string {
  return long.replace(/^--/, '')
}

/** Converts an option value to text. A flag that is set is `true`, also one that starts with `no-`. */
function textOf(value: unknown): string {
  return typeof value === 'string' ? value : 'true'
}
