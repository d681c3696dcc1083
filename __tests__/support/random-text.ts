/** A linear congruential generator with a seed, so that a failure can be repeated. @returns integers from 0 below a bound */
export function seededRandom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((state / 2_147_483_648) * below)
  }
}

export const TOKEN_CHARACTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-~.='

/** @returns so many characters of an alphabet */
export function randomText(next: (below: number) => number, length: number, alphabet = TOKEN_CHARACTERS): string {
  return Array.from({ length }, () => alphabet.charAt(next(alphabet.length))).join('')
}
