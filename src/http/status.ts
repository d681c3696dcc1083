/** Whether a status means success: 2xx and nothing else. @see RFC 9110 §15 (below 100 and above 599 is invalid) */
export function isSuccess(status: number): boolean {
  return status >= 200 && status <= 299
}

/** Statuses of a server or gateway that may answer a moment later; 52x and 530 are Cloudflare's. */
const UNAVAILABLE = [408, 502, 503, 504, 520, 521, 522, 523, 524, 530]

/** Whether a status says that the server is not available at the moment. @see https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-5xx-errors/ */
export function isUnavailable(status: number): boolean {
  return UNAVAILABLE.includes(status)
}

/** Whether the effect of a request is unknown after this status: a gateway or a bug can hide what was done (5xx). */
export function isEffectUnknown(status: number): boolean {
  return status >= 500
}
