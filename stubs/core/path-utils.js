// Nothing here changes separators of paths. See docs/decisions/bundle.md.
export const toPosixPath = undefined
export const toWin32Path = undefined
export const toPlatformPath = undefined
