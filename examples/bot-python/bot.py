"""Says one thing in a room. Everything it needs stands in the environment; it never sees a password."""

import asyncio
import os

from nio import AsyncClient, RoomSendResponse


async def main() -> None:
    client = AsyncClient(os.environ["MATRIX_HOMESERVER"], os.environ["MATRIX_USER_ID"])
    client.restore_login(
        user_id=os.environ["MATRIX_USER_ID"],
        device_id=os.environ["MATRIX_DEVICE_ID"],
        access_token=os.environ["MATRIX_ACCESS_TOKEN"],
    )
    try:
        message = {"msgtype": "m.notice", "body": "The bot is here."}
        answer = await client.room_send(os.environ["MATRIX_ROOM"], "m.room.message", message)
        if not isinstance(answer, RoomSendResponse):
            raise SystemExit(f"not sent: {answer.status_code}")
        print(f"sent: {answer.event_id}")
    finally:
        await client.close()


asyncio.run(main())
