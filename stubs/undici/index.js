// @actions/core imports @actions/http-client, which imports ProxyAgent. Nothing here calls either: requests go through
// node:http. See docs/decisions/undici.md.
export class ProxyAgent {
  constructor() {
    throw new Error('undici is left out of this bundle')
  }
}
