import { Command, CommanderError, Option } from 'commander'
import { Failure } from '../failures.js'
import { readUser } from '../inputs/session.js'
import { listedLines, readForge, readSecretName, readTargets, refuseSameNames } from '../inputs/store.js'
import { choiceValue, Problems, readAllowHttp, readHomeserver, readMaxWait, secretText } from '../inputs/values.js'
import type { HomeserverAddress } from '../matrix/homeserver-address.js'
import type { UserIdentifier } from '../matrix/identifiers.js'
import type { InputSource } from '../runner/ports.js'
import type { StoreAccess } from '../stores/write.js'
import { VERSION } from '../version.js'
import type { CommandPorts } from './terminal.js'

/** What goes to standard output. */
const OUTPUT_FORMS = ['access-token', 'refresh-token', 'json'] as const
export type OutputForm = (typeof OUTPUT_FORMS)[number]

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
    if (error.exitCode === 0 || isHelp) return { kind: 'answer', text }
    return { kind: 'misuse', text: withoutTyped(text, argv) }
  }
  return chosen ?? { kind: 'misuse', text: program.helpInformation() }
}

/** Hides what was typed in a usage error, because it can be a misplaced secret. Names of options and short words stay. */
function withoutTyped(text: string, argv: readonly string[]): string {
  const typed = argv.flatMap((argument) => [argument, argument.replace(/^[^=]*=/, '')])
  const longestFirst = typed.filter(({ length }) => length >= 4).sort((a, b) => b.length - a.length)
  return longestFirst.reduce((rest, argument) => rest.replaceAll(argument, shownArgument(argument)), text)
}

function shownArgument(argument: string): string {
  const [option] = /^--[a-z]+(?:-[a-z]+)*(?==|$)/.exec(argument) ?? []
  if (option !== undefined) return option === argument ? option : `${option}=…`
  return /^(?=.{1,12}$)[a-z]+(?:-[a-z]+)?$/.test(argument) ? argument : `(${[...argument].length} characters)`
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

/** The server, and how to connect to it. */
export interface ServerOptions {
  readonly homeserver: HomeserverAddress
  readonly maxWaitMs: number
  readonly allowHttp: boolean
}

/** A store of secrets, and the secret names for a session. */
interface StoreOptions extends StoreAccess {
  readonly secretName: string
  readonly refreshSecretName: string
}

/** The options of a command that opens a session, checked and typed. */
export interface SessionOptions extends AccountOptions {
  /** Empty: the default name. */
  readonly deviceName: string
  /** Absent: standard output. */
  readonly store: StoreOptions | undefined
  readonly form: OutputForm
}

/** Reads the options that select the server. @throws Failure that names all problems at once */
export function readServerOptions({ inputs: runner }: Pick<CommandPorts, 'inputs'>): ServerOptions {
  const problems = new Problems()
  const allowHttp = readAllowHttp(runner, problems)
  const homeserver = readHomeserver(runner, 'no-such-input', allowHttp, problems)
  const maxWaitMs = readMaxWait(runner, problems)
  problems.throwIfAny()
  if (homeserver === undefined) throw new Error('invalid options were not reported')
  return { homeserver, maxWaitMs, allowHttp }
}

/** The server and the account. */
export interface AccountOptions extends ServerOptions {
  readonly user: UserIdentifier | undefined
}

/** Reads the options of every command about an account. Problems are collected; the caller throws them. */
export function readAccountOptions(inputs: InputSource, problems: Problems): AccountOptions | undefined {
  const allowHttp = readAllowHttp(inputs, problems)
  const user = readUser(inputs, undefined, problems)
  const homeserver = readHomeserver(inputs, user, allowHttp, problems)
  const maxWaitMs = readMaxWait(inputs, problems)
  return homeserver === undefined ? undefined : { homeserver, user, allowHttp, maxWaitMs }
}

/** Reads all options of a command that opens a session. @throws Failure that names all problems at once */
export function readSessionOptions(ports: CommandPorts): SessionOptions {
  const { inputs, options } = ports
  const problems = new Problems()
  const account = readAccountOptions(inputs, problems)
  const form = choiceValue('--output', options.get('output') ?? '', OUTPUT_FORMS, problems)
  const store = readStore(ports, problems)
  if (store !== undefined && options.has('output'))
    problems.add('--output is about standard output, where nothing goes with --store.')
  problems.throwIfAny()
  if (account === undefined) throw new Error('invalid options were not reported')
  return { ...account, deviceName: inputs.input('device-name').trim(), store, form }
}

/** Returns the user, which a password login requires. @throws Failure if it is not set */
export function requireUser({ user }: Pick<SessionOptions, 'user'>): UserIdentifier {
  if (user !== undefined) return user
  throw new Failure('invalid-input', '--user is missing: whose password is it?', 'Give --user @name:example.org.')
}

function readStore(ports: CommandPorts, problems: Problems): StoreOptions | undefined {
  const { inputs } = ports
  const secretName = readSecretName(inputs, 'secret-name', 'MATRIX_ACCESS_TOKEN', problems)
  const refreshSecretName = readSecretName(inputs, 'refresh-secret-name', 'MATRIX_REFRESH_TOKEN', problems)
  const access = readStoreAccess(ports, problems)
  if (access === undefined) return undefined
  refuseSameNames(secretName, refreshSecretName, problems)
  return { ...access, secretName, refreshSecretName }
}

/** Reads `--store` and the token for it; `undefined` if it is not set. */
export function readStoreAccess({ inputs, options, masks }: CommandPorts, problems: Problems): StoreAccess | undefined {
  const lines = listedLines(options.get('store') ?? '')
  if (lines.length === 0) return undefined
  const forge = readForge(inputs, problems)
  const targets = readTargets(lines, { forge, reportMalformed: true }, problems)
  const storeToken = secretText(inputs.environment('GH_TOKEN') ?? '', 'token')?.value ?? ''
  if (storeToken === '') problems.add(NO_STORE_TOKEN)
  else masks.mask(storeToken)
  return { targets, forge, storeToken }
}

const NO_STORE_TOKEN =
  '--store needs a token that may write secrets, in the variable GH_TOKEN, for example GH_TOKEN="$(gh auth token)".'
