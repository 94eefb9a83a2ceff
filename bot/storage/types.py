"""Column types of our own: encrypted JSON and moments in UTC."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from typing import Any

from cryptography.fernet import InvalidToken, MultiFernet
from sqlalchemy import DateTime, LargeBinary
from sqlalchemy.types import TypeDecorator

from bot.core.errors import StorageError


class Encryptor:
    """Holds the cipher that the columns use; set once when the process starts."""

    def __init__(self) -> None:
        self.cipher: MultiFernet | None = None


encryptor = Encryptor()


class EncryptedJson(TypeDecorator[Any]):
    """JSON that stands in the database as cipher text only."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Any) -> bytes | None:  # noqa: ARG002
        """Encrypt on the way in."""
        if value is None:
            return None
        if encryptor.cipher is None:
            raise StorageError("the storage was used before it was opened")
        return encryptor.cipher.encrypt(json.dumps(value, ensure_ascii=False).encode())

    def process_result_value(self, value: bytes | None, dialect: Any) -> Any:  # noqa: ARG002
        """Decrypt on the way out."""
        if value is None:
            return None
        if encryptor.cipher is None:
            raise StorageError("the storage was used before it was opened")
        try:
            return json.loads(encryptor.cipher.decrypt(value))
        except (InvalidToken, ValueError):
            raise StorageError(
                "a stored row cannot be read with the present keys"
            ) from None


class UtcDateTime(TypeDecorator[datetime]):
    """A moment with its zone, stored as UTC; a moment without one is refused."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(
        self,
        value: datetime | None,
        dialect: Any,  # noqa: ARG002 - SQLAlchemy's signature
    ) -> datetime | None:
        """Store UTC without a zone, which every database keeps the same way."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise StorageError("a moment without a time zone")
        return value.astimezone(timezone.utc).replace(tzinfo=None)

    def process_result_value(
        self,
        value: datetime | None,
        dialect: Any,  # noqa: ARG002 - SQLAlchemy's signature
    ) -> datetime | None:
        """Return the moment as UTC."""
        return value.replace(tzinfo=timezone.utc) if value is not None else None
