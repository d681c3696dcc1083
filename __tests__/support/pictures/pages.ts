import { logPage, summaryPage, THEMES } from './page.js'
import { recordRun } from './record.js'

export { reducePng } from './palette-png.js'

/** Runs the action once. @returns the page of each picture, by the name of its file without extension */
export async function picturePages(): Promise<Readonly<Record<string, string>>> {
  const run = await recordRun()
  const pages = THEMES.flatMap((theme) => [
    [`log-${theme}`, logPage(run, theme)],
    [`summary-${theme}`, summaryPage(run, theme)],
  ])
  return Object.fromEntries(pages)
}
