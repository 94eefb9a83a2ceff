"""Calls of Meta's Cloud API are proved to be Meta's, and ours have its form."""

from __future__ import annotations

import hmac
import json
from hashlib import sha256
from pathlib import Path
from typing import Final

import pytest

from bot.channels.whatsapp_cloud import (
    challenge,
    is_signed,
    message_payload,
    read_payload,
    template_payload,
)
from bot.core.whatsapp import Choice, Outgoing, Person

PAYLOADS: Final = Path(__file__).parents[1] / "payloads" / "whatsapp_cloud"
SECRET: Final = "app-secret"
ANA: Final = Person("US.10000000000000000001", "15550001111")


def signature(body: bytes, secret: str = SECRET) -> str:
    """Return the header that Meta sends with a body."""
    return "sha256=" + hmac.new(secret.encode(), body, sha256).hexdigest()


BODY: Final = (PAYLOADS / "text.json").read_bytes()
RE_ENCODED: Final = json.dumps(json.loads(BODY)).encode()


@pytest.mark.parametrize(
    ("body", "header", "secret", "is_right"),
    [
        (BODY, signature(BODY), SECRET, True),
        (b"", signature(b""), SECRET, True),
        (BODY, "", SECRET, False),
        (BODY, signature(BODY, "another"), SECRET, False),
        (BODY, signature(BODY, ""), "", False),
        (BODY, signature(BODY).replace("sha256", "sha1"), SECRET, False),
        (BODY, signature(BODY)[7:], SECRET, False),
        (BODY, signature(BODY)[:-1], SECRET, False),
        (BODY, signature(BODY) + "\n", SECRET, False),
        (BODY, signature(BODY) + ",sha256=0", SECRET, False),
        (BODY, "sha256=" + "é" * 64, SECRET, False),
        (BODY, "sha256=" + "\u0661" * 64, SECRET, False),
        (BODY, "sha256=\ud800", SECRET, False),
        (RE_ENCODED, signature(BODY), SECRET, False),
        (BODY[:-1], signature(BODY), SECRET, False),
    ],
    ids=[
        *("signed", "empty body", "no header", "other key", "no secret is set"),
        *("sha1", "digest only", "cut header", "line end", "two signatures"),
        *("accents", "foreign digits", "half a character", "re-encoded", "cut body"),
    ],
)
def test_only_the_very_bytes_that_meta_signed_are_signed(
    body: bytes, header: str, secret: str, is_right: bool
) -> None:
    assert is_signed(body, header, secret) is is_right


@pytest.mark.parametrize(
    ("changes", "token", "answer"),
    [
        ({}, "word", "1158201444"),
        ({"hub.verify_token": "wrong"}, "word", None),
        ({"hub.verify_token": "wörd\ud800"}, "word", None),
        ({"hub.verify_token": None}, "word", None),
        ({"hub.verify_token": ""}, "", None),
        ({"hub.mode": "unsubscribe"}, "word", None),
        ({"hub.mode": None}, "word", None),
        ({"hub.challenge": None}, "word", None),
    ],
    ids=[
        *("right", "wrong token", "odd token", "no token", "no token is set"),
        *("other mode", "no mode", "no challenge"),
    ],
)
def test_the_challenge_is_given_back_only_for_our_own_word(
    changes: dict[str, str | None], token: str, answer: str | None
) -> None:
    params = {"hub.mode": "subscribe", "hub.challenge": "1158201444"}
    asked = {**params, "hub.verify_token": "word", **changes}
    given_params = {name: value for name, value in asked.items() if value is not None}
    assert challenge(given_params, token) == answer


def test_a_text_is_posted_without_a_preview_of_its_links() -> None:
    assert message_payload(Outgoing("Hello"), ANA, "41") == {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": "15550001111",
        "biz_opaque_callback_data": "41",
        "type": "text",
        "text": {"body": "Hello", "preview_url": False},
    }


def test_a_person_without_a_number_is_written_to_by_id() -> None:
    sent = message_payload(Outgoing("Hello"), Person(ANA.user_id, None), "41")
    assert sent["recipient"] == ANA.user_id
    assert "to" not in sent


def test_up_to_three_choices_are_posted_as_buttons() -> None:
    choices = tuple(Choice(f"7.{n}", f"Button {n}", "More") for n in range(3))
    sent = message_payload(Outgoing("Which?", choices), ANA, "41")
    assert sent["type"] == "interactive"
    assert sent["interactive"] == {
        "type": "button",
        "body": {"text": "Which?"},
        "action": {
            "buttons": [
                {"type": "reply", "reply": {"id": f"7.{n}", "title": f"Button {n}"}}
                for n in range(3)
            ]
        },
    }


def test_four_choices_are_posted_as_a_list() -> None:
    choices = (
        *(Choice(f"7.{n}", f"Row {n}", "More") for n in range(3)),
        Choice("7.3", "Row 3"),
    )
    sent = message_payload(Outgoing("Which?", choices, "Options"), ANA, "41")
    rows = [
        {"id": f"7.{n}", "title": f"Row {n}", "description": "More"} for n in range(3)
    ]
    assert sent["interactive"] == {
        "type": "list",
        "body": {"text": "Which?"},
        "action": {
            "button": "Options",
            "sections": [{"rows": [*rows, {"id": "7.3", "title": "Row 3"}]}],
        },
    }


@pytest.mark.parametrize("typing", [True, False])
def test_a_message_is_marked_as_read_with_typing_only_if_wanted(typing: bool) -> None:
    shown = {"typing_indicator": {"type": "text"}} if typing else {}
    assert read_payload("wamid.1", typing) == {
        "messaging_product": "whatsapp",
        "status": "read",
        "message_id": "wamid.1",
        **shown,
    }


@pytest.mark.parametrize(
    ("person", "address"),
    [
        (ANA, {"to": "15550001111"}),
        (Person("US.1", None), {"recipient": "US.1"}),
    ],
    ids=["number", "id only"],
)
def test_an_approved_template_is_posted_by_name_and_language(
    person: Person, address: dict[str, str]
) -> None:
    assert template_payload("office_replied", "es_MX", person, "template") == {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        **address,
        "biz_opaque_callback_data": "template",
        "type": "template",
        "template": {"name": "office_replied", "language": {"code": "es_MX"}},
    }
