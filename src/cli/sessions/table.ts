import type { Maker, Reprieve, SelectedSession } from '../../session/selection.js'
import type { TabledSession } from './directory.js'

/** Maximum length of a name, in characters; longer names are truncated. */
const MAX_NAME_LENGTH = 40
/** The largest valid date, in milliseconds since 1970. */
const MAX_TIME = 8.64e15

const MAKERS: Readonly<Record<Maker, string>> = {
  rotate: 'rotate action',
  login: 'login action',
  command: 'this command',
}

const REPRIEVES: Readonly<Record<Reprieve, string>> = {
  'in use': 'in use, never ended',
  rotate: 'ended by rotate only',
  kept: 'kept (--keep)',
}

/**
 * Formats sessions as a table with a header, for a terminal of any width.
 * @returns lines without trailing white space
 */
export function sessionTable(sessions: readonly SelectedSession<TabledSession>[]): readonly string[] {
  const header = ['DEVICE ID', 'NAME', 'LAST SEEN (UTC)', 'MADE BY', 'KIND', 'NOTE']
  const rows = [header, ...sessions.map(cellsOf)]
  const widths = header.map((title, column) => {
    const cells = rows.slice(1).map((row) => row[column] ?? '')
    // An empty column is omitted.
    if (cells.every((cell) => cell === '')) return 0
    return cells.reduce((width, cell) => Math.max(width, [...cell].length), title.length)
  })
  return rows.map((row) =>
    row
      .map((cell, column) => pad(cell, widths[column] ?? 0))
      .filter((_cell, column) => widths[column] !== 0)
      .join('  ')
      .trimEnd(),
  )
}

function cellsOf({ session, maker, reprieve }: SelectedSession<TabledSession>): string[] {
  const { deviceId, displayName, lastSeenAt, kind } = session
  return [
    `${deviceId ?? '(none)'}`,
    cutName(`${displayName ?? ''}`),
    describeTime(lastSeenAt),
    maker === undefined ? '' : MAKERS[maker],
    kind ?? '',
    reprieve === undefined ? '' : REPRIEVES[reprieve],
  ]
}

function pad(cell: string, width: number): string {
  return cell + ' '.repeat(Math.max(0, width - [...cell].length))
}

function cutName(name: string): string {
  const characters = [...name]
  return characters.length <= MAX_NAME_LENGTH ? name : `${characters.slice(0, MAX_NAME_LENGTH - 1).join('')}…`
}

/** Formats a time as `2026-09-01 12:30`. */
function describeTime(ms: number | undefined): string {
  if (ms === undefined || ms > MAX_TIME) return ms === undefined ? 'never' : 'unknown'
  return new Date(ms).toISOString().slice(0, 16).replace('T', ' ')
}
