// Nothing here asks the toolkit for an ID token. See docs/decisions/bundle.md.
export const OidcClient = undefined
