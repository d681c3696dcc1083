/** As much of rooms as a step needs to show that its token works. */
export class Rooms {
  readonly #events = new Map<string, Readonly<Record<string, unknown>>>()
  readonly #members = new Map<string, Set<string>>()

  create(userId: string, serverName: string): string {
    const roomId = `!room${this.#members.size}:${serverName}`
    this.#members.set(roomId, new Set([userId]))
    return roomId
  }

  isMember(roomId: string, userId: string): boolean {
    return this.#members.get(roomId)?.has(userId) === true
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
