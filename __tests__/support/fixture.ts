import { type Homeserver, type HomeserverOptions, startHomeserver } from './homeserver.js'
import { createJob, type Job, type JobOptions } from './runner.js'

export const PASSWORD = 'correct horse battery staple'

export const USERS = [
  { localpart: 'bot', password: PASSWORD, email: 'bot@mail.example', phone: '441632960123' },
  { localpart: 'locked', password: PASSWORD, locked: true },
  { localpart: 'mallory', password: PASSWORD },
]

const resources: { stop(): Promise<void> }[] = []

/** Call after each test: stops what {@link setFixture} and {@link stopLater} were given. */
export async function clearFixtures(): Promise<void> {
  for (const resource of resources.splice(0)) await resource.stop()
}

export function stopLater<Resource extends { stop(): Promise<void> }>(resource: Resource): Resource {
  resources.push(resource)
  return resource
}

/** A homeserver with a few accounts, and a job whose every run is searched for the secrets of that server. */
export async function setFixture(
  server: HomeserverOptions = {},
  options: JobOptions = {},
): Promise<{ server: Homeserver; job: Job }> {
  const homeserver = stopLater(await startHomeserver({ users: USERS, ...server }))
  const job = await createJob({ secrets: () => homeserver.secrets(), ...options })
  stopLater({ stop: () => job.dispose() })
  return { server: homeserver, job }
}

/** The inputs of a plain login. */
export function botInputs(server: Homeserver): Record<string, string> {
  return { homeserver: server.url, user: 'bot', password: PASSWORD }
}
