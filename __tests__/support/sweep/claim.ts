/** A claim about one case of a sweep. Its words stand in the list of what failed. @throws Error where it does not hold */
export function claim(holds: boolean, words: string): void {
  if (!holds) throw new Error(words)
}
