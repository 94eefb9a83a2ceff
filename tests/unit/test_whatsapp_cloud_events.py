"""Every event in a call of Meta's Cloud API is heard; nothing breaks the reading."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, Final

import pytest

from bot.channels.whatsapp_cloud import parse
from bot.core.whatsapp import Heard, Person, Status, Webhook

PAYLOADS: Final = Path(__file__).parents[1] / "payloads" / "whatsapp_cloud"
OURS: Final = "100000000000001"
ANA: Final = Person("US.10000000000000000001", "15550001111")
LUIS: Final = Person("US.20000000000000000002", "15550002222")
MOVED: Final = Person("MX.40000000000000000004", None)
MOVED_WITH_NUMBER: Final = Person("MX.40000000000000000004", "15550004444")
AT: Final = datetime(2026, 11, 21, 12, 0, tzinfo=timezone.utc)
OUR_MESSAGE: Final = "wamid.OURS0001=="
THEIR_MESSAGE: Final = "wamid.THEIRS01=="


def payload(name: str) -> bytes:
    """Return a call of Meta as it was sent."""
    return (PAYLOADS / f"{name}.json").read_bytes()


def told(name: str) -> Webhook:
    """Return what a call of Meta tells about our number."""
    return parse(payload(name), OURS)


# One person, one event: what is known of it besides who and when.
EVENTS: Final[dict[str, dict[str, Any]]] = {
    "text": {"kind": "text", "text": "¿Qué es una fianza? 🙏"},
    "text_quoting": {
        "kind": "text",
        "text": "And for my brother?",
        "quoted": OUR_MESSAGE,
    },
    "text_forwarded": {"kind": "text", "text": "Is this true?"},
    "text_from_advert": {"kind": "text", "text": "Hello"},
    "button_of_template": {
        "kind": "choice",
        "choice": "yes-continue",
        "quoted": OUR_MESSAGE,
    },
    "button_reply": {"kind": "choice", "choice": "7.1", "quoted": OUR_MESSAGE},
    "list_reply": {"kind": "choice", "choice": "7.4", "quoted": OUR_MESSAGE},
    "form_reply": {"kind": "other", "quoted": OUR_MESSAGE},
    "interactive_lost": {"kind": "unsupported", "quoted": OUR_MESSAGE},
    "image": {"kind": "media"},
    "audio": {"kind": "media"},
    "video": {"kind": "media"},
    "document": {"kind": "media"},
    "sticker": {"kind": "media"},
    "location": {"kind": "other"},
    "contacts": {"kind": "other"},
    "order": {"kind": "other"},
    "reaction": {"kind": "reaction", "quoted": OUR_MESSAGE},
    "reaction_removed": {"kind": "reaction", "quoted": OUR_MESSAGE},
    "edit": {"kind": "edit", "quoted": THEIR_MESSAGE},
    "revoke": {"kind": "revoke", "quoted": THEIR_MESSAGE},
    "unsupported": {"kind": "unsupported"},
}


@pytest.mark.parametrize("name", EVENTS)
def test_each_kind_of_event_is_heard_without_its_other_contents(name: str) -> None:
    webhook = told(name)
    (heard,) = webhook.heard
    assert heard == Heard(heard.provider_id, ANA, AT, **EVENTS[name])
    assert heard.provider_id.startswith("wamid.TEST")
    assert (webhook.statuses, webhook.unknown) == ((), 0)


@pytest.mark.parametrize(
    ("name", "person"),
    [
        ("without_phone", Person(ANA.user_id, None)),
        ("phone_only", Person(None, ANA.phone)),
        ("person_in_contacts_only", Person(ANA.user_id, None)),
    ],
)
def test_a_person_is_known_by_what_meta_tells(name: str, person: Person) -> None:
    assert [heard.person for heard in told(name).heard] == [person]


@pytest.mark.parametrize(
    ("name", "texts"),
    [
        ("two_people", [(LUIS, "I am Luis"), (ANA, "I am Ana")]),
        ("two_entries", [(ANA, "One"), (LUIS, "Two")]),
        ("two_changes", [(ANA, "One"), (ANA, "Two")]),
        ("album", [(ANA, None)] * 3),
    ],
)
def test_every_message_of_a_batch_is_heard_with_its_own_person(
    name: str, texts: list[tuple[Person, str | None]]
) -> None:
    heard = told(name).heard
    assert [(one.person, one.text) for one in heard] == texts
    assert len({one.provider_id for one in heard}) == len(texts)


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        (
            "number_changed",
            Person(None, ANA.phone),
            Person(None, MOVED_WITH_NUMBER.phone),
        ),
        ("id_changed", Person(ANA.user_id, None), MOVED),
        ("id_changed_with_number", Person(None, ANA.phone), MOVED_WITH_NUMBER),
        ("identity_changed", Person(None, ANA.phone), None),
    ],
)
def test_a_change_of_number_or_id_names_who_it_was_and_who_it_is(
    name: str, before: Person, after: Person | None
) -> None:
    (heard,) = told(name).heard
    assert (heard.kind, heard.person, heard.new_person) == ("system", before, after)


@pytest.mark.parametrize(
    "name", ["unknown_kind", "in_a_group", "id_changed_in_words_only", "status_unknown"]
)
def test_what_we_do_not_know_or_may_not_answer_is_only_counted(name: str) -> None:
    assert told(name) == Webhook(unknown=1)


@pytest.mark.parametrize("name", ["other_number", "other_field"])
def test_what_is_not_about_our_number_is_not_heard(name: str) -> None:
    assert told(name) == Webhook()


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("status_sent", Status(OUR_MESSAGE, "sent", AT, callback="41")),
        ("status_delivered", Status(OUR_MESSAGE, "delivered", AT, callback="41")),
        ("status_read", Status(OUR_MESSAGE, "read", AT, callback="41")),
        ("status_failed", Status(OUR_MESSAGE, "failed", AT, 131047, "41")),
        ("status_without_phone", Status(OUR_MESSAGE, "delivered", AT)),
    ],
)
def test_a_status_is_told_with_its_error_and_our_name_for_it(
    name: str, status: Status
) -> None:
    assert told(name) == Webhook(statuses=(status,))


def test_every_status_of_a_batch_is_told_in_the_order_it_came() -> None:
    states = [
        (status.provider_id, status.state) for status in told("status_batch").statuses
    ]
    assert states == [
        (OUR_MESSAGE, "read"),
        (OUR_MESSAGE, "sent"),
        ("wamid.OURS0002==", "delivered"),
    ]


def test_a_message_and_a_status_in_one_call_are_both_told() -> None:
    webhook = told("message_and_status")
    assert [heard.text for heard in webhook.heard] == ["Thanks"]
    assert [status.state for status in webhook.statuses] == ["read"]


def test_every_payload_file_is_read_by_a_test() -> None:
    source = Path(__file__).read_text(encoding="utf-8")
    unread = [
        path.stem for path in PAYLOADS.glob("*.json") if f'"{path.stem}"' not in source
    ]
    assert unread == []


def spoilt(**changes: Any) -> bytes:
    """Return a call with one good message after one with fields changed."""
    data = json.loads(payload("text"))
    messages = data["entry"][0]["changes"][0]["value"]["messages"]
    messages.insert(0, {**messages[0], **changes})
    return json.dumps(data).encode()


@pytest.mark.parametrize(
    "changes",
    [
        {"id": None},
        {"id": ""},
        {"id": "wamid.\ud800"},
        {"timestamp": "soon"},
        {"timestamp": "-5"},
        {"timestamp": "999999999999"},
        {"timestamp": {}},
        {"type": None},
        {"type": ["text"]},
        {"text": None},
        {"text": {"body": 5}},
        {"from": "+1 555", "from_user_id": "nobody"},
    ],
    ids=str,
)
def test_one_broken_message_is_counted_and_the_next_still_heard(
    changes: dict[str, Any],
) -> None:
    body = spoilt(**changes)
    # Without ids of its own a message belongs to the only contact of the call.
    expected = 2 if "from" in changes else 1
    webhook = parse(body, OURS)
    assert (len(webhook.heard), webhook.unknown) == (expected, 2 - expected)


def test_half_a_character_in_a_text_becomes_a_question_mark() -> None:
    assert parse(spoilt(text={"body": "a\ud800b"}), OURS).heard[0].text == "a?b"


def test_a_number_that_changed_hands_does_not_lend_its_old_id() -> None:
    newcomer = Person("US.50000000000000000005", ANA.phone)
    heard = parse(spoilt(from_user_id=newcomer.user_id), OURS).heard
    assert [one.person for one in heard] == [newcomer, ANA]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"5",
        b'"whatsapp_business_account"',
        b"\xff\xfe\x00",
        b'{"object": "page", "entry": []}',
        b'{"object": "whatsapp_business_account"}',
        b'{"object": "whatsapp_business_account", "entry": {}}',
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b"1" * 10_000,
        payload("text")[:-20],
    ],
    ids=lambda body: repr(body[:24]),
)
def test_what_is_not_of_metas_form_is_a_value_error(body: bytes) -> None:
    with pytest.raises(ValueError):
        parse(body, OURS)
