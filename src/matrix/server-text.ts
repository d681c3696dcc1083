import { printable } from '../redaction.js'

/** Text from a server, made fit for a log. @see printable */
export function cleanServerText(text: string): string {
  return printable(text)
}
