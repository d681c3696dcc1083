/**
 * The delay a `Retry-After` header asks for, in milliseconds.
 * Both forms of RFC 9110 §10.2.3: whole seconds, or an HTTP date. Anything else is no delay that was asked for.
 */
export function parseRetryAfter(value: string | undefined, now: number): number | undefined {
  const text = value?.trim()
  if (text === undefined || text === '') return undefined
  if (/^\d+$/.test(text)) return Number(text) * 1000
  if (!/^[A-Za-z]{3,9},? /.test(text)) return undefined
  const date = Date.parse(text)
  return Number.isNaN(date) ? undefined : Math.max(0, date - now)
}
