/** Reads a variable of the environment. */
export type Environment = (name: string) => string | undefined

/** A variable of the environment that is set. */
export interface Variable {
  readonly name: string
  readonly value: string
}

/**
 * Finds the variable that names the proxy for a URL. Lower case is looked at first, as curl does; a blank variable is not set.
 * curl ignores `HTTP_PROXY` in upper case because of CGI, where a client can set it; here none can.
 * @returns `undefined` where no variable is set
 * @see https://curl.se/docs/manpage.html#ENVIRONMENT
 */
export function proxyVariable(url: URL, environment: Environment): Variable | undefined {
  return firstSet(
    url.protocol === 'https:' ? ['https_proxy', 'HTTPS_PROXY'] : ['http_proxy', 'HTTP_PROXY'],
    environment,
  )
}

/** The first of several variables that is set and not blank. */
export function firstSet(names: readonly string[], environment: Environment): Variable | undefined {
  return names.map((name) => ({ name, value: (environment(name) ?? '').trim() })).find(({ value }) => value !== '')
}
