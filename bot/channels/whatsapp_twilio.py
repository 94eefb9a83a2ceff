"""WhatsApp through Twilio: what its calls tell, and the fields it wants to be sent."""

from __future__ import annotations

import hmac
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any, Final
from urllib.parse import urlparse

from twilio.request_validator import (  # type: ignore[import-untyped]
    RequestValidator,
    add_port,
    remove_port,
)

from bot.channels.whatsapp_limits import MAX_BUTTONS, MAX_ROWS
from bot.core.whatsapp import (
    DeliveryState,
    Heard,
    HeardKind,
    Outgoing,
    Person,
    Status,
    Webhook,
)

Pairs = Sequence[tuple[str, str]]

_PREFIX: Final = "whatsapp:"
_PHONE: Final = re.compile(r"\+(?P<digits>[0-9]{5,15})")  # +15550001111, not 5550001
_USER_ID: Final = re.compile(r"[A-Z]{2}\.[A-Za-z0-9.]{1,140}")  # BR.15, not br.15
_CARDS: Final = ("text/vcard", "text/x-vcard")
_STATES: Final[dict[str, DeliveryState]] = {
    "sent": "sent",
    "delivered": "delivered",
    "read": "read",
    "failed": "failed",
    "undelivered": "failed",
}
_NOT_SENT_YET: Final = ("accepted", "queued", "scheduled", "sending")
_KINDS: Final[dict[str, HeardKind]] = {
    "contacts": "other",
    "location": "other",
    "order": "other",
    "reaction": "reaction",
    "unsupported": "unsupported",
}


