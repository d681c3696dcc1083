import { isToken } from '../api/values.js'
import { Failure, type FailureCode } from '../failures.js'
import { type HomeserverAddress, parseHomeserver } from '../matrix/homeserver-address.js'
import type { UserIdentifier } from '../matrix/identifiers.js'
import type { SecretForm } from '../secret.js'
import type { Inputs } from './declared.js'
import { trimInvisible, trimLineBreaks, unusualCharacters } from './text.js'

/**
 * Describes a refused value by its length only. Any value can be a misplaced secret, and a mask does not match derived
 * text (truncated, lower-cased, escaped), so no part of it is shown.
 */
export function describeValue(raw: string): string {
  const { length } = [...raw.trim()]
  return `(${length} ${length === 1 ? 'character' : 'characters'})`
}

/**
 * Returns the sentences about a refused value.
 * @param what completes the sentence "`input` …"
 */
export function describeRefused(input: string, raw: string, what: string): string {
  const unusual = unusualCharacters(raw.trim())
  const more = unusual.length === 0 ? '' : ` It has ${unusual.join(', and ')}.`
  return `\`${input}\` ${describeValue(raw)} ${what}.${more}`
}

/** One problem with the inputs. */
interface Problem {
  readonly code: FailureCode
  readonly text: string
  readonly hint: string | undefined
}

/** Collects all problems, so that a user can correct them in one run. */
export class Problems {
  readonly #found: Problem[] = []
  readonly #inputs = new Set<string>()

  /** Adds a problem. @param hint what to do, if the general advice of the code does not apply */
  add(text: string, code: FailureCode = 'invalid-input', hint?: string): void {
    this.#found.push({ code, text, hint })
  }

