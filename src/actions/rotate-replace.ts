import type { Opened, OpenSession } from '../credentials/credential.js'
import { deviceDisplayName } from '../device.js'
import { Failure } from '../failures.js'
import { describeUser, isSameUser } from '../matrix/identifiers.js'
import { cleanServerText } from '../matrix/server-text.js'
import { deviceBase, rotationDeviceId } from '../rotation.js'
import { readRunContext } from '../runner/run-context.js'
import { refusedEverywhere, reportWrites, writeEverywhere } from '../stores/write.js'
import { setSessionOutputs } from './deliver.js'
import { endOpened, type Opening, openSession, prepareOpening, proveByWhoami } from './opening.js'
import { retire } from './retire.js'
import type { Rotation } from './rotation.js'
import { SessionLog } from './session-state.js'

/**
 * Opens a session of its own, stores its token, then retires what is older. Each rotation has its own device, and only
 * what is older than that is ever retired.
 */
export async function replaceStored(rotation: Rotation): Promise<void> {
  const { ports, inputs, targets } = rotation
  const { runner } = ports
  const { base, opening } = prepare(rotation)
  const { opened, session } = await openProven(rotation, opening)
  opening.log.update({ phase: 'writing' })
  const written = await writeEverywhere(targets, [[inputs.secretName, session.accessToken.reveal()]], runner)
  if (refusedEverywhere(written)) await endAgain(opened, opening)
  // Somebody has to be able to finish by hand what is half done.
  else setSessionOutputs(runner, session)
  reportWrites(written, runner, 'untouched')
  runner.setOutput('rotated-at', new Date(ports.clock.now()).toISOString())
  const retired = await retire({ ...rotation, base, session, opening })
  runner.setOutput('retired', retired.join('\n'))
  summarize(rotation, session, retired)
}

function prepare({ ports, inputs, client }: Rotation): { base: string; opening: Opening } {
  const { runner, clock, random } = ports
  const { credential, user, allowHttp } = inputs
  const run = readRunContext(runner)
  const base = inputs.deviceId === '' ? deviceBase(client.baseUrl, run.repository, inputs.secretName) : inputs.deviceId
  const deviceId = rotationDeviceId(base, clock.now(), random.bytes)
  const hasDevice = credential.device !== 'existing'
  if (hasDevice) runner.info(`Device: ${deviceId}`)
  const log = new SessionLog(runner, {
    logout: 'always',
    homeserverUrl: client.baseUrl,
    deviceId: hasDevice ? deviceId : '',
    user: user === undefined ? '' : describeUser(user),
  })
  // A personal session is found again by its name.
  const displayName = credential.device === 'personal' ? deviceId : deviceDisplayName(inputs.deviceName, run)
  const device = { deviceId, displayName }
  const request = { credential, client, allowHttp, user, device, log, onReplaced: () => {} }
  return { base, opening: prepareOpening(ports, request) }
}

/** Opens the new session and proves it. Whatever fails here ends it again: it is stored nowhere yet. */
async function openProven(
  { inputs, current }: Rotation,
  opening: Opening,
): Promise<{ opened: Opened; session: OpenSession }> {
  const opened = await openSession(opening)
  try {
    const session = await proveByWhoami(opened, opening)
    for (const wanted of [opened.userId ?? session.userId, current?.userId ?? session.userId]) {
      if (wanted !== session.userId) throw anotherUser(session, cleanServerText(wanted))
    }
    if (inputs.user !== undefined && !isSameUser(inputs.user, session.userId))
      throw anotherUser(session, describeUser(inputs.user))
    return { opened, session }
  } catch (error) {
    await endAgain(opened, opening)
    throw error
  }
}

function anotherUser(session: OpenSession, wanted: string): Failure {
  const whose = cleanServerText(session.userId)
  return new Failure('wrong-user', `${session.homeserverUrl} logged in ${whose}, not ${wanted}. Nothing was stored.`)
}

/** Where this fails the post step tries again, because the state still says that the session is open. */
async function endAgain(opened: Opened, opening: Opening): Promise<void> {
  opening.log.update({ phase: 'open' })
  try {
    await endOpened(opened, opening)
    opening.log.update({ phase: 'over' })
  } catch {
    opening.runner.info('The new session could not be ended; the post step tries again.')
  }
}

function summarize({ ports, inputs }: Rotation, session: OpenSession, retired: readonly string[]): void {
  const { runner } = ports
  const kept = inputs.retire === 'next-rotation' ? ' The replaced token works until the next rotation.' : ''
  runner.info(
    `Rotated ${inputs.secretName} of ${cleanServerText(session.userId)}: now device ${cleanServerText(session.deviceId ?? '(none)')}.${kept} ` +
      (retired.length === 0 ? 'Nothing was retired.' : `Retired: ${retired.join(', ')}.`),
  )
}
