/** Reads a variable of the environment. */
export type Environment = (name: string) => string | undefined

/** An environment variable that is set. */
export interface Variable {
  readonly name: string
  readonly value: string
}

/**
 * Finds the variable that names the proxy for a URL. Lower case has precedence, as in curl; a blank variable counts as
 * not set. curl ignores `HTTP_PROXY` in upper case because a CGI client can set it; this does not apply here.
 * @returns `undefined` if no variable is set
 * @see https://curl.se/docs/manpage.html#ENVIRONMENT
 */
export function proxyVariable(url: URL, environment: Environment): Variable | undefined {
  return firstSet(
    url.protocol === 'https:' ? ['https_proxy', 'HTTPS_PROXY'] : ['http_proxy', 'HTTP_PROXY'],
    environment,
  )
}

/** Returns the first of several variables that is set and not blank. */
export function firstSet(names: readonly string[], environment: Environment): Variable | undefined {
  return names.map((name) => ({ name, value: (environment(name) ?? '').trim() })).find(({ value }) => value !== '')
}
