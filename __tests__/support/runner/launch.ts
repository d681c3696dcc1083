import { type ProcessOptions, type RunningProcess, startProcess } from './process.js'

/** Starts the launcher of an action (`dist/login.js`), and returns its run. */
export type Launch = (launcher: string, options: Omit<ProcessOptions, 'args'>) => RunningProcess

/** Variables that Node reads only when a process starts. */
const READ_AT_START = ['NODE_OPTIONS', 'NODE_EXTRA_CA_CERTS', 'NODE_DEBUG']

const spawned: Launch = (launcher, options) => {
  refuseStaleDist()
  return startProcess({ ...options, args: [launcher] })
}

let preferred: Launch = spawned

/** Replaces the process of each action that does not need one of its own. */
export function launchWith(launch: Launch): void {
  preferred = launch
}

/**
 * Starts an action: the built bundle in a process of its own, or what was set with {@link launchWith}.
 * @param ownProcess whether the test is about the process itself
 */
export function launchAction(
  launcher: string,
  options: Omit<ProcessOptions, 'args'>,
  ownProcess = false,
): RunningProcess {
  const needsProcess = ownProcess || READ_AT_START.some((name) => (options.env[name] ?? '') !== '')
  return (needsProcess ? spawned : preferred)(launcher, options)
}

/**
 * Set by `scripts/jest-setup.mjs`.
 * @throws Error if `dist/` is not what `src/` makes: the test would be of older code
 */
export function refuseStaleDist(): void {
  if (process.env['MATRIX_TEST_STALE_DIST'] === 'true')
    throw new Error('dist/ is not up to date with src/: npm run bundle (npm test does it on its own)')
}
