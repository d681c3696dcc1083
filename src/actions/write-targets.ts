import { Failure } from '../failures.js'
import type { Session } from '../matrix/session.js'
import type { Writable, WriteResult } from '../stores/store.js'
import type { ActionPorts } from './connect.js'
import { setSessionOutputs } from './deliver.js'

interface Written {
  readonly name: string
  readonly result: WriteResult
}

/**
 * Writes the new token to every target, whatever becomes of the others. A write that was not answered may have been
 * carried out, so the new session ends only where every target said no.
 * @throws Failure `store-refused` or `store-partial` where not all took it
 */
export async function writeTargets(
  targets: readonly Writable[],
  session: Session,
  { runner }: ActionPorts,
  endNewSession: () => Promise<void>,
): Promise<void> {
  const written: Written[] = []
  for (const { target, write } of targets) {
    const result = await write(session.accessToken.reveal())
    runner.info(result.kind === 'taken' ? `Stored in ${target.text}.` : `Not stored in ${target.text}: ${result.why}`)
    written.push({ name: target.text, result })
  }
  const taken = written.filter(({ result }) => result.kind === 'taken').map(({ name }) => name)
  runner.setOutput('stored-in', taken.join('\n'))
  if (taken.length === written.length) return
  const list = describeFailures(written)
  if (written.every(({ result }) => result.kind === 'refused')) {
    await endNewSession()
    throw new Failure('store-refused', `No target took the new token:\n${list}`)
  }
  // Somebody has to be able to finish by hand what is half done.
  setSessionOutputs(runner, session)
  throw new Failure('store-partial', `Not every target took the new token:\n${list}`)
}

function describeFailures(written: readonly Written[]): string {
  return written
    .map(({ name, result }) => {
      if (result.kind === 'taken') return `- ${name}: took it`
      return `- ${name}: ${result.kind === 'unknown' ? 'may have taken it, ' : ''}${result.why}`
    })
    .join('\n')
}
