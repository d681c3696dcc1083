import { isJsonObject, type JsonObject } from '../api/values.js'

/**
 * Reads an own member. Device IDs and key IDs are untrusted and can be `constructor` or `__proto__`, which an index
 * expression would find on the prototype.
 */
function ownMember(object: JsonObject | undefined, name: string): unknown {
  return object !== undefined && Object.hasOwn(object, name) ? object[name] : undefined
}

/** Reads an own member that is an object. */
export function optionalObject(object: JsonObject | undefined, name: string): JsonObject | undefined {
  const value = ownMember(object, name)
  return isJsonObject(value) ? value : undefined
}

/** Reads an own member that is a string. */
export function optionalText(object: JsonObject | undefined, name: string): string | undefined {
  const value = ownMember(object, name)
  return typeof value === 'string' ? value : undefined
}

/** Reads an own member that is an array. */
export function listMember(object: JsonObject | undefined, name: string): readonly unknown[] | undefined {
  const value = ownMember(object, name)
  return Array.isArray(value) ? value : undefined
}
