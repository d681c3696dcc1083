import type { Stop } from '../gate.js'
import type { StepResult } from '../runner.js'
import type { Queued, SweepHarness } from './harness.js'

/** How a rotation came to its end. */
export interface Death {
  /** Whether it was killed; else it had ended before its time came. */
  readonly killed: boolean
  readonly result: StepResult
}

/** Runs a rotation and kills it at one moment. */
export interface Killer {
  /** The moment, as in the list of what failed. */
  readonly name: string
  kill(harness: SweepHarness, queued: Queued): Promise<Death>
}

/** With SIGKILL while one of its requests stands still at the gate; that request is never answered. */
export function atRequest(stop: Stop, name: string): Killer {
  return {
    name: `killed ${stop.moment} request ${stop.number}, ${name}`,
    kill: async (harness, queued) => {
      const { running, stopped } = await harness.startUntil(stop, queued)
      if (stopped) running.kill('SIGKILL')
      const result = await running.result
      return { killed: stopped && result.signal === 'SIGKILL', result }
    },
  }
}

/** By itself, at one of its writes: `append` – to a command file (state, outputs); `write` – to stdout (masks, the log). */
export function atWrite(kind: 'append' | 'write', count: number, moment: Stop['moment']): Killer {
  return {
    name: `killed ${moment} ${kind} ${count}`,
    kill: async (_stage, queued) => {
      const env = {
        NODE_OPTIONS: `--require ${process.cwd()}/__tests__/support/preload/kill-at-effect.cjs`,
        KILL_AT: `${kind}:${count}:${moment}`,
      }
      const result = await queued.start({ env }).result
      // The post step has the environment of its step, and is to live.
      env.KILL_AT = ''
      return { killed: result.signal === 'SIGKILL', result }
    },
  }
}
