"""python -m bot keys rotate: writes all stored content anew with a new key."""

from __future__ import annotations

from bot.settings import load_settings
from bot.storage.engine import open_storage, upgrade
from bot.storage.keys import add_content_key, retire_content_keys
from bot.storage.rotation import reencrypt


def rotate() -> int:
    """Add a key, re-encrypt everything with it, retire the old ones.

    Processes that run keep the keys they started with: restart them afterwards.
    """
    settings = load_settings()
    upgrade(settings)
    add_content_key(settings)
    storage = open_storage(settings)
    count = reencrypt(storage)
    storage.forget_deleted()
    storage.close()
    retire_content_keys(settings)
    print(f"{count} rows written anew with a new key; the old key is gone.")
    return 0
