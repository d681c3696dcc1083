/** Words in the names of variables whose values are secret. */
const SECRET_NAME =
  /TOKEN|SECRET|PASSW|PASSPHRASE|CREDENTIAL|(^|_)(PASS|PWD|PAT|KEY|AUTH|COOKIE|JWT|DSN)$|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY/i
/** Variables that this command reads and that no other program needs. */
const OWN_NAME = /^(MATRIX|MAS)_/i
/** Names that the patterns above match and whose values are not secret: the working directory of the shell. */
const PUBLIC_NAMES = new Set(['PWD', 'OLDPWD'])
/** Prefixes of tokens of Matrix servers and of forges. */
const TOKEN_PREFIX = /(^|[^A-Za-z0-9])(syt_|syr_|m[acpr][tr]_|gh[a-z]_|github_pat_|glpat-)/
/** A user and a password in a URL. */
const URL_PASSWORD = /^[a-z][\w+.-]*:\/\/[^/?#@\s]*:[^/?#@\s]*@/i
/** This process itself needs the password of its proxy. */
const PROXY_NAME = /^(https?|all|ftp|no)_proxy$/i

type Environment = Record<string, string | undefined>

/** Whether a program that the command starts, such as the browser, must not receive a variable. */
export function isSecretVariable(name: string, value: string): boolean {
  if (PUBLIC_NAMES.has(name)) return false
  if (OWN_NAME.test(name) || SECRET_NAME.test(name) || TOKEN_PREFIX.test(value)) return true
  return URL_PASSWORD.test(value) && !PROXY_NAME.test(name)
}

/**
 * Moves the environment out of reach of the programs that this process starts: copies all variables, then deletes the
 * secret ones from `environment`, which child processes inherit.
 *
 * @param environment the environment of this process; changed
 * @returns the copy, with all variables
 */
export function claimEnvironment(environment: Environment): Readonly<Environment> {
  const claimed = { ...environment }
  for (const [name, value = ''] of Object.entries(claimed)) {
    if (isSecretVariable(name, value)) delete environment[name]
  }
  return claimed
}
