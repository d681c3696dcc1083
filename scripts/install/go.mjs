import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { cache, fail, installOnce, pins, run, works } from './cache.mjs'

/** A command built from the Go module proxy, as the go.mod and go.sum of the same name pin it. Returns the binary. */
export function installGo(name, packagePath) {
  if (!works('go', 'version'))
    fail(
      `${name} is built from source: it needs go 1.25 or newer on the PATH (a golang package, or https://go.dev/dl).`,
    )
  const module = join(pins, name)
  const wanted = ['go.mod', 'go.sum'].map((file) => readFileSync(join(module, file), 'utf8')).join('\n')
  const folder = installOnce(name, wanted, (target) =>
    run('go', ['build', '-mod=readonly', '-trimpath', '-o', join(target, name), packagePath], {
      cwd: module,
      env: {
        ...process.env,
        // Modules and build results in the cache, deletable, and nothing of this machine's own settings.
        GOMODCACHE: join(cache, 'go/modules'),
        GOCACHE: join(cache, 'go/build'),
        GOFLAGS: '-modcacherw -buildvcs=false',
        GOWORK: 'off',
      },
    }),
  )
  return join(folder, name)
}
