"""Makes and keeps an installation's secrets, in files that only its owner may read."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from pathlib import Path
from typing import Final

from cryptography.fernet import Fernet, MultiFernet

from bot.core.errors import SettingsError
from bot.settings import Settings

_CONTENT_KEYS: Final = "content.keys"
_SECRET: Final = "secret.key"  # noqa: S105 - a file's name


def master_secret(settings: Settings) -> bytes:
    """Return the installation's secret: SECRET_KEY, else the one kept in DATA_DIR."""
    if settings.SECRET_KEY:
        return settings.SECRET_KEY.encode()
    path = settings.DATA_DIR / _SECRET
    if not path.is_file():
        _write_private(path, secrets.token_urlsafe(48).encode())
    return path.read_bytes().strip()


def make_keys(settings: Settings) -> None:
    """Make the keys that are missing, before several processes ask for them at once."""
    master_secret(settings)
    content_cipher(settings)


def derived_key(settings: Settings, purpose: str) -> bytes:
    """Return a key for one purpose; it tells nothing about the keys of others."""
    return hmac.new(master_secret(settings), purpose.encode(), hashlib.sha256).digest()


def internal_secret(settings: Settings) -> str:
    """Return the password between gateway, rasa and actions."""
    return derived_key(settings, "internal").hex()


def content_cipher(settings: Settings) -> MultiFernet:
    """Return the cipher of stored content: the first key writes, all keys read.

    Raises:
        SettingsError: the key file is damaged.
    """
    path = settings.DATA_DIR / _CONTENT_KEYS
    if not path.is_file():
        _write_private(path, Fernet.generate_key())
    keys = [line for line in path.read_bytes().split() if line]
    try:
        return MultiFernet([Fernet(key) for key in keys])
    except ValueError:
        raise SettingsError(
            [f"{path}: not a list of keys. Put back the file from your own safe copy."]
        ) from None


def add_content_key(settings: Settings) -> int:
    """Put a new key in front of the old ones and return how many there are now."""
    content_cipher(settings)
    path = settings.DATA_DIR / _CONTENT_KEYS
    keys = [Fernet.generate_key(), *path.read_bytes().split()]
    _write_private(path, b"\n".join(keys))
    return len(keys)


def retire_content_keys(settings: Settings) -> None:
    """Keep only the newest key; what older keys wrote must be written anew before."""
    path = settings.DATA_DIR / _CONTENT_KEYS
    _write_private(path, path.read_bytes().split()[0])


def _write_private(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    partial = path.with_name(f"{path.name}.{os.getpid()}.partial")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o400)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data + b"\n")
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)
