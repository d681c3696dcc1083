// Drives a real Chromium, without a window: goes to an address, clicks what it is told to, and says where that led.
//   browse.mjs URL '{"click": ["Continue as bot"], "until": {"text": "You can close"}}'
// Prints JSON: the address of the last page, its text, the addresses in the history of the tab, and every answer. With
// MATRIX_TEST_SCREENSHOTS, the name of a folder, it leaves a picture of the last page there.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const PATIENCE_MS = 30_000
const [, , url = '', options = '{}'] = process.argv
/** `alias`: a name that leads to this machine. `until`: what has to be there in the end. */
const { click = [], alias, until = {} } = JSON.parse(options)
const screenshots = process.env.MATRIX_TEST_SCREENSHOTS

const playwright = join(process.env.MATRIX_TEST_PLAYWRIGHT ?? '', 'playwright-core/index.mjs')
const { chromium } = await import(pathToFileURL(playwright).href)

const profile = mkdtempSync(join(tmpdir(), 'chromium-'))
const browser = await chromium.launchPersistentContext(profile, {
  executablePath: process.env.MATRIX_TEST_CHROMIUM,
  headless: true,
  chromiumSandbox: false,
  args: [
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    // Nothing leaves this machine.
    `--host-resolver-rules=${alias === undefined ? '' : `MAP ${alias} 127.0.0.1, `}MAP * ~NOTFOUND, EXCLUDE 127.0.0.1`,
  ],
})
try {
  const page = browser.pages()[0] ?? (await browser.newPage())
  const session = await browser.newCDPSession(page)
  const answers = await watchAnswers(session)
  // A page that cannot be reached is an end like any other: `until` says what is expected.
  await page.goto(url).catch(() => {})
  for (const name of click) {
    await page.getByRole('button', { name }).or(page.getByRole('link', { name })).first().click()
  }
  const end = await settled(page, session, answers)
  if (screenshots !== undefined) await page.screenshot({ path: join(screenshots, `${Date.now()}.png`) })
  console.log(JSON.stringify(end))
} finally {
  await browser.close()
  rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
}

/** Looks until everything is there: nothing tells from outside when a browser has done all that it will do. */
async function settled(page, session, answers) {
  const deadline = Date.now() + PATIENCE_MS
  for (;;) {
    const end = { ...(await look(page, session)), answers: answers() }
    if (isThere(end)) return end
    if (Date.now() > deadline)
      throw new Error(`it never came to ${JSON.stringify(until)}, but to ${JSON.stringify(end)}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

/** Between two pages there is nothing to see. */
async function look(page, session) {
  try {
    const { entries } = await session.send('Page.getNavigationHistory')
    const text = String(await page.evaluate('document.body?.innerText'))
    return { url: page.url(), text, history: entries.map((entry) => entry.url) }
  } catch {
    return { url: '', text: '', history: [] }
  }
}

function isThere({ text, history, answers }) {
  if (until.text !== undefined && !text.includes(until.text)) return false
  if (until.address !== undefined && history.at(-1)?.startsWith(until.address) !== true) return false
  return answers.filter(({ url: asked }) => asked.startsWith(until.origin ?? '')).length >= (until.answers ?? 0)
}

/** Every answer, also those that the page that asked may not see, and each step of a redirect. */
async function watchAnswers(session) {
  const [asked, answered] = [new Map(), new Map()]
  const add = (map, id, item) => map.set(id, [...(map.get(id) ?? []), item])
  session.on('Network.requestWillBeSent', ({ requestId, request }) => add(asked, requestId, request))
  session.on('Network.responseReceivedExtraInfo', ({ requestId, statusCode }) => add(answered, requestId, statusCode))
  await session.send('Network.enable')
  return () =>
    [...answered].flatMap(([id, statuses]) =>
      statuses.flatMap((status, step) => {
        const request = asked.get(id)?.[step]
        return request === undefined ? [] : [{ url: request.url, method: request.method, status }]
      }),
    )
}
