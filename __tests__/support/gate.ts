import type { Fault, FaultSource } from './homeserver/faults.js'

/** Before the server carries a request out, or after that and before it answers. */
export const MOMENTS = ['before', 'after'] as const
export type Moment = (typeof MOMENTS)[number]

/** Which request is stopped, counted from 1 over all servers that share the gate. */
export interface Stop {
  readonly number: number
  readonly moment: Moment
}

/** What the gate sees from when it is armed. */
export interface Watch {
  /** `PUT /repos/…`, in the order in which they came. */
  readonly requests: readonly string[]
  /** Resolves when the request that is to be stopped stands still. */
  readonly reached: Promise<void>
  /**
   * Lets it go on. Until then it is not answered, and stopped `before` not carried out either. Where the process that
   * sent it is killed this is never called, so that the request never has an effect.
   */
  release(): void
}

/**
 * Counts the requests of a homeserver and of a forge in one sequence, and stops one of them. It sees nothing unless it is
 * armed; once it has stopped a request it sees nothing more, because what comes then is of other rotations.
 */
export class Gate implements FaultSource {
  #onRequest: ((name: string) => Fault | undefined) | undefined

  arm(stop?: Stop): Watch {
    const requests: string[] = []
    let release = () => {}
    let reached = () => {}
    const until = new Promise<void>((resolve) => {
      release = resolve
    })
    const standing = new Promise<void>((resolve) => {
      reached = resolve
    })
    this.#onRequest = (name) => {
      requests.push(name)
      if (stop === undefined || requests.length !== stop.number) return undefined
      this.disarm()
      return { kind: 'hold', until, reached, phase: stop.moment === 'before' ? 'before-effect' : 'after-effect' }
    }
    return { requests, reached: standing, release }
  }

  disarm(): void {
    this.#onRequest = undefined
  }

  take(method: string, path: string): Fault | undefined {
    return this.#onRequest?.(`${method} ${path}`)
  }
}
