"""How a conversation is named: the visitor holds a random token, we hold its HMAC."""

from __future__ import annotations

import hashlib
import hmac
import re
from typing import Final

TOKEN_BYTES: Final = 32
CONVERSATION_ID: Final = re.compile(r"[0-9a-f]{32}")
TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{43}")


def conversation_id(token: str, key: bytes) -> str:
    """Return the conversation's id: 32 hex digits that do not betray the token."""
    return hmac.new(key, b"conversation:" + token.encode(), hashlib.sha256).hexdigest()[
        :32
    ]


def is_conversation_id(value: object) -> bool:
    """Return whether a value has the form of an id that we made.

    >>> is_conversation_id("0" * 32), is_conversation_id("default")
    (True, False)
    """
    return isinstance(value, str) and CONVERSATION_ID.fullmatch(value) is not None


def is_token(value: str) -> bool:
    """Return whether a value has the form of a visitor's token."""
    return TOKEN.fullmatch(value) is not None
