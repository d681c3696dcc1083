const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** The identifiers of MAS: 26 characters that sort by age. https://github.com/ulid/spec */
export class Ulids {
  readonly #now: () => number
  #made = 0

  constructor(now: () => number) {
    this.#now = now
  }

  next(): string {
    this.#made += 1
    return encode(this.#now(), 10) + encode(this.#made, 16)
  }
}

export const isUlid = (text: string) => /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/i.test(text)

function encode(number: number, length: number): string {
  let [rest, digits] = [number, '']
  for (; digits.length < length; rest = Math.floor(rest / 32)) digits = CROCKFORD.charAt(rest % 32) + digits
  return digits
}
