/**
 * What a session asks for: the Client-Server API, on one device. Stable names first (Matrix 1.15), then those of MSC2967;
 * servers refuse a mixture.
 * https://spec.matrix.org/latest/client-server-api/#scope
 */
export function apiScopes(deviceId: string): readonly [stable: string, unstable: string] {
  const scope = (prefix: string) => `${prefix}:api:* ${prefix}:device:${deviceId}`
  return [scope('urn:matrix:client'), scope('urn:matrix:org.matrix.msc2967.client')]
}
