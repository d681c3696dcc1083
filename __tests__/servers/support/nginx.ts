import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ServerCertificate } from './authority.js'
import { accepts, installed, makeDirectory, startRealProcess } from './real-process.js'

/** A virtual host of the reverse proxy. */
export interface Site {
  readonly name: string
  /** A loopback address. */
  readonly address: string
  readonly port: number
  /** Without one it speaks plain HTTP. */
  readonly certificate?: ServerCertificate
  /** Base URL of a server behind it. */
  readonly passTo?: string
  /** What `/.well-known/matrix/client` answers with. */
  readonly wellKnown?: string
}

/** nginx as a homeserver's reverse proxy, configured as Synapse's documentation does (docs/reverse_proxy.md). */
export interface ReverseProxy {
  /** Requests so far, as `name:port "POST /path HTTP/1.1" 200`. */
  requests(): readonly string[]
  stop(): Promise<void>
}

export async function startNginx(sites: readonly Site[]): Promise<ReverseProxy> {
  const directory = makeDirectory('nginx')
  const accessLog = join(directory, 'access.log')
  writeFileSync(join(directory, 'nginx.conf'), configuration(directory, accessLog, sites))
  const process = await startRealProcess({
    command: installed('MATRIX_TEST_NGINX'),
    args: ['-p', directory, '-c', join(directory, 'nginx.conf'), '-e', 'stderr'],
    directory,
    isUp: async () => {
      const up = await Promise.all(sites.map(({ address, port }) => accepts(address, port)))
      return !up.includes(false)
    },
  })
  return {
    requests: () => readFileSync(accessLog, 'utf8').split('\n').filter(Boolean),
    stop: () => process.stop(),
  }
}

function configuration(directory: string, accessLog: string, sites: readonly Site[]): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  return `
daemon off;
master_process off;
pid ${join(directory, 'nginx.pid')};
error_log stderr warn;
events {}
http {
  log_format plain '$host:$server_port "$request" $status';
  access_log ${accessLog} plain;
  ${temporary.map((name) => `${name}_temp_path ${join(directory, name)};`).join('\n  ')}
  ${sites.map(siteConfiguration).join('\n  ')}
}
`
}

function siteConfiguration({ name, address, port, certificate, passTo, wellKnown }: Site): string {
  const tls =
    certificate === undefined
      ? ''
      : `ssl_certificate ${certificate.certificateFile}; ssl_certificate_key ${certificate.keyFile};`
  const discovery =
    wellKnown === undefined
      ? ''
      : `location = /.well-known/matrix/client { default_type application/json; return 200 '${wellKnown}'; }`
  const pass =
    passTo === undefined
      ? ''
      : `location ~ ^(/_matrix|/_synapse/client) { proxy_pass ${passTo}; proxy_http_version 1.1;
           proxy_set_header X-Forwarded-For $remote_addr; proxy_set_header X-Forwarded-Proto $scheme;
           proxy_set_header Host $host:$server_port; client_max_body_size 50M; }`
  return `server {
    listen ${address}:${port}${certificate === undefined ? '' : ' ssl'};
    server_name ${name};
    ${tls}
    ${discovery}
    ${pass}
  }`
}
