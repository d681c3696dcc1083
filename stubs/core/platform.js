// Nothing here asks for the platform. See docs/decisions/bundle.md.
