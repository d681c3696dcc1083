// Stands in for a homeserver and for a forge, over http and https, and notes when requests arrive.
import { execFileSync } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer as createHttpServer } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { connect, createServer as createTcpServer } from 'node:net'

/** Makes a certificate for localhost. @returns paths of the key and of the certificate */
export function makeCertificate(folder) {
  const files = { key: `${folder}/key.pem`, cert: `${folder}/cert.pem` }
  const options = '-x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost'.split(' ')
  const more = ['-addext', 'subjectAltName=DNS:localhost', '-keyout', files.key, '-out', files.cert]
  execFileSync('openssl', ['req', ...options, ...more], { stdio: 'ignore' })
  return files
}

const { publicKey } = generateKeyPairSync('x25519')
const key = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('base64')
const WHOSE = { user_id: '@bot:localhost', device_id: 'BENCHMARK' }
/** The owner of the token of the last login. */
let owner = WHOSE
const TOKEN = `syt_Ym90_${'a'.repeat(20)}_0aBcDe`

/** What is answered, by the end of the path. */
function answer(path, body) {
  if (path.endsWith('/login')) {
    owner = { ...WHOSE, device_id: body.device_id }
    return { ...owner, access_token: TOKEN }
  }
  if (path.endsWith('/whoami')) return owner
  if (path.endsWith('/devices')) return { devices: [] }
  return path.endsWith('/public-key') ? { key_id: '1', key } : {}
}

const listen = (server) => new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))

/** Passes everything on, later by this many milliseconds. The connection itself is there at once, unlike a real one. */
function farAway(port, ms) {
  return createTcpServer((near) => {
    const far = connect(port, '127.0.0.1')
    for (const [from, to] of [
      [near, far],
      [far, near],
    ]) {
      from.setNoDelay(true)
      from.on('data', (chunk) => setTimeout(() => to.write(chunk), ms))
      from.on('end', () => setTimeout(() => to.end(), ms))
      from.on('error', () => to.destroy())
    }
  })
}

/**
 * Starts both servers. `arrivals` holds the time of each request, as `process.hrtime.bigint()`; `onArrival` says what is done
 * at each request from now on.
 * @param roundTripMs what the way to the server and back takes; 0 for a server on this machine
 */
export async function startStandIn(certificate, roundTripMs = 0) {
  const arrivals = []
  let arrived = () => {}
  const respond = (request, response) => {
    arrivals.push(process.hrtime.bigint())
    arrived()
    let text = ''
    request.setEncoding('utf8').on('data', (chunk) => {
      text += chunk
    })
    request.on('end', () => {
      response.statusCode = request.method === 'PUT' ? 201 : 200
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify(answer(request.url, text === '' ? {} : JSON.parse(text))))
    })
  }
  const options = { key: readFileSync(certificate.key), cert: readFileSync(certificate.cert) }
  const servers = { http: createHttpServer(respond), https: createHttpsServer(options, respond) }
  const urls = {}
  for (const [scheme, server] of Object.entries(servers)) {
    await listen(server)
    const door = roundTripMs === 0 ? server : farAway(server.address().port, roundTripMs / 2)
    if (door !== server) await listen(door)
    servers[`door to ${scheme}`] = door
    urls[scheme] = `${scheme}://localhost:${door.address().port}`
  }
  const close = () => {
    for (const server of Object.values(servers)) server.close()
  }
  const onArrival = (listener) => {
    arrived = listener
  }
  return { urls, arrivals, onArrival, close }
}
