// Drives a real Chromium, without a window: goes to an address, clicks what it is told to, and says where that led.
//   browse.mjs URL '{"click": ["Continue as bot"]}'
// Prints JSON: the address and the text of the last page, the addresses in the history of the tab, and every answer. With
// MATRIX_TEST_SCREENSHOTS, the name of a folder, it leaves a picture of the last page there.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const [, , url = '', options = '{}'] = process.argv
/** `alias`: a name that leads to this machine. `endsNowhere`: the last page cannot be reached, which is expected. */
const { click = [], alias, endsNowhere = false } = JSON.parse(options)
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
  await page.goto(url, { waitUntil: 'networkidle' }).catch((error) => {
    if (!endsNowhere) throw error
  })
  for (const name of click) {
    await page.getByRole('button', { name }).or(page.getByRole('link', { name })).first().click()
    await page.waitForLoadState('networkidle')
  }
  const { entries } = await session.send('Page.getNavigationHistory')
  if (screenshots !== undefined) await page.screenshot({ path: join(screenshots, `${Date.now()}.png`) })
  const text = endsNowhere ? '' : await page.evaluate('document.body.innerText')
  console.log(JSON.stringify({ url: page.url(), text, history: entries.map((entry) => entry.url), answers }))
} finally {
  await browser.close()
  rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
}

/** Every answer, also those that the page that asked may not see. */
async function watchAnswers(session) {
  const [asked, answers] = [new Map(), []]
  session.on('Network.requestWillBeSent', ({ requestId, request }) => asked.set(requestId, request))
  session.on('Network.webSocketCreated', ({ requestId, url: address }) =>
    asked.set(requestId, { url: address.replace(/^ws/, 'http'), method: 'GET' }),
  )
  session.on('Network.responseReceivedExtraInfo', ({ requestId, statusCode }) => {
    const { url: address = '', method = '' } = asked.get(requestId) ?? {}
    answers.push({ url: address, status: statusCode, method })
  })
  session.on('Network.webSocketHandshakeResponseReceived', ({ requestId, response }) =>
    answers.push({ url: asked.get(requestId)?.url ?? '', status: response.status, method: 'WebSocket' }),
  )
  await session.send('Network.enable')
  return answers
}
