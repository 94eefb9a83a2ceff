"""What phones send arrives signed, and spoilt only where it is spoilt on purpose."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from typing import Any

import pytest

from bot.channels import whatsapp_cloud, whatsapp_twilio
from tests.standins.calls import META, TWILIO, Call, meta_signature, twilio_signature
from tests.standins.conftest import Office
from tests.standins.lines import MetaLine, TwilioLine, redelivered
from tests.standins.payloads import wamid
from tests.standins.phone import Event, Phone, album

ANA, LUIS = Phone("15555550123", "US.1"), Phone(None, "MX.2")
META_LINE = MetaLine("secret")
URL = "https://office.example/twilio"
TWILIO_LINE = TwilioLine("token", URL)
NOW = datetime(2026, 11, 21, tzinfo=timezone.utc)

EVENTS = {
    "text": ANA.says("¿Qué? 🙏"),
    "button": ANA.presses("7.0", "Sí"),
    "list": ANA.picks("7.4", "Bond"),
    "image": ANA.sends(words="look"),
    "audio": ANA.sends("audio"),
    "video": ANA.sends("video"),
    "document": ANA.sends("document"),
    "sticker": ANA.sends("sticker"),
    "location": ANA.does("location"),
    "contacts": ANA.does("contacts"),
    "order": ANA.does("order"),
    "reaction": ANA.reacts("wamid.1"),
    "edit": ANA.edits("wamid.1", "new words"),
    "revoke": ANA.revokes("wamid.1"),
    "unsupported": ANA.does("unsupported"),
    "system": ANA.becomes(Phone("15555550777", "US.7")),
}


def messages(call: Call) -> list[dict[str, Any]]:
    """Return all messages of a call of Meta."""
    return [
        message
        for entry in json.loads(call.body)["entry"]
        for change in entry["changes"]
        for message in change["value"]["messages"]
    ]


@pytest.mark.parametrize("kind", EVENTS)
def test_meta_carries_every_kind_signed(kind: str) -> None:
    call = META_LINE.carry(EVENTS[kind])
    (message,) = messages(call)
    shown = "interactive" if kind in ("button", "list") else kind
    assert message["type"] == shown
    assert (message["from"], message["from_user_id"]) == ("15555550123", "US.1")
    assert call.headers[META] == meta_signature(call.body, "secret")


HEARD = {
    **dict.fromkeys(("button", "list"), "choice"),
    **dict.fromkeys(("image", "audio", "video", "document", "sticker"), "media"),
    **dict.fromkeys(("location", "contacts", "order"), "other"),
}


@pytest.mark.parametrize("kind", EVENTS)
def test_our_channel_understands_what_meta_carries(kind: str) -> None:
    call = META_LINE.carry(EVENTS[kind])
    assert whatsapp_cloud.is_signed(call.body, call.headers[META], "secret")
    told = whatsapp_cloud.parse(call.body, META_LINE.phone_number_id)
    (heard,) = told.heard
    assert (heard.kind, told.unknown) == (HEARD.get(kind, kind), 0)
    assert (heard.person.phone, heard.person.user_id) == ("15555550123", "US.1")


@pytest.mark.parametrize(
    ("kind", "heard"),
    [
        ("text", "text"),
        ("button", "choice"),
        ("list", "choice"),
        ("image", "media"),
        ("sticker", "media"),
        ("location", "other"),
        ("contacts", "other"),
        ("reaction", "reaction"),
        ("unsupported", "unsupported"),
    ],
)
def test_twilio_carries_what_twilio_knows_signed(kind: str, heard: str) -> None:
    call = TWILIO_LINE.carry(EVENTS[kind])
    pairs = call.pairs()
    assert whatsapp_twilio.is_signed(URL, pairs, call.headers[TWILIO], "token")
    (event,) = whatsapp_twilio.parse(pairs, "14155238886", NOW).heard
    assert event.kind == heard
    assert (event.person.phone, event.person.user_id) == ("15555550123", "US.1")


def test_a_person_without_a_number_has_none_on_either_line() -> None:
    (message,) = messages(META_LINE.carry(LUIS.says("hola")))
    assert "from" not in message
    pairs = TWILIO_LINE.carry(LUIS.says("hola")).pairs()
    (heard,) = whatsapp_twilio.parse(pairs, "14155238886", NOW).heard
    assert (heard.person.phone, heard.person.user_id) == (None, "MX.2")


def test_a_changed_number_names_the_old_and_the_new_person() -> None:
    (message,) = messages(META_LINE.carry(EVENTS["system"]))
    system = message["system"]
    assert system["type"] == "user_changed_number"
    assert system["previous_user_id"] == "US.1"
    assert (system["wa_id"], system["user_id"]) == ("15555550777", "US.7")


def test_a_batch_holds_all_events_in_order_or_shuffled() -> None:
    events = [ANA.says(str(n)) for n in range(6)]
    ids = [wamid(event.id) for event in events]
    for call in (META_LINE.carry(*events), META_LINE.carry_together(*events)):
        assert [message["id"] for message in messages(call)] == ids
    shuffled = [m["id"] for m in messages(META_LINE.carry_shuffled(*events))]
    assert shuffled != ids
    assert sorted(shuffled) == sorted(ids)


def test_events_have_ids_of_their_own_and_times_as_asked() -> None:
    pictures = album(ANA, 3, at=NOW)
    assert len({picture.id for picture in pictures}) == 3
    stamps = {m["timestamp"] for m in messages(META_LINE.carry(*pictures))}
    assert stamps == {str(int(NOW.timestamp()))}


def test_a_quoted_message_is_named_on_both_lines() -> None:
    event = ANA.presses("7.0", quoted="wamid.9")
    (message,) = messages(META_LINE.carry(event))
    assert message["context"]["id"] == "wamid.9"
    assert ("OriginalRepliedMessageSid", "wamid.9") in TWILIO_LINE.carry(event).pairs()


@pytest.mark.parametrize("event", [EVENTS["text"]])
def test_a_spoilt_call_of_meta_does_not_carry_its_signature(event: Event) -> None:
    call = META_LINE.carry(event)
    for spoilt in (call.truncated(), call.rewritten()):
        assert spoilt.headers[META] != meta_signature(spoilt.body, "secret")
    assert json.loads(call.rewritten().body) == json.loads(call.body)
    assert META not in call.unsigned().headers
    assert call.with_signature("sha256=0").headers[META] == "sha256=0"
    assert meta_signature(call.body, "secret", "sha1").startswith("sha1=")


def test_a_spoilt_call_of_twilio_does_not_carry_its_signature() -> None:
    call = TWILIO_LINE.carry(EVENTS["text"])
    for spoilt in (call.truncated(), call.rewritten()):
        right = twilio_signature(spoilt.pairs(), URL, "token")
        assert spoilt.headers[TWILIO] != right


def test_calls_are_redelivered_in_order_or_shuffled() -> None:
    calls = [META_LINE.carry(ANA.says(str(n))) for n in range(3)]
    assert redelivered(calls, 2) == calls + calls
    shuffled = redelivered(calls, 2, seed=1)
    assert shuffled != calls + calls
    assert all(shuffled.count(call) == 2 for call in calls)


def test_a_call_arrives_as_it_was_made(office: Office) -> None:
    call = META_LINE.carry(EVENTS["text"])
    assert call.post(f"{office.url}/hook").status_code == 200
    ((path, heard),) = office.calls
    assert (path, heard.body) == ("/hook", call.body)
