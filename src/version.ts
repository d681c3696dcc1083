/** Version in the `User-Agent`. A test compares it with package.json. */
export const VERSION = '1.0.0'

/** The complete `User-Agent`: name and version of the action, no data about the run or its owner. */
export const USER_AGENT = `matrix-access-token/${VERSION}`

/** The address of the project; OAuth clients are registered under it. */
export const PROJECT_URL = 'https://github.com/OWNER/matrix-access-token'

/** The page with one entry per code of `failure`; the anchor of an entry is its code. */
export const HELP_URL = `${PROJECT_URL}/blob/main/docs/failures.md`

/** The page to report bugs on. */
export const ISSUES_URL = `${PROJECT_URL}/issues`
