import { createHash } from 'node:crypto'
import type { RunContext } from '../runner/run-context.js'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const LENGTH = 12
/** Synapse takes 100 characters and MAS fails with 500 beyond them; some room for what is counted otherwise. */
const MAX_NAME_LENGTH = 90

/**
 * The device of a step whose token is to outlive the job: the same on every run of the step on this branch, so that
 * re-runs do not pile up devices, and another for every other step, branch and server.
 */
export function stableDeviceId(homeserverUrl: string, context: RunContext, matrix: string): string {
  const { repository, workflowFile, job, step, branch, forge } = context
  const parts = [homeserverUrl, repository, workflowFile, job, matrix, step, branch, ...forgePart(forge)]
  return format(createHash('sha256').update(JSON.stringify(parts)).digest())
}

/** Devices on github.com keep the IDs that they had before other forges were told apart. */
export function forgePart(forge: string): readonly string[] {
  return forge === '' ? [] : [forge]
}

/**
 * A device of its own: nothing that runs beside it can end it, nor be ended.
 * @param prefix tells in a list of devices what made it
 */
export function randomDeviceId(bytes: (count: number) => Uint8Array, prefix = 'GHA'): string {
  return format(bytes(LENGTH), prefix)
}

/** Letters and digits that every server takes, and 60 bits of them. */
function format(bytes: Uint8Array, prefix = 'GHA'): string {
  return `${prefix}-${[...bytes.subarray(0, LENGTH)].map((byte) => ALPHABET.charAt(byte % 32)).join('')}`
}

/** The name under which people find the session in their list of devices. */
export function deviceDisplayName(given: string, { repository, workflowName, job }: RunContext): string {
  // Gitea and Forgejo leave the name of an unnamed workflow empty.
  const parts = [repository, workflowName, job].filter((part) => part.trim() !== '')
  const described = parts.length === 0 ? '' : `: ${parts.join(' · ')}`
  return fitDisplayName(given === '' ? `GitHub Actions${described}` : given)
}

/** A name as every server takes it. */
export function fitDisplayName(name: string): string {
  const printable = name.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').toWellFormed()
  return [...printable].slice(0, MAX_NAME_LENGTH).join('')
}

/** The matrix values with their keys sorted; empty for a job without a matrix. */
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

/** Forgejo's runner says `{"Matrix":{…}}` for `toJSON(matrix)`, or `null` in it: a structure of Go as it is. */
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
