// @actions/http-client reads the proxy variables itself, and differently from curl. Here src/http/proxy.ts reads them, and
// no method that would call this is in the bundle. See docs/decisions/bundle.md.
export function getProxyUrl() {
  throw new Error('proxies are read elsewhere')
}
