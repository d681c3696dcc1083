import { createHash } from 'node:crypto'
import { isPlain, lazyPattern } from '../redaction.js'
import type { InputSource } from '../runner/ports.js'

/** The identity of the current step, for its device ID and display name. */
export interface RunContext {
  /** Origin of the forge (`GITHUB_SERVER_URL`); empty for github.com. */
  readonly forge: string
  readonly repository: string
  /** Workflow file (`GITHUB_WORKFLOW_REF` up to `@`), or the workflow's name if there is none. May be empty. */
  readonly workflowFile: string
  readonly workflowName: string
  readonly job: string
  /** The step's `id`, or the name that the runner assigned. */
  readonly step: string
  /** The branch, or one name for all tags, all pull requests, all merge queues. */
  readonly branch: string
}

export function readRunContext(inputs: Pick<InputSource, 'environment'>): RunContext {
  const variable = (name: string) => inputs.environment(name) ?? ''
  const workflowRef = variable('GITHUB_WORKFLOW_REF').split('@')[0] ?? ''
  const workflowName = variable('GITHUB_WORKFLOW')
  return {
    forge: forgeOf(variable('GITHUB_SERVER_URL')),
    repository: variable('GITHUB_REPOSITORY'),
    workflowFile: workflowRef === '' ? workflowName : workflowRef,
    workflowName,
    job: variable('GITHUB_JOB'),
    step: variable('GITHUB_ACTION'),
    branch: branchOf(variable('GITHUB_REF'), variable('GITHUB_EVENT_NAME')),
  }
}

/** Returns the forge, so that the same workflow in a mirror on another forge does not end the tokens of this one. */
function forgeOf(serverUrl: string): string {
  const origin = URL.canParse(serverUrl) ? new URL(serverUrl).origin : serverUrl
  return origin === 'https://github.com' ? '' : origin
}

/**
 * Returns the branch. Tags, pull requests and merge queues are numerous and short-lived, so each kind shares one name.
 * A `pull_request_target` run has the base branch as its ref, but must not share a device with its deployments.
 */
function branchOf(ref: string, eventName: string): string {
  if (eventName.startsWith('pull_request') || ref.startsWith('refs/pull/')) return 'pull requests'
  if (eventName === 'merge_group' || ref.startsWith('refs/heads/gh-readonly-queue/')) return 'merge queue'
  if (ref.startsWith('refs/tags/')) return 'tags'
  // Forgejo up to 11 uses the short name in a scheduled run.
  return ref === '' || ref.startsWith('refs/') ? ref : `refs/heads/${ref}`
}

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
