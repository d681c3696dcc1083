/** As much of rooms as a step needs to show that its token works. */
export class Rooms {
  readonly #events = new Map<string, Readonly<Record<string, unknown>>>()
  readonly #members = new Map<string, Set<string>>()
  readonly #invited = new Map<string, Set<string>>()

  create(userId: string, serverName: string): string {
    const roomId = `!room${this.#members.size}:${serverName}`
    this.#members.set(roomId, new Set([userId]))
    this.#invited.set(roomId, new Set())
    return roomId
  }

  isMember(roomId: string, userId: string): boolean {
    return this.#members.get(roomId)?.has(userId) === true
  }

  /** As a member does, in a room that takes only who is invited. */
  invite(roomId: string, userId: string): void {
    this.#invited.get(roomId)?.add(userId)
  }

  /** @returns whether the user was invited */
  join(roomId: string, userId: string): boolean {
    if (this.#invited.get(roomId)?.has(userId) !== true) return false
    this.#members.get(roomId)?.add(userId)
    return true
  }

  leave(roomId: string, userId: string): void {
    this.#members.get(roomId)?.delete(userId)
  }

  send(roomId: string, sender: string, type: string, content: unknown): string {
    const eventId = `$event${this.#events.size}`
    this.#events.set(eventId, { event_id: eventId, room_id: roomId, sender, type, content })
    return eventId
  }

  event(eventId: string): Readonly<Record<string, unknown>> | undefined {
    return this.#events.get(eventId)
  }
}
