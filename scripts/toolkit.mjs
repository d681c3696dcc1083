// Copies the toolkit for the bundle: its own code, without what nothing here calls. ncc keeps it all, and a login would load
// it: summaries, OpenID Connect, the platform, proxies, and most methods of the HTTP client. See docs/decisions/bundle.md.
import { cpSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const PACKAGES = ['@actions/core', '@actions/http-client']

/** @param folder a `node_modules` that lies nearer to the code to be bundled than the one of the project */
export function copyToolkit(folder) {
  rmSync(folder, { recursive: true, force: true })
  for (const name of PACKAGES) {
    cpSync(join(root, 'node_modules', name), join(folder, name), { recursive: true })
  }
  cpSync(join(root, 'stubs/core'), join(folder, '@actions/core/lib'), { recursive: true })
  cpSync(join(root, 'stubs/http-client'), join(folder, '@actions/http-client/lib'), { recursive: true })
  symlinkSync(join(root, 'stubs/tunnel'), join(folder, 'tunnel'), 'junction')
  for (const name of PACKAGES) {
    for (const file of readdirSync(join(folder, name, 'lib')).filter((each) => each.endsWith('.js'))) {
      change(join(folder, name, 'lib', file), simplify)
    }
  }
  change(join(folder, '@actions/core/lib/core.js'), (text) => withoutDeclarations(text, functionsInUse()))
  change(join(folder, '@actions/http-client/lib/index.js'), (text) => {
    const client = withoutMethods(text, 'HttpClient', ['constructor', 'requestRaw'])
    return withoutDeclarations(withoutMethods(client, 'HttpClientResponse', ['constructor']), [])
  })
}

function change(file, rewrite) {
  writeFileSync(file, rewrite(readFileSync(file, 'utf8')))
}

/** Without comments, and without a namespace object for each module of Node, which is filled at every start. */
function simplify(text) {
  return text
    .replace(/^ *(?:\/\*\*[\s\S]*?\*\/|\/\/.*)\n/gm, '')
    .replace(/^import \* as (\w+) from '(https?)';$/gm, "import $1 from '$2';")
}

/** The functions of `@actions/core` that src/ calls: in one file, as a test holds. */
function functionsInUse() {
  const text = readFileSync(join(root, 'src/runner/toolkit-runner.ts'), 'utf8')
  return [...text.matchAll(/\bcore\.(\w+)/g)].map(([, name]) => name)
}

/** Removes the methods of a class that these ones do not reach. @throws Error if the class has changed */
function withoutMethods(text, className, roots) {
  const found = new RegExp(`^(?:export )?class ${className} \\{\\n([\\s\\S]*?)^\\}\\n`, 'm').exec(text)
  const methods = namedBlocks(found?.[1] ?? '', /^ {4}(\w+)\([\s\S]*?^ {4}\}\n/gm)
  if (!roots.every((name) => methods.has(name))) throw new Error(`${className} has changed: see ${roots}`)
  const kept = reach(methods, roots, /this\.(\w+)\(/g)
  return text.replace(found[1], () => [...kept].map((name) => methods.get(name)).join(''))
}

/** A function, an enumeration as TypeScript compiles it, or a constant, at the top of a module. */
const DECLARATION =
  /^(?:export )?(?:function (\w+)\([\s\S]*?^\}\n|var (\w+);\n\(function [\s\S]*?^\}\)\(.*\n|(?:var|const) (\w+) = (?:.*;\n|[\s\S]*?^[\]}];\n))/gm

/** Removes the declarations of a module that neither these ones nor the rest of the module reach. */
function withoutDeclarations(text, roots) {
  const declarations = namedBlocks(text, DECLARATION)
  const rest = text.replace(DECLARATION, '')
  const used = [...declarations.keys()].filter((name) => new RegExp(`\\b${name}\\b`).test(rest))
  const kept = reach(declarations, [...roots, ...used], /\b(\w+)\b/g)
  return text.replace(DECLARATION, (block, ...names) => (names.slice(0, 3).some((name) => kept.has(name)) ? block : ''))
}

const namedBlocks = (text, pattern) =>
  new Map([...text.matchAll(pattern)].map(([block, ...names]) => [names.find((name) => name !== undefined), block]))

/** @returns the names of the blocks that the roots mention, directly or through others */
function reach(blocks, roots, mention) {
  const reached = new Set()
  const visit = (name) => {
    if (reached.has(name) || !blocks.has(name)) return
    reached.add(name)
    for (const [, other] of blocks.get(name).matchAll(mention)) visit(other)
  }
  roots.forEach(visit)
  return reached
}
