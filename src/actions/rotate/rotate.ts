import type { ActiveSession } from '../../credentials/kind.js'
import { credentialKinds } from '../../inputs/credential-kinds.js'
import { type RotateInputs, readRotateInputs } from '../../inputs/rotate.js'
import type { ActionPorts } from '../../session/connect.js'
import { initializeState } from '../../session/record.js'
import { storedIn } from '../../stores/write.js'
import { code, deliverSkipped, summaryOf } from '../deliver.js'
import { refreshStored } from './refresh.js'
import { replaceStored } from './replace.js'
import { prepareRotation, type Rotation, type RotationResult } from './rotation.js'

/**
 * Replaces a stored token. A token that may be the stored one is ended only after every target stored the new one:
 * `current-token` is the value of the secret when the run was queued, and may be outdated.
 * @throws Failure, ApiError, NetworkError
 */
export async function rotateAction(ports: ActionPorts): Promise<void> {
  const { runner } = ports
  initializeState(runner)
  const inputs = readRotateInputs(runner, await credentialKinds('rotate', runner))
  if ('skipped' in inputs) return deliverSkipped(runner, inputs.skipped)
  try {
    await rotateStored(ports, inputs)
  } catch (error) {
    const { withHints } = await import('../../explain.js')
    throw await withHints(error, inputs.hintsFor, ports.clock.now())
  }
  runner.setOutput('failure', '')
}

async function rotateStored(ports: ActionPorts, inputs: RotateInputs): Promise<void> {
  const rotation = await prepareRotation(ports, inputs)
  if (inputs.credential.singleUse) return summarize(rotation, await refreshStored(rotation))
  const replacement = await replaceStored(rotation)
  const { retire } = await import('./retire.js')
  const retired = await retire({ ...rotation, ...replacement })
  ports.runner.setOutput('retired', retired.join('\n'))
  report(rotation, replacement.session, retired)
  summarize(rotation, { ...replacement, retired })
}

function report({ ports, inputs }: Rotation, session: ActiveSession, retired: readonly string[]): void {
  const kept = inputs.retire === 'next-rotation' ? ' The replaced token is valid until the next rotation.' : ''
  ports.runner.info(
    `Rotated ${inputs.secretName} of ${session.userId}: now device ${session.deviceId ?? '(none)'}.${kept} ` +
      (retired.length === 0 ? 'Nothing was retired.' : `Retired: ${retired.join(', ')}.`),
  )
}

/** Writes the job summary: where the token is stored, which sessions were ended, and when the next rotation runs. */
function summarize({ ports, inputs }: Rotation, { session, written, retired = [] }: RotationResult): void {
  const { runner } = ports
  const { schedule } = runner.event()
  const list = (names: readonly string[]) => (names.length === 0 ? 'nothing' : names.map(code).join(', '))
  runner.summary(
    summaryOf(`Matrix rotation: ${code(inputs.secretName)}`, [
      ['User', code(`${session.userId}`)],
      ['Device', session.deviceId === undefined ? 'none' : code(`${session.deviceId}`)],
      ['Stored in', list(storedIn(written))],
      ['Retired', list(retired)],
      [
        'Next rotation',
        typeof schedule === 'string' ? `by the schedule ${code(schedule)}` : 'when the workflow runs again',
      ],
    ]),
  )
}
