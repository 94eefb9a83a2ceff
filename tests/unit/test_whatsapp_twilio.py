"""What Twilio's calls mean, whose signature they carry, and the forms that go back."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from datetime import datetime, timezone
from pathlib import Path
from urllib.parse import parse_qsl

import pytest

from bot.channels.whatsapp_twilio import (
    content_template,
    is_signed,
    message_fields,
    parse,
)
from bot.core.whatsapp import Choice, Outgoing, Person, Status, Webhook

PAYLOADS = Path(__file__).parents[1] / "payloads" / "whatsapp_twilio"
OWN = "+14155238886"
URL = "https://office.example/whatsapp/twilio"
TOKEN = "12345"
NOW = datetime(2026, 11, 21, 12, tzinfo=timezone.utc)
PHONE, USER_ID = "15555550123", "US.13491208655302741918"
QUOTED = "MM" + "a" * 32
OURS = "MM" + "b" * 32

Pairs = list[tuple[str, str]]


def pairs_of(name: str) -> Pairs:
    """Return the form of a recorded call."""
    body = (PAYLOADS / f"{name}.txt").read_text().strip()
    return parse_qsl(body, keep_blank_values=True)


def told_by(name: str) -> Webhook:
    """Return what a recorded call tells."""
    return parse(pairs_of(name), OWN, NOW)


def sign(url: str, pairs: Pairs, token: str = TOKEN) -> str:
    """Sign as Twilio documents it, without Twilio's own code."""
    text = url + "".join(name + value for name, value in sorted(set(pairs)))
    digest = hmac.new(token.encode(), text.encode(), hashlib.sha1).digest()
    return base64.b64encode(digest).decode()


def test_the_example_of_twilios_documentation_is_signed() -> None:
    pairs = [
        ("CallSid", "CA1234567890ABCDE"),
        ("Caller", "+14158675309"),
        ("Digits", "1234"),
        ("From", "+14158675309"),
        ("To", "+18005551212"),
    ]
    url = "https://mycompany.com/myapp.php?foo=1&bar=2"
    assert is_signed(url, pairs, "RSOYDt4T1cUTdK1PDd93/VVr8B8=", "12345")


@pytest.mark.parametrize(
    ("signed", "configured"),
    [
        (URL, URL),
        (URL, "https://office.example:443/whatsapp/twilio"),
        ("https://office.example:8443/x", "https://office.example:8443/x"),
        ("https://office.example/x", "https://office.example:8443/x"),
        (f"{URL}?m=1", f"{URL}?m=1"),
    ],
    ids=["plain", "usual port", "other port", "port left out", "query"],
)
def test_a_call_for_our_address_is_signed(signed: str, configured: str) -> None:
    pairs = pairs_of("text")
    assert is_signed(configured, pairs, sign(signed, pairs), TOKEN)


def test_repeated_and_empty_fields_are_signed_with_all_their_values() -> None:
    pairs = [("Body", ""), ("Tag", "b"), ("Tag", "a"), ("Tag", "b"), ("To", "x")]
    assert is_signed(URL, pairs, sign(URL, pairs), TOKEN)
    assert not is_signed(URL, pairs[:1] + pairs[2:3], sign(URL, pairs), TOKEN)


