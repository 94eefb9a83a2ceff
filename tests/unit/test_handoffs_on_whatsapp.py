"""On WhatsApp a person writes while the window is open, in messages that fit."""

from __future__ import annotations

import pytest

from bot.channels.whatsapp_text import size
from bot.core.errors import NotAllowed
from bot.core.messages import Channel
from bot.services import handoffs
from bot.services.handoff_messages import split_text
from bot.storage import contacts
from tests.builders import NOON
from tests.unit import handoff_office
from tests.unit.handoff_office import (
    CHAT,
    DAY,
    MINUTE,
    Office,
    on_whatsapp,
)

# Fixtures are found by name in the module of a test.
empty = handoff_office.empty
office = handoff_office.office


def test_on_whatsapp_the_notice_comes_while_it_can_be_delivered(
    empty: Office,
) -> None:
    office = on_whatsapp(empty)
    office.join()
    office.hear(NOON)
    office.sent()
    assert office.give_back_silent(NOON + DAY - 30 * MINUTE, DAY) == [CHAT]
    assert "nobody of the office" in office.sent()[0]["body"]


def test_whatsapp_gets_every_message_and_the_button_once(empty: Office) -> None:
    office = on_whatsapp(empty)
    office.join()
    office.say("May I call you?")
    joined, said = office.sent()
    assert [choice["id"] for choice in joined["choices"]] == ["1.0"]
    assert size(joined["choices"][0]["title"]) <= 20
    assert said["body"] == "Ana Ruiz, of the office:\nMay I call you?"
    assert (said["choices"], said["always"]) == ([], False)


@pytest.mark.parametrize(
    ("channel", "most", "count"),
    [("whatsapp_cloud", 4096, 1), ("whatsapp_twilio", 1600, 2)],
)
def test_a_long_reply_fits_its_channel(
    empty: Office, channel: Channel, most: int, count: int
) -> None:
    office = on_whatsapp(empty, channel)
    office.join()
    office.sent()
    paragraph = "word " * 180
    office.say(f"{paragraph}\n\n{paragraph}")
    parts = [content["body"] for content in office.sent()]
    assert len(parts) == count
    assert all(size(part) <= most for part in parts)


def test_a_closed_window_refuses_and_keeps_nothing(empty: Office) -> None:
    office = on_whatsapp(empty)
    office.join()
    office.sent()
    late = NOON + DAY + MINUTE
    with pytest.raises(NotAllowed):
        office.say("Hello", now=late)
    assert (len(office.said()), office.sent()) == (1, [])
    with office.storage.read() as session:
        assert handoffs.whatsapp_window(session, CHAT, late) == NOON + DAY
        hindrance = handoffs.whatsapp_hindrance(session, CHAT, late)
    assert hindrance == "window_closed"


def test_nobody_joins_where_nothing_can_be_written(empty: Office) -> None:
    office = on_whatsapp(empty)
    with pytest.raises(NotAllowed):
        office.join(now=NOON + DAY + MINUTE)
    with office.storage.begin() as session:
        contacts.set_opted_out(session, "key", NOON)
    with pytest.raises(NotAllowed):
        office.join()
    assert (office.owner(), office.said()) == ("bot", [])


def test_the_web_has_no_window(office: Office) -> None:
    with office.storage.read() as session:
        assert handoffs.whatsapp_window(session, CHAT, NOON) is None
        assert handoffs.whatsapp_hindrance(session, CHAT, NOON) == ""


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("short", ["short"]),
        ("one two three four five six", ["one two three", "four five six"]),
        ("aaaaaaaa\n\nbbbb bbbb", ["aaaaaaaa", "bbbb bbbb"]),
        ("x" * 30, ["x" * 14, "x" * 14, "xx"]),
        ("🙂" * 10, ["🙂" * 7, "🙂" * 3]),
        ("", []),
    ],
)
def test_a_text_is_divided_at_the_best_place(text: str, parts: list[str]) -> None:
    assert split_text(text, 14) == parts
