// Divides the compiled modules of build/src into the parts of dist/: each module is in exactly one of them, so that what a
// process must have once (registered secrets, classes for `instanceof`) is there once.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, posix, relative } from 'node:path'

const STATIC = /^(import|export)\s+(?:([^'";]*?)\s*from\s+)?'(\.[^']+)';?$/gm
const DYNAMIC = /\bimport\('(\.[^']+)'\)/g
const EXPORTED = /^export (?:async )?(?:function\*?|const|let|class) (\w+)/gm

/** Reads every module: path without `.js`, text, and the modules that it imports, at once and on demand. */
export function readModules(folder) {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js'))
  const modules = files.sort().map((file) => {
    const path = file.replaceAll('\\', '/').replace(/\.js$/, '')
    const text = readFileSync(join(folder, file), 'utf8')
    const imports = [...text.matchAll(STATIC)].map(([, , , specifier]) => resolve(path, specifier))
    return [path, { text, imports, exports: [...text.matchAll(EXPORTED)].map(([, name]) => name) }]
  })
  return new Map(modules)
}

function resolve(from, specifier) {
  return posix.normalize(posix.join(posix.dirname(from), specifier)).replace(/\.js$/, '')
}

/**
 * Assigns modules to parts: to the first one whose roots reach it. A part loads those that it imports from when it starts,
 * and any other one on demand.
 * @param parts file name without `.js`, and the modules that it is there for, in order
 * @returns the part of each module that is reached
 */
export function assignModules(modules, parts) {
  const owners = new Map()
  for (const [part, roots] of Object.entries(parts)) {
    const reach = (path) => {
      const module = modules.get(path)
      if (module === undefined) throw new Error(`${part}: there is no module ${path}`)
      if (owners.has(path)) return
      owners.set(path, part)
      module.imports.forEach(reach)
    }
    roots.forEach(reach)
  }
  return owners
}

/** Writes the modules of each part, which import other parts as `part/<name>`, and a file that exports what others need. */
export function writeParts(modules, parts, owners, folder) {
  /** Which names other parts import, by module. */
  const shared = new Map()
  for (const [part, roots] of Object.entries(parts)) for (const root of roots) share(shared, root, modules.get(root).exports, part)
  const texts = [...owners].map(([path, part]) => [path, part, rewrite(path, modules.get(path).text, owners, shared)])
  for (const [path, part, text] of texts) write(join(folder, part, `${path}.js`), text)
  for (const part of Object.keys(parts)) write(join(folder, `${part}.js`), entryOf(part, owners, shared))
}

function share(shared, path, names) {
  shared.set(path, new Set([...(shared.get(path) ?? []), ...names]))
}

function rewrite(path, text, owners, shared) {
  const part = owners.get(path)
  const inside = []
  const rewritten = text
    .replace(STATIC, (line, keyword, names = '', specifier) => {
      const target = resolve(path, specifier)
      if (owners.get(target) === part) return line
      const list = /^\{([^}]*)\}$/.exec(names.trim())?.[1]
      if (keyword !== 'import' || list === undefined) throw new Error(`${path}: only names can be imported from ${target}`)
      share(shared, target, list.split(',').map((name) => name.trim().split(' as ')[0]).filter((name) => name !== ''))
      return `import ${names} from 'part/${owners.get(target)}'`
    })
    .replace(DYNAMIC, (_call, specifier) => {
      const target = resolve(path, specifier)
      if (owners.get(target) !== part) return `Promise.resolve().then(() => require('part/${owners.get(target)}'))`
      inside.push(specifier)
      return `Promise.resolve(inside${inside.length})`
    })
  return inside.map((specifier, at) => `import * as inside${at + 1} from '${specifier}'\n`).join('') + rewritten
}

/** Names must differ within a part, so that a reader finds what `core.name` is. */
function entryOf(part, owners, shared) {
  const taken = new Map()
  const lines = [...shared].filter(([path]) => owners.get(path) === part).sort(([a], [b]) => (a < b ? -1 : 1))
  return lines
    .map(([path, names]) => {
      for (const name of names) {
        if (taken.has(name)) throw new Error(`dist/${part}.js: ${path} and ${taken.get(name)} both export ${name}`)
        taken.set(name, path)
      }
      return `export { ${[...names].sort().join(', ')} } from './${part}/${path}.js'\n`
    })
    .join('')
}

function write(file, text) {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}

/** For a report: how many bytes of modules each part has. */
export function sizesOf(modules, owners) {
  const sizes = {}
  for (const [path, part] of owners) sizes[part] = (sizes[part] ?? 0) + modules.get(path).text.length
  return sizes
}