@pytest.mark.parametrize(
    ("url", "pairs", "header", "token"),
    [
        (URL, [("Body", "hi")], "", TOKEN),
        (URL, [("Body", "hi")], "é" * 28, TOKEN),
        (URL, [("Body", "hi")], "\udcff" * 28, TOKEN),
        (URL, [("Body", "hi")], sign(URL, [("Body", "hi")], "other"), TOKEN),
        (URL, [("Body", "hi")], sign(URL, [("Body", "hi")], ""), ""),
        (URL, [("Body", "ho")], sign(URL, [("Body", "hi")]), TOKEN),
        (URL, [("Body", "hi"), ("A", "")], sign(URL, [("Body", "hi")]), TOKEN),
        (URL, [("Body", "\ud800")], sign(URL, []), TOKEN),
        (f"{URL}/", [("Body", "hi")], sign(URL, [("Body", "hi")]), TOKEN),
        ("http" + URL[5:], [("Body", "hi")], sign(URL, [("Body", "hi")]), TOKEN),
        ("https://office.example:x/", [], sign(URL, []), TOKEN),
        ("", [], sign("", []), TOKEN),
    ],
    ids=[
        "no header",
        "letters beyond ASCII",
        "bytes that are no text",
        "another token",
        "no token",
        "another value",
        "a field more",
        "a value that cannot be encoded",
        "another path",
        "not https",
        "a port that is no number",
        "no address",
    ],
)
def test_anything_odd_is_not_signed(
    url: str, pairs: Pairs, header: str, token: str
) -> None:
    assert not is_signed(url, pairs, header, token)


