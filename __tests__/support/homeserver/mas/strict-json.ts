import { type Answer, type Incoming, type JsonMembers, objectOf, parseJson, plainText } from '../answers.js'

/**
 * The framework of MAS refuses before a route sees the request, and neither as Matrix nor as the admin API does: with plain
 * text. `wrong` says what is wrong with the members.
 */
export function strictJson(
  { contentType, body }: Incoming,
  wrong: (members: JsonMembers) => string | undefined,
): { readonly members: JsonMembers } | { readonly refused: Answer } {
  if (!/^application\/(?:.+\+)?json\b/.test(contentType ?? '')) {
    return { refused: plainText(415, 'Expected request with `Content-Type: application/json`') }
  }
  const parsed = parseJson(body)
  if (parsed === undefined) return { refused: plainText(400, 'Failed to parse the request body as JSON') }
  const members = objectOf(parsed)
  const problem = wrong(members)
  if (problem === undefined) return { members }
  return { refused: plainText(422, `Failed to deserialize the JSON body into the target type: ${problem}`) }
}

/** What is wrong with a member that must be a string. */
export function missingText(members: JsonMembers, ...names: readonly string[]): string | undefined {
  const name = names.find((wanted) => typeof members[wanted] !== 'string')
  if (name === undefined) return undefined
  return name in members ? `${name}: invalid type, expected a string` : `missing field \`${name}\``
}
