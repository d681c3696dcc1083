/** Version sent in the `User-Agent`. A test ties it to package.json. */
export const VERSION = '1.0.0'

/** The whole `User-Agent`: the action's name and version, nothing about the run or its owner. */
export const USER_AGENT = `matrix-access-token/${VERSION}`

/** Where the project lives; OAuth clients are registered under this address. */
export const PROJECT_URL = 'https://github.com/OWNER/matrix-access-token'

/** Where each code of `failure` has an entry, whose name is the code. */
export const HELP_URL = `${PROJECT_URL}/blob/main/docs/failures.md`

/** Where a person reports a bug. */
export const ISSUES_URL = `${PROJECT_URL}/issues`
