// @actions/http-client imports ProxyAgent for getAgentDispatcher() alone, which nothing here calls: requests go through
// node:http and, with a proxy, through `tunnel`. See docs/decisions/bundle.md.
export class ProxyAgent {
  constructor() {
    throw new Error('undici is left out of this bundle')
  }
}
