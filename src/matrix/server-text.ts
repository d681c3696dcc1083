/** Longest text of a server that is shown, in characters. */
const LONGEST = 300

/**
 * Text from a server, made fit for a log: no control characters (a line break would start a new line, an escape colour
 * the log), nothing that a runner could read as a workflow command, at most 300 characters.
 */
export function cleanServerText(text: string): string {
  const oneLine = text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/:{2,}/g, ': :')
    .replace(/##\[/g, '## [')
    .replace(/ {2,}/g, ' ')
    .trim()
  return oneLine.length > LONGEST ? `${oneLine.slice(0, LONGEST - 1).toWellFormed()}…` : oneLine
}
