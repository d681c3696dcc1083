// npm run pictures: runs the login action against the embedded homeserver, and makes the pictures of its log and job summary in
// docs/images with a headless Chromium. No request leaves this machine.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { importSupport } from './compile-support.mjs'
import { fail } from './install/cache.mjs'
import { installChromium } from './install/chromium.mjs'

const FOLDER = 'docs/images'
/** CSS pixels. A README is 830 to 1,012 wide on GitHub. */
const WIDTH = 860
/** Pixels of the picture per CSS pixel, for sharp text on dense screens. */
const SCALE = 2
const MAX_BYTES = 60_000

const work = mkdtempSync(join(tmpdir(), 'pictures-'))
const chromium = installChromium()

function runChromium(file, ...options) {
  const common = [
    '--headless',
    '--disable-gpu',
    '--hide-scrollbars',
    '--no-first-run',
    '--disable-background-networking',
  ]
  const isolated = ['--host-resolver-rules=MAP * ~NOTFOUND', `--user-data-dir=${join(work, 'profile')}`]
  // Chromium refuses to sandbox for root. The page is ours, and has no script.
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const args = [...common, ...isolated, ...sandbox, ...options, pathToFileURL(file).href]
  const { status, stdout, stderr, error } = spawnSync(chromium, args, { encoding: 'utf8', timeout: 60_000 })
  if (status !== 0) fail(`Chromium failed: ${error?.message ?? stderr}`)
  return stdout
}

/** Height of the page in CSS pixels. A script in a copy of the page measures it. */
function heightOf(html) {
  const file = join(work, 'measured.html')
  const measure =
    '<script>document.title = `height ${Math.ceil(document.documentElement.getBoundingClientRect().height)}`</script>'
  writeFileSync(file, html.replace('</html>', `${measure}</html>`))
  const [, height] =
    /height (\d+)/.exec(runChromium(file, '--dump-dom', `--window-size=${WIDTH},100`).slice(0, 200)) ?? []
  if (height === undefined) fail('The height of the page cannot be measured.')
  return Number(height)
}

function draw(name, html, reducePng) {
  const file = join(work, `${name}.html`)
  const picture = join(FOLDER, `${name}.png`)
  writeFileSync(file, html)
  const size = `--window-size=${WIDTH},${heightOf(html)}`
  runChromium(file, `--screenshot=${join(work, `${name}.png`)}`, size, `--force-device-scale-factor=${SCALE}`)
  writeFileSync(picture, reducePng(readFileSync(join(work, `${name}.png`))))
  const bytes = statSync(picture).size
  console.log(`${picture}: ${bytes} bytes`)
  if (bytes > MAX_BYTES) fail(`${picture} is over ${MAX_BYTES} bytes.`)
}

try {
  const { picturePages, reducePng } = await importSupport('pictures/pages.js')
  mkdirSync(FOLDER, { recursive: true })
  for (const [name, html] of Object.entries(await picturePages())) draw(name, html, reducePng)
} finally {
  rmSync(work, { recursive: true, force: true })
}
