# A bot as a user of matrix-nio writes it: reads the session from its environment, waits for an invitation, joins, sends,
# and reads back what it sent. Prints what it saw as JSON.
import asyncio
import json
import os

from nio import AsyncClient, RoomMessageText


async def main() -> None:
    client = AsyncClient(os.environ["MATRIX_HOMESERVER"], os.environ["MATRIX_USER_ID"])
    client.restore_login(
        user_id=os.environ["MATRIX_USER_ID"],
        device_id=os.environ["MATRIX_DEVICE_ID"],
        access_token=os.environ["MATRIX_ACCESS_TOKEN"],
    )
    try:
        whoami = await client.whoami()
        first = await client.sync(timeout=0, full_state=True)
        room_id = next(iter(first.rooms.invite))
        await client.join(room_id)
        content = {"msgtype": "m.text", "body": "Hello from matrix-nio"}
        sent = await client.room_send(room_id, "m.room.message", content)
        seen = await read_back(client, room_id, sent.event_id, first.next_batch)
        print(json.dumps({"user_id": whoami.user_id, "device_id": whoami.device_id, "body": seen.body, "sender": seen.sender}))
    finally:
        await client.close()


async def read_back(client, room_id, event_id, since):
    """Syncs until the event comes."""
    while True:
        answer = await client.sync(timeout=10_000, since=since)
        since = answer.next_batch
        joined = answer.rooms.join.get(room_id)
        for event in joined.timeline.events if joined else []:
            if isinstance(event, RoomMessageText) and event.event_id == event_id:
                return event


asyncio.run(main())
