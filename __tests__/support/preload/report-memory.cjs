// Loaded into the action by NODE_OPTIONS: appends the most memory that the process held, in KiB, to MEMORY_REPORT.
const { appendFileSync } = require('node:fs')

process.on('exit', () => appendFileSync(process.env.MEMORY_REPORT, `${process.resourceUsage().maxRSS}\n`))
