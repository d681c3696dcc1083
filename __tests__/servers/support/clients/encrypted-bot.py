# A bot with end-to-end encryption as a user of matrix-nio writes it: reads the session from its environment and uploads
# the keys of its device. Prints their fingerprint as JSON.
import asyncio
import json
import os
import tempfile

from nio import AsyncClient, AsyncClientConfig


async def main() -> None:
    with tempfile.TemporaryDirectory() as store:
        config = AsyncClientConfig(encryption_enabled=True, store_sync_tokens=True)
        client = AsyncClient(os.environ["MATRIX_HOMESERVER"], os.environ["MATRIX_USER_ID"], store_path=store, config=config)
        client.restore_login(
            user_id=os.environ["MATRIX_USER_ID"],
            device_id=os.environ["MATRIX_DEVICE_ID"],
            access_token=os.environ["MATRIX_ACCESS_TOKEN"],
        )
        try:
            await client.keys_upload()
            print(json.dumps({"device_key": client.olm.account.identity_keys["ed25519"]}))
        finally:
            await client.close()


asyncio.run(main())