  /**
   * Refuses the value of an input. The text contains the length of the value and no part of it. Only the first problem
   * of an input is kept, because the next ones follow from it.
   * @param what completes the sentence "`input` …"; must not hold any part of the value
   */
  refuse(input: string, raw: string, what: string, code: FailureCode = 'invalid-input', hint?: string): void {
    if (this.#inputs.has(input)) return
    this.#inputs.add(input)
    this.add(describeRefused(input, raw, what), code, hint)
  }

  /** Reports a required input that is not set, unless its value was refused. */
  miss(input: string, text: string, code: FailureCode = 'invalid-input', hint?: string): void {
    if (!this.#inputs.has(input)) this.add(text, code, hint)
  }

  /** Returns whether the value of an input was refused. */
  hasRefused(input: string): boolean {
    return this.#inputs.has(input)
  }

  get isEmpty(): boolean {
    return this.#found.length === 0
  }

  /**
   * Throws if there is a problem.
   * @throws Failure that names all problems; its code is that of a single problem, otherwise `invalid-input`
   */
  throwIfAny(): void {
    const [first, ...others] = this.#found
    if (first === undefined) return
    if (others.length === 0) throw new Failure(first.code, first.text, first.hint)
    const list = this.#found.map(({ text, hint = '' }) => `- ${text} ${hint}`.trimEnd()).join('\n')
    throw new Failure('invalid-input', `The inputs have ${this.#found.length} problems:\n${list}`)
  }
}

/** A secret, ready for use. */
export interface SecretText {
  readonly value: string
  /** The characters that were removed, completing "it has …"; empty if none were removed. */
  readonly dropped: readonly string[]
}

/**
 * Reads a secret. A leading byte order mark and trailing line breaks come from files and from `echo … | gh secret set`,
 * never from a login form. Spaces at the ends of a password can be part of it.
 * @returns `undefined` if it is blank
 */
export function secretText(raw: string, form: SecretForm): SecretText | undefined {
  if (raw.trim() === '') return undefined
  if (form === 'text') return { value: trimInvisible(raw), dropped: [] }
  const withoutMark = raw.replace(/^\ufeff+/, '')
  const withoutBreaks = trimLineBreaks(withoutMark)
  const value = form === 'password' ? withoutBreaks : withoutBreaks.trim()
  const dropped = [
    ...(withoutMark === raw ? [] : ['a byte order mark (U+FEFF) at its start']),
    ...(withoutBreaks === withoutMark ? [] : ['a line break at its end']),
    ...(value === withoutBreaks ? [] : ['white space around it']),
  ]
  return { value, dropped }
}

/** Reads `true` or `false` in any letter case. Empty is the default; any other value is a problem. */
export function booleanValue(name: string, raw: string, byDefault: boolean, problems: Problems): boolean {
  const text = raw.trim().toLowerCase()
  if (text === '') return byDefault
  if (text !== 'true' && text !== 'false') problems.refuse(name, raw, `must be true or false${notWord(raw)}`)
  return text === 'true'
}

/** Reads one of several allowed values; empty selects the first. */
export function choiceValue<Choice extends string>(
  name: string,
  raw: string,
  choices: readonly [Choice, ...Choice[]],
  problems: Problems,
): Choice {
  const text = raw.trim()
  const found = choices.find((choice) => choice === text)
  if (found === undefined && text !== '') {
    problems.refuse(name, raw, `must be one of ${choices.join(', ')}${notWord(raw)}`)
  }
  return found ?? choices[0]
}

/** Reads whole seconds. @returns milliseconds */
export function secondsValue(name: string, raw: string, byDefault: number, problems: Problems): number {
  const text = raw.trim()
  if (text === '') return byDefault * 1000
  if (/^\d{1,5}$/.test(text)) return Number(text) * 1000
  problems.refuse(name, raw, 'must be a whole number of seconds from 0 to 99999, without a unit')
  return byDefault * 1000
}

const UNITS_MS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const
/** Maximum lifetime, in milliseconds: 100 years. A longer one means "never", and servers use 32-bit counters. */
const MAX_LIFETIME_MS = 36_525 * UNITS_MS.d

/** Reads a duration such as `90s`, `15m`, `12h`, `30d`. @returns milliseconds; `undefined` if it is not set */
export function lifetimeValue(name: string, raw: string, problems: Problems): number | undefined {
  const text = raw.trim()
  if (text === '') return undefined
  const [, count = '', unit = ''] = /^(\d{1,9})([smhd])$/.exec(text) ?? []
  const ms = Number(count) * (unit === 's' || unit === 'm' || unit === 'h' || unit === 'd' ? UNITS_MS[unit] : 0)
  if (ms > 0 && ms <= MAX_LIFETIME_MS) return ms
  problems.refuse(name, raw, 'must be a length of time such as 90s, 15m, 12h or 30d, and not 0')
  return undefined
}

/**
 * Quotes the given value if it is not one of the allowed values. Only a short lower-case word is shown: no token has
 * that form. A value that holds a secret input is refused before.
 */
function notWord(raw: string): string {
  const text = raw.trim()
  return /^[a-z]{1,10}$/.test(text) ? `, not “${text}”` : ''
}

const DEFAULT_MAX_WAIT_SECONDS = 120

/** Returns whether an input is not set. */
export function isBlank<Name extends string>(inputs: Inputs<Name>, name: Name): boolean {
  return inputs.input(name).trim() === ''
}

export function readAllowHttp(inputs: Inputs<'allow-http'>, problems: Problems): boolean {
  return booleanValue('allow-http', inputs.input('allow-http'), false, problems)
}

/** Reads the limit for all pauses of the step together, in milliseconds. */
export function readMaxWait(inputs: Inputs<'max-wait'>, problems: Problems): number {
  return secondsValue('max-wait', inputs.input('max-wait'), DEFAULT_MAX_WAIT_SECONDS, problems)
}

/**
 * Reads `homeserver`; if it is not set, the server of the user ID.
 * @param user `no-such-input` for an action without the input `user`, which is then not suggested
 */
export function readHomeserver(
  inputs: Inputs<'homeserver'>,
  user: UserIdentifier | undefined | 'no-such-input',
  allowHttp: boolean,
  problems: Problems,
): HomeserverAddress | undefined {
  const raw = inputs.input('homeserver')
  if (raw.trim() !== '') {
    const address = parseHomeserver(raw.trim(), allowHttp)
    if (!('problem' in address)) return address
    problems.refuse('homeserver', raw, address.problem, address.insecure ? 'insecure-url' : 'invalid-input')
    return undefined
  }
  if (user === 'no-such-input') {
    problems.miss('homeserver', MISSING)
    return undefined
  }
  if (user?.kind === 'user-id') return { kind: 'server-name', serverName: user.serverName }
  // If `user` is malformed, that is the problem to report.
  if (problems.hasRefused('user')) return undefined
  problems.miss('homeserver', MISSING_WITH_USER)
  return undefined
}

const MISSING =
  '`homeserver` is missing: set it to the server name (example.org) or the base URL (https://matrix.example.org).'

const MISSING_WITH_USER =
  '`homeserver` is missing, and `user` names no server: set `homeserver`, or set `user` to @name:example.org.'

/** Reports a token that cannot be sent in a header, for example one with a line break. */
export function checkToken(
  input: string,
  token: string,
  problems: Problems,
  code: 'token-invalid' | 'invalid-input' = 'token-invalid',
): void {
  if (token === '' || isToken(token)) return
  if (/^bearer\s/i.test(token)) {
    problems.refuse(input, token, 'begins with `Bearer`, which is not part of the token; it was not sent', code)
  }
  problems.refuse(input, token, 'holds white space or characters that no token has; it was not sent', code)
}
