// Compiles the demo and runs it in this process, so that Ctrl-C reaches it and the session is ended before the process ends.
import { importSupport } from './compile-support.mjs'

await importSupport('demo/demo.js')