@pytest.mark.parametrize(
    ("name", "kind", "text", "choice", "quoted"),
    [
        ("text", "text", "¿Cuánto cuesta la fianza? 🙏\n\nGracias", None, None),
        ("button", "choice", "Dígame más", "7.0", QUOTED),
        ("list", "choice", "Detainer", "7.4", QUOTED),
        ("image", "media", None, None, None),
        ("image_with_words", "media", "is this real?", None, None),
        ("voice", "media", None, None, None),
        ("contact", "other", None, None, None),
        ("contact_before_types", "other", None, None, None),
        ("location", "other", None, None, None),
        ("reaction", "reaction", "👍", None, QUOTED),
        ("empty", "unsupported", None, None, None),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_message_is_heard_as_its_kind(
    name: str, kind: str, text: str | None, choice: str | None, quoted: str | None
) -> None:
    (heard,) = told_by(name).heard
    assert (heard.kind, heard.text) == (kind, text)
    assert (heard.choice, heard.quoted) == (choice, quoted)
    sid = dict(pairs_of(name))["MessageSid"]
    assert (heard.provider_id, heard.at) == (sid, NOW)


@pytest.mark.parametrize(
    ("name", "person"),
    [
        ("text", Person(USER_ID, PHONE)),
        ("text_without_number", Person(USER_ID, None)),
        ("text_before_user_ids", Person(None, PHONE)),
    ],
)
def test_a_person_is_known_by_what_twilio_tells(name: str, person: Person) -> None:
    (heard,) = told_by(name).heard
    assert heard.person == person


@pytest.mark.parametrize("field", ["ProfileName", "WaId", "ChannelMetadata", "New"])
def test_fields_that_we_do_not_need_change_nothing(field: str) -> None:
    pairs = [pair for pair in pairs_of("text") if pair[0] != field]
    assert parse([*pairs, (field, "19990000000")], OWN, NOW) == told_by("text")


@pytest.mark.parametrize(
    ("name", "state", "error"),
    [
        ("status_sent", "sent", None),
        ("status_delivered", "delivered", None),
        ("status_read", "read", None),
        ("status_failed", "failed", 63024),
        ("status_undelivered", "failed", 63016),
    ],
)
def test_a_status_tells_what_became_of_a_message(
    name: str, state: str, error: int | None
) -> None:
    status = Status(OURS, state, NOW, error)  # type: ignore[arg-type]
    assert told_by(name) == Webhook(statuses=(status,))


@pytest.mark.parametrize(
    "name", ["sms", "another_number", "status_of_another_number", "status_queued"]
)
def test_what_is_not_for_us_or_says_nothing_is_not_heard(name: str) -> None:
    assert told_by(name) == Webhook()


@pytest.mark.parametrize("name", ["nobody", "status_canceled"])
def test_what_we_do_not_know_is_counted(name: str) -> None:
    assert told_by(name) == Webhook(unknown=1)


@pytest.mark.parametrize(
    "pairs",
    [[], [("Body", "hi")], [("MessageSid", "SM1")], [("From", "a"), ("To", "b")]],
    ids=["nothing", "only words", "only an id", "no id"],
)
def test_a_form_that_is_not_twilios_is_refused(pairs: Pairs) -> None:
    with pytest.raises(ValueError):
        parse(pairs, OWN, NOW)


@pytest.mark.parametrize("odd", ["", "many", "-1", "²", "1e3"])
def test_an_odd_count_of_media_is_none(odd: str) -> None:
    pairs = [p for p in pairs_of("text") if p[0] != "NumMedia"]
    assert parse([*pairs, ("NumMedia", odd)], OWN, NOW) == told_by("text")


@pytest.mark.parametrize("own", [OWN, "14155238886", "whatsapp:+1 415 523 8886"])
def test_our_number_may_be_written_in_any_way(own: str) -> None:
    assert parse(pairs_of("text"), own, NOW).heard


@pytest.mark.parametrize(
    ("person", "to"),
    [
        (Person(USER_ID, PHONE), f"whatsapp:+{PHONE}"),
        (Person(None, PHONE), f"whatsapp:+{PHONE}"),
        (Person(USER_ID, None), f"whatsapp:{USER_ID}"),
    ],
    ids=["both", "phone", "user id"],
)
def test_a_text_goes_to_the_person_as_it_is(person: Person, to: str) -> None:
    assert message_fields(Outgoing("Hi\n\n{{1}}"), person, OWN, URL) == {
        "From": "whatsapp:+14155238886",
        "To": to,
        "StatusCallback": URL,
        "Body": "Hi\n\n{{1}}",
    }


def choose(count: int, seq: int = 7) -> Outgoing:
    """Return a message with some choices."""
    choices = tuple(
        Choice(f"{seq}.{place}", f"Title {place}", f"More {place}")
        for place in range(count)
    )
    return Outgoing("Which one?\n\nPress {{it}}.", choices, "Choose")


def test_choices_go_as_a_template_with_their_ids_filled_in() -> None:
    fields = message_fields(choose(2), Person(None, PHONE), OWN, URL, "HX1")
    assert fields["ContentSid"] == "HX1"
    assert json.loads(fields["ContentVariables"]) == {"1": "7.0", "2": "7.1"}
    assert "Body" not in fields


def test_choices_without_a_template_are_refused() -> None:
    with pytest.raises(ValueError):
        message_fields(choose(2), Person(None, PHONE), OWN, URL)


def test_up_to_three_choices_are_buttons() -> None:
    template = content_template(choose(3))
    assert template is not None
    assert template["types"] == {
        "twilio/quick-reply": {
            "body": "Which one?\n\nPress { {it}}.",
            "actions": [
                {"title": "Title 0", "id": "{{1}}"},
                {"title": "Title 1", "id": "{{2}}"},
                {"title": "Title 2", "id": "{{3}}"},
            ],
        }
    }


def test_more_choices_are_a_list() -> None:
    template = content_template(choose(10))
    assert template is not None
    picker = template["types"]["twilio/list-picker"]
    assert (picker["button"], len(picker["items"])) == ("Choose", 10)
    row = {"item": "Title 9", "id": "{{10}}", "description": "More 9"}
    assert picker["items"][9] == row


def test_a_row_without_description_repeats_its_title() -> None:
    plain = tuple(Choice(str(place), f"Title {place}") for place in range(4))
    template = content_template(Outgoing("Which?", plain, "Choose"))
    assert template is not None
    items = template["types"]["twilio/list-picker"]["items"]
    assert items[0]["description"] == "Title 0"


def test_messages_that_read_alike_share_a_template() -> None:
    assert content_template(choose(2, seq=7)) == content_template(choose(2, seq=8))
    assert content_template(choose(2)) != content_template(choose(3))


def test_a_text_needs_no_template_and_a_list_ends_at_ten() -> None:
    assert content_template(Outgoing("Hi")) is None
    with pytest.raises(ValueError):
        content_template(choose(11))
