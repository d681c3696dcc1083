import { Secret } from '../secret.js'
import { ServerText } from './server-text.js'

/**
 * A JSON object whose members have not been checked. In answers of an API each token is a {@link Secret} already (see
 * `takeTokens` in call.ts), so no member of it is a token as plain text.
 */
export type JsonObject = Readonly<Record<string, unknown>>

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Secret)
}

/** The object that stands in these bytes; `undefined` for anything else, invalid UTF-8 too. */
export function parseJsonObject(bytes: Uint8Array): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    return isJsonObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** A member that is a string, or nothing. */
export function stringMember(object: JsonObject, name: string): string | undefined {
  const value = object[name]
  return typeof value === 'string' ? value : undefined
}

/** A member that is a string, as text that can be shown. */
export function textMember(object: JsonObject, name: string): ServerText | undefined {
  const value = stringMember(object, name)
  return value === undefined ? undefined : new ServerText(value)
}

/** A token of an answer; `undefined` where it is missing or is not a token in form. */
export function secretMember(object: JsonObject, name: string): Secret | undefined {
  const value = object[name]
  return value instanceof Secret ? value : undefined
}

/** A member that is an object, or an empty object. */
export function objectMember(object: JsonObject, name: string): JsonObject {
  const value = object[name]
  return isJsonObject(value) ? value : {}
}
