// Divides the compiled modules of build/src into the parts of dist/: each module is in exactly one of them, so that what a
// process must have once (registered secrets, classes for `instanceof`) is there once.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'

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

/**
 * Writes the modules of each part, and a file with what the part exports. What a module imports from another part comes from
 * a module `from-<part>`, which `require`s the file of that part in dist/.
 */
export function writeParts(modules, parts, owners, folder) {
  /** Which names of a module other parts import; all names of a root. */
  const shared = new Map(
    Object.values(parts).flatMap((roots) => roots.map((root) => [root, modules.get(root).exports])),
  )
  /** Which names a part imports from another one. */
  const imported = new Map()
  const share = (target, names) => shared.set(target, names.concat(shared.get(target) ?? []))
  const exposeAll = (target) => share(target, modules.get(target).exports)
  const note = (part, target, names) => {
    share(target, names)
    const key = `${part}/from-${owners.get(target)}`
    imported.set(key, names.concat(imported.get(key) ?? []))
  }
  for (const [path, part] of owners) {
    write(join(folder, part, `${path}.js`), rewrite(path, modules.get(path).text, owners, note, exposeAll))
  }
  for (const [path, names] of imported) {
    const file = `./${path.split('/from-')[1]}.js`
    write(join(folder, `${path}.js`), `export const { ${list(names)} } = __non_webpack_require__('${file}')\n`)
  }
  for (const part of Object.keys(parts)) write(join(folder, `${part}.js`), entryOf(part, owners, shared))
}

const list = (names) => [...new Set(names)].sort().join(', ')

/** Directs imports of other parts to their files. */
function rewrite(path, text, owners, note, exposeAll) {
  const part = owners.get(path)
  const inside = []
  const rewritten = text
    .replace(STATIC, (line, keyword, names = '', specifier) => {
      const target = resolve(path, specifier)
      if (owners.get(target) === part) return line
      const members = /^\{([^}]*)\}$/.exec(names.trim())?.[1].split(',') ?? []
      if (keyword !== 'import' || members.length === 0)
        throw new Error(`${path}: only names can be imported from ${target}`)
      note(
        part,
        target,
        members.map((member) => member.trim().split(' as ')[0]).filter((name) => name !== ''),
      )
      const up = '../'.repeat(path.split('/').length - 1) || './'
      return `import ${names} from '${up}from-${owners.get(target)}.js'`
    })
    .replace(DYNAMIC, (_call, specifier) => {
      const target = resolve(path, specifier)
      const other = owners.get(target)
      if (other === undefined) throw new Error(`${path}: ${target} is imported on demand, but belongs to no part`)
      if (other !== part) exposeAll(target)
      if (other !== part) return `Promise.resolve().then(() => __non_webpack_require__('./${other}.js'))`
      inside.push(specifier)
      return `Promise.resolve(inside${inside.length})`
    })
  return inside.map((specifier, at) => `import * as inside${at + 1} from '${specifier}'\n`).join('') + rewritten
}

/** @throws Error where two modules of a part share a name: `require('./core.js').name` must be one thing */
function entryOf(part, owners, shared) {
  const taken = new Map()
  const lines = [...shared].filter(([path]) => owners.get(path) === part).sort(([a], [b]) => (a < b ? -1 : 1))
  return lines
    .map(([path, names]) => {
      for (const name of new Set(names)) {
        if (taken.has(name)) throw new Error(`dist/${part}.js: ${path} and ${taken.get(name)} both export ${name}`)
        taken.set(name, path)
      }
      return `export { ${list(names)} } from './${part}/${path}.js'\n`
    })
    .join('')
}

function write(file, text) {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}
