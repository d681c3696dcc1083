import type { RecordedRun, RecordedStep } from './record.js'

/** GitHub's two colour schemes. */
export const THEMES = ['light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

/** Colours of Primer, GitHub's design system: https://primer.style/product/primitives/color/ */
const COLOURS: Readonly<Record<Theme, Readonly<Record<string, string>>>> = {
  light: {
    page: '#ffffff',
    panel: '#ffffff',
    raised: '#f6f8fa',
    border: '#d1d9e0',
    text: '#1f2328',
    muted: '#59636e',
    green: '#1a7f37',
    red: '#d1242f',
    yellow: '#9a6700',
    blue: '#0969da',
    code: '#818b981f',
  },
  dark: {
    page: '#0d1117',
    panel: '#010409',
    raised: '#151b23',
    border: '#3d444d',
    text: '#f0f6fc',
    muted: '#9198a1',
    green: '#3fb950',
    red: '#f85149',
    yellow: '#d29922',
    blue: '#4493f8',
    code: '#656c7633',
  },
}

const STYLE = `
* { box-sizing: border-box }
body { margin: 0; padding: 1px; background: var(--page); color: var(--text);
  font: 14px/21px 'Liberation Sans', Arial, sans-serif }
code, .log { font-family: 'Liberation Mono', 'DejaVu Sans Mono', monospace; font-size: 12px }
code { padding: 2px 5px; border-radius: 6px; background: var(--code) }
.panel { border: 1px solid var(--border); border-radius: 6px; background: var(--panel); overflow: hidden }
.head { padding: 12px 16px; border-bottom: 1px solid var(--border); background: var(--raised); font-weight: 600 }
.head small { display: block; font-size: 12px; line-height: 18px; font-weight: 400; color: var(--muted) }
.step { padding: 8px 16px 0 }
.step:last-child { padding-bottom: 10px }
.step > b { font-weight: 400 }
.mark { display: inline-block; width: 22px; font-weight: 700 }
.success { color: var(--green) }
.failure, .error { color: var(--red) }
.warning { color: var(--yellow) }
.notice { color: var(--blue) }
.log { padding: 4px 0 4px 22px; line-height: 19px }
.log div { padding-left: 36px; text-indent: -36px; white-space: pre-wrap; overflow-wrap: anywhere }
.log i { display: inline-block; width: 36px; padding-right: 14px; text-indent: 0; text-align: right;
  font-style: normal; color: var(--muted) }
.summary { padding: 12px 16px 16px; background: var(--page) }
h3 { margin: 0 0 12px; font-size: 18px; line-height: 24px }
table { border-collapse: collapse }
th, td { padding: 6px 13px; border: 1px solid var(--border) }
`

/** Escapes text for HTML. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}

/** The log of a run: each step with its lines. */
export function logPage({ job, steps }: RecordedRun, theme: Theme): string {
  const failed = steps.some(({ outcome }) => outcome === 'failure')
  const head = `<div class="head">${escapeHtml(job)}<small>${failed ? 'failed' : 'succeeded'}</small></div>`
  return page(`${head}${steps.map(stepHtml).join('')}`, theme)
}

function stepHtml({ name, outcome, lines }: RecordedStep): string {
  const mark = `<span class="mark ${outcome}">${outcome === 'success' ? '✓' : '✗'}</span>`
  return `<div class="step">${mark}<b>${escapeHtml(name)}</b><div class="log">${lines.map(lineHtml).join('')}</div></div>`
}

function lineHtml(line: string, index: number): string {
  const [, level = ''] = /^(Error|Warning|Notice): /.exec(line) ?? []
  return `<div><i>${index + 1}</i><span class="${level.toLowerCase()}">${escapeHtml(line)}</span></div>`
}

/** Job summary, below the heading that GitHub gives it. */
export function summaryPage({ job, summary }: RecordedRun, theme: Theme): string {
  const head = `<div class="head">${escapeHtml(job)} summary</div>`
  return page(`${head}<div class="summary">${summaryHtml(summary)}</div>`, theme)
}

/** Elements of job summaries that GitHub keeps, as far as the actions use them. */
const KEPT =
  /&#60;(\/?(?:h[1-6]|p|br|table|thead|tbody|tr|th|td|code|strong|em))(?: align=&#34;(left|right|center)&#34;)?&#62;/g

/**
 * Renders a job summary that is written in HTML. Everything but plain elements is shown as text, as GitHub's filter makes it harmless.
 *
 * @throws Error if a line is Markdown, which this function does not render
 */
export function summaryHtml(summary: string): string {
  const markdown = summary.split('\n').find((line) => line !== '' && !line.startsWith('<'))
  if (markdown !== undefined) throw new Error(`The job summary is not HTML: ${markdown}`)
  return escapeHtml(summary)
    .replace(KEPT, (_whole, tag: string, align?: string) =>
      align === undefined ? `<${tag}>` : `<${tag} align="${align}">`,
    )
    .replace(/&#38;(#\d{1,7};)/g, '&$1')
}

function page(content: string, theme: Theme): string {
  const colours = Object.entries(COLOURS[theme]).map(([name, value]) => `--${name}: ${value}`)
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Picture</title>
<style>:root { ${colours.join('; ')} }${STYLE}</style>
<div class="panel">${content}</div></html>
`
}
