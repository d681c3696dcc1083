# A bot with end-to-end encryption as a user of matrix-nio writes it: the session stands in its environment, and its keys in
# MATRIX_STORE. Tasks, by MATRIX_TASK, each prints JSON:
#   start   uploads the keys of the device; prints their fingerprint
#   read    syncs until MATRIX_EXPECTED messages came; prints the text of each, null where it cannot be decrypted
import asyncio
import json
import os

from nio import AsyncClient, AsyncClientConfig, MegolmEvent, RoomMessageText


async def main() -> None:
    client = AsyncClient(
        os.environ["MATRIX_HOMESERVER"],
        os.environ["MATRIX_USER_ID"],
        store_path=os.environ["MATRIX_STORE"],
        config=AsyncClientConfig(encryption_enabled=True, store_sync_tokens=False),
    )
    client.restore_login(
        user_id=os.environ["MATRIX_USER_ID"],
        device_id=os.environ["MATRIX_DEVICE_ID"],
        access_token=os.environ["MATRIX_ACCESS_TOKEN"],
    )
    try:
        found = await (start(client) if os.environ["MATRIX_TASK"] == "start" else read(client))
        print(json.dumps(found))
    finally:
        await client.close()


async def start(client):
    await client.keys_upload()
    return {"device_key": client.olm.account.identity_keys["ed25519"]}


async def read(client):
    texts = []
    since = None
    while len(texts) < int(os.environ["MATRIX_EXPECTED"]):
        answer = await client.sync(timeout=10_000, since=since)
        since = answer.next_batch
        for room in answer.rooms.join.values():
            for event in room.timeline.events:
                if isinstance(event, RoomMessageText):
                    texts.append(event.body)
                elif isinstance(event, MegolmEvent):
                    texts.append(None)
    return {"texts": texts}


asyncio.run(main())
