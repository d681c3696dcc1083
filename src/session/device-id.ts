import { createHash } from 'node:crypto'
import { isPlain, lazyPattern } from '../redaction.js'
import type { RunContext } from '../runner/run-context.js'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const LENGTH = 12
/** Synapse accepts 100 characters, and MAS answers 500 to longer names; the margin covers other ways of counting. */
const MAX_NAME_LENGTH = 90

/**
 * Derives the device ID of a step whose token stays valid after the job. It is the same on every run of the step on
 * this branch, so that re-runs do not add devices. Every other step, branch and server has another one.
 */
export function stableDeviceId(homeserverUrl: string, context: RunContext, matrix: string): string {
  const { repository, workflowFile, job, step, branch, forge } = context
  const parts = [homeserverUrl, repository, workflowFile, job, matrix, step, branch, ...forgePart(forge)]
  return format(createHash('sha256').update(JSON.stringify(parts)).digest())
}

/** Returns the forge part of the hash. Devices on github.com keep the IDs from before other forges were supported. */
export function forgePart(forge: string): readonly string[] {
  return forge === '' ? [] : [forge]
}

/**
 * Creates a random device ID, so that no concurrent run shares the device.
 * @param prefix shows in a device list which program created the device
 */
export function randomDeviceId(bytes: (count: number) => Uint8Array, prefix = 'GHA'): string {
  return format(bytes(LENGTH), prefix)
}

/** Formats a device ID: letters and digits that every server accepts, with 60 bits. */
function format(bytes: Uint8Array, prefix = 'GHA'): string {
  return `${prefix}-${[...bytes.subarray(0, LENGTH)].map((byte) => ALPHABET.charAt(byte % 32)).join('')}`
}

/** Returns the name of the session in the user's device list. */
export function deviceDisplayName(given: string, { repository, workflowName, job }: RunContext): string {
  // Gitea and Forgejo leave the name of an unnamed workflow empty.
  const parts = [repository, workflowName, job].filter((part) => part.trim() !== '')
  const described = parts.length === 0 ? '' : `: ${parts.join(' · ')}`
  return fitDisplayName(given === '' ? `GitHub Actions${described}` : given)
}

const UNPRINTABLE = lazyPattern('[\\p{Cc}\\p{Zl}\\p{Zp}]+', 'gu')

/** Truncates and cleans a name so that every server accepts it. */
export function fitDisplayName(name: string): string {
  const printable = isPlain(name) ? name : name.replace(UNPRINTABLE(), ' ').toWellFormed()
  return [...printable].slice(0, MAX_NAME_LENGTH).join('')
}

/** Returns the matrix values with sorted keys; empty for a job without a matrix. */
export function canonicalMatrix(json: string): string {
  const text = json.trim()
  if (text === '') return ''
  try {
    const value: unknown = JSON.parse(text)
    const canonical = JSON.stringify(sortKeys(matrixIn(value)))
    return canonical === 'null' || canonical === '{}' ? '' : canonical
  } catch {
    return text
  }
}

/**
 * Reads the matrix. Forgejo's runner serializes a Go struct for `toJSON(matrix)`: `{"Matrix":{…}}`, or `null` in it.
 */
function matrixIn(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('Matrix' in value) || Object.keys(value).length !== 1)
    return value
  return typeof value.Matrix === 'object' ? value.Matrix : value
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, member]) => [key, sortKeys(member)]))
}
