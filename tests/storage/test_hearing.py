"""What people write by WhatsApp is kept clean, line by line, and not without end."""

from __future__ import annotations

import pytest

from bot.channels.whatsapp_limits import MAX_TEXT
from bot.core.whatsapp import Heard, Person, Webhook
from bot.services.hearing import take_in
from bot.storage import inbox
from bot.storage.engine import Storage
from tests.builders import NOON


def kept(storage: Storage, text: str | None) -> str | None:
    """Return what the inbox keeps of a text."""
    heard = Heard("wamid.1", Person(None, "15555550123"), NOON, "text", text)
    with storage.begin() as session:
        take_in(session, "whatsapp_cloud", Webhook((heard,)), b"k" * 32, NOON)
        (item,) = inbox.unanswered(session, "whatsapp_cloud")
    found: str | None = item.content["text"]
    return found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a\x00b\u202e\u200bc", "a bc"),
        (" Good  day\r\nmy A-number is\t1 ", "Good day\nmy A-number is 1"),
        ("\u200b", ""),
        (None, None),
    ],
    ids=["hidden marks", "lines", "nothing to see", "no text"],
)
def test_words_are_kept_without_controls_and_hidden_marks(
    storage: Storage, text: str | None, words: str | None
) -> None:
    assert kept(storage, text) == words


def test_a_text_without_end_is_kept_as_long_as_a_message_of_ours_may_be(
    storage: Storage,
) -> None:
    words = kept(storage, "word " * 12_000) or ""
    assert MAX_TEXT - 10 < len(words) <= MAX_TEXT
    assert words.endswith("word…")
