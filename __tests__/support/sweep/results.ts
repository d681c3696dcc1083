import { mkdirSync, writeFileSync } from 'node:fs'
import { MOMENTS, type Moment } from '../gate.js'
import type { Setting } from './harness.js'

const EXTENT = process.env['MATRIX_TEST_SWEEP'] ?? ''

/** The full sweep takes many minutes: npm run test:sweep. Else a sample of it is run. */
export const FULL = ['alternating', 'full', 'everything'].includes(EXTENT)

/**
 * The moments of a request at which the sweep with this number kills or holds: before it and after it. In CI
 * (`alternating`) one of them by turns, so that each goes with each server, each mode, and each kind of post step.
 * @param number counted from 0, where two in a row have the same setting
 */
export function momentsOf(number: number): readonly Moment[] {
  const turn = (number + Math.floor(number / 2)) % 2
  return EXTENT === 'alternating' ? MOMENTS.slice(turn, turn + 1) : MOMENTS
}

/** Rotations that were killed, that overlapped, or that were queued with another token than the stored one. */
export type ResultKind = 'killed' | 'overlapped' | 'queued'

/** What one sweep found in one setting; scripts/test-sweep.mjs sums them up and prints them. */
export interface ResultRow {
  /** Which table it goes into. */
  readonly kind: ResultKind
  readonly sweep: string
  readonly credential: string
  readonly flavour: string
  readonly mode: string
  readonly targets: number
  readonly forge: string
  readonly cases: number
  /** Cases in which every stored token lived all the time, and every other claim held. */
  readonly passed: number
  /** Cases in which a stored token was dead for a while, where the contract allows that (`now`, side by side). */
  readonly dead?: number
  /** Most sessions right after what happened, after the next rotation, the one after it, and so on. */
  readonly sessions: readonly number[]
}

export function resultRow(
  kind: ResultKind,
  sweep: string,
  setting: Setting,
  outcomes: readonly (readonly number[] | undefined)[],
): ResultRow {
  const { credential, flavour, mode, targets, forge } = setting
  const passed = outcomes.filter((outcome) => outcome !== undefined)
  const rounds = Math.max(0, ...passed.map(({ length }) => length))
  return {
    kind,
    sweep,
    credential: credential.name,
    flavour,
    mode,
    targets,
    forge,
    cases: outcomes.length,
    passed: passed.length,
    sessions: Array.from({ length: rounds }, (_, round) => Math.max(...passed.map((counts) => counts[round] ?? 0))),
  }
}

/** Keeps what one file of tests found, for the table. */
export function saveResults(name: string, rows: readonly ResultRow[]): void {
  if (!FULL) return
  mkdirSync('build/results/sweep', { recursive: true })
  writeFileSync(`build/results/sweep/${name}.json`, JSON.stringify(rows))
}
