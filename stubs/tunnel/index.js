// @actions/http-client imports it for proxies. Here every request has its connection, through a proxy or not, before the
// client sees it. See docs/decisions/bundle.md.
