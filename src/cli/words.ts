/** What the core calls by the names of the actions' inputs, and what that is called here. */
const WORDS: readonly (readonly [input: RegExp, here: string])[] = [
  [/\ballow-http: true\b/g, '--allow-http'],
  [/(?<![\w/-])store-token\b/g, 'GH_TOKEN'],
  [/(?<![\w/-])store-in\b/g, '--store'],
  [/(?<![\w/-])(max-wait|refresh-secret-name|secret-name|device-name)\b/g, '--$1'],
  [/(?<=given as |^|[.:] )(login|access|refresh)-token\b/gm, 'the $1 token'],
  [/\bThis is a bug in the action\b/g, 'This is a bug'],
  [/\bof the runner\b/g, 'of this machine'],
]

/** The same text, for somebody who has a command line before them and no workflow. */
export function inTerminalWords(text: string): string {
  return WORDS.reduce((result, [input, here]) => result.replace(input, here), text)
}