class _Fields(dict[str, list[str]]):
    """A form as Twilio's validator reads it: each name with all of its values."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        super().__init__()
        for name, value in pairs:
            self.setdefault(name, []).append(value)

    def getlist(self, name: str) -> list[str]:
        """Return all values of a name."""
        return self[name]


def is_signed(url: str, pairs: Pairs, header: str, token: str) -> bool:
    """Return whether Twilio signed this form for this public address.

    `url` is our own configured address with its query, never what the caller claims.
    Twilio signs now with the port and now without it, so both are right.
    """
    if not (url and header and token):
        return False
    try:
        validator, fields = RequestValidator(token), _Fields(pairs)
        parsed = urlparse(url)
        return any(
            hmac.compare_digest(
                validator.compute_signature(form, fields).encode(), header.encode()
            )
            for form in (remove_port(parsed), add_port(parsed))
        )
    except ValueError:  # A port that is no number, letters that cannot be encoded.
        return False


def parse(pairs: Pairs, own_number: str, at: datetime) -> Webhook:
    """Return what one call of Twilio tells; `at` is now, as Twilio sends no date.

    Statuses have no `callback`: Twilio returns nothing of ours but the address.

    Raises:
        ValueError: The form is not one of Twilio's messages or statuses.
    """
    fields = dict(pairs)
    message = fields.get("MessageSid") or fields.get("SmsSid")
    if not message or not ("From" in fields and "To" in fields):
        raise ValueError("not a message or status of Twilio")
    state = fields.get("MessageStatus", "received")
    ours = fields["To"] if state == "received" else fields["From"]
    if ours != _own_address(own_number):
        return Webhook()
    if state == "received":
        return _heard(message, fields, at)
    return _status(message, state, fields, at)


def _status(
    message: str, state: str, fields: Mapping[str, str], at: datetime
) -> Webhook:
    if state in _NOT_SENT_YET:
        return Webhook()
    if state not in _STATES:
        return Webhook(unknown=1)
    error = _number(fields.get("ErrorCode", "")) or None
    return Webhook(statuses=(Status(message, _STATES[state], at, error),))


def _heard(message: str, fields: Mapping[str, str], at: datetime) -> Webhook:
    person = _person(fields)
    if not person.key:
        return Webhook(unknown=1)
    choice = fields.get("ButtonPayload") or fields.get("ListId") or None
    heard = Heard(
        message,
        person,
        at,
        kind="choice" if choice else _kind(fields),
        text=fields.get("Body") or None,
        choice=choice,
        quoted=fields.get("OriginalRepliedMessageSid") or None,
    )
    return Webhook(heard=(heard,))


def _kind(fields: Mapping[str, str]) -> HeardKind:
    told = _KINDS.get(fields.get("MessageType", ""))
    if told:
        return told
    if "Latitude" in fields or fields.get("MediaContentType0", "") in _CARDS:
        return "other"
    if _number(fields.get("NumMedia", "")):
        return "media"
    return "text" if fields.get("Body", "").strip() else "unsupported"


def _person(fields: Mapping[str, str]) -> Person:
    """Return who wrote; without a phone number, From holds the business-scoped id."""
    user_id = phone = None
    for name in ("From", "ExternalUserId"):
        address = fields.get(name, "").removeprefix(_PREFIX)
        if found := _PHONE.fullmatch(address):
            phone = found["digits"]
        elif _USER_ID.fullmatch(address):
            user_id = address
    return Person(user_id, phone)


def message_fields(
    outgoing: Outgoing,
    person: Person,
    own_number: str,
    status_url: str,
    content_sid: str | None = None,
) -> dict[str, str]:
    """Return the form that sends a message; choices need the id of their template."""
    fields = _addresses(person, own_number, status_url)
    if not outgoing.choices:
        return {**fields, "Body": outgoing.body}
    if not content_sid:
        raise ValueError("choices can only be sent with a template")
    ids = {str(place): choice.id for place, choice in enumerate(outgoing.choices, 1)}
    return {**fields, "ContentSid": content_sid, "ContentVariables": json.dumps(ids)}


def template_fields(
    person: Person, own_number: str, status_url: str, content_sid: str
) -> dict[str, str]:
    """Return the form that sends an approved template without variables."""
    fields = _addresses(person, own_number, status_url)
    return {**fields, "ContentSid": content_sid}


def _addresses(person: Person, own_number: str, status_url: str) -> dict[str, str]:
    # A known phone number goes first: every account can send to it.
    to = f"+{person.phone}" if person.phone else person.user_id
    return {
        "From": _own_address(own_number),
        "To": f"{_PREFIX}{to}",
        "StatusCallback": status_url,
    }


def content_template(outgoing: Outgoing) -> dict[str, Any] | None:
    """Return the template of a message with choices for the Content API, or None.

    Only the ids are variables, since values may hold no line breaks. So one template
    serves every message that reads alike, and its name tells which.
    """
    if not outgoing.choices:
        return None
    if len(outgoing.choices) > MAX_ROWS:
        raise ValueError("a list has at most ten rows")
    types = _types(outgoing)
    words = json.dumps(types, sort_keys=True).encode()
    return {
        "friendly_name": f"choices-{sha256(words).hexdigest()[:32]}",
        "language": "en",  # Asked for, but only templates outside the window use it.
        "variables": {
            str(place): str(place) for place in range(1, len(outgoing.choices) + 1)
        },
        "types": types,
    }


def _types(outgoing: Outgoing) -> dict[str, Any]:
    body, numbered = _literal(outgoing.body), list(enumerate(outgoing.choices, 1))
    if len(numbered) <= MAX_BUTTONS:
        actions = [
            {"title": _literal(choice.title), "id": f"{{{{{place}}}}}"}
            for place, choice in numbered
        ]
        return {"twilio/quick-reply": {"body": body, "actions": actions}}
    items = [
        {
            "item": _literal(choice.title),
            "id": f"{{{{{place}}}}}",
            "description": _literal(choice.description or choice.title),
        }
        for place, choice in numbered
    ]
    label = _literal(outgoing.list_label)
    return {"twilio/list-picker": {"body": body, "button": label, "items": items}}


def _literal(words: str) -> str:
    """Return words in which Twilio sees no variable."""
    return words.replace("{{", "{ {")


def _own_address(number: str) -> str:
    return f"{_PREFIX}+{re.sub('[^0-9]', '', number)}"


def _number(digits: str) -> int:
    return int(digits) if digits.isascii() and digits.isdigit() else 0
