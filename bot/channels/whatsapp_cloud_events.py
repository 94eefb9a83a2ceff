"""Reads the events in a call of Meta's Cloud API: who did what, what was delivered."""

from __future__ import annotations

import re
from datetime import datetime, timezone
from typing import Any, Final, get_args

from bot.core.whatsapp import DeliveryState, Heard, HeardKind, Person, Status

_SECONDS: Final = re.compile(r"[0-9]{1,12}")  # 1795200000, not "soon", -1, 1.5
_PHONE: Final = re.compile(r"[0-9]{5,20}")  # 15550001111, not +1 555 000 1111
_USER_ID: Final = re.compile(r"[A-Z]{2}\.[A-Za-z0-9.]{1,140}")  # US.134, not us.134
_STATES: Final[tuple[DeliveryState, ...]] = get_args(DeliveryState)
_KINDS: Final[dict[str, HeardKind]] = {
    **dict.fromkeys(("image", "audio", "video", "document", "sticker"), "media"),
    **dict.fromkeys(("location", "contacts", "order"), "other"),
    "edit": "edit",
    "reaction": "reaction",
    "revoke": "revoke",
    "system": "system",
    "unsupported": "unsupported",
}
_QUOTED_IN: Final = {
    "edit": "original_message_id",
    "reaction": "message_id",
    "revoke": "original_message_id",
}


def heard_in(message: dict[str, Any], value: dict[str, Any]) -> Heard | None:
    """Return what a person did, or None if it is nothing that we know.

    `value` is what came with the message: it may say more about the person.
    """
    provider_id, at = _id(message.get("id")), _moment(message.get("timestamp"))
    kind = message.get("type")
    system = as_dict(message.get("system"))
    person = _changed(message, system) if kind == "system" else _person(message, value)
    what = _what(kind, message) if isinstance(kind, str) else None
    # What is said in a group must not be answered to one of its members.
    if not (provider_id and at and person.key and what) or "group_id" in message:
        return None
    about = as_dict(message.get(str(kind))).get(_QUOTED_IN.get(str(kind), ""))
    return Heard(
        provider_id,
        person,
        at,
        what,
        text=_text(message) if what == "text" else None,
        choice=_choice(message) if what == "choice" else None,
        quoted=_id(about) or _id(as_dict(message.get("context")).get("id")),
        new_person=_new_person(system) if what == "system" else None,
    )


def status_in(status: dict[str, Any]) -> Status | None:
    """Return what became of a message of ours, or None if we do not know the word."""
    provider_id, at = _id(status.get("id")), _moment(status.get("timestamp"))
    state = status.get("status")
    if not (provider_id and at and state in _STATES):
        return None
    errors = [as_dict(error).get("code") for error in as_list(status.get("errors"))]
    codes = [code for code in errors if type(code) is int]
    callback = _id(status.get("biz_opaque_callback_data"))
    return Status(provider_id, state, at, codes[0] if codes else None, callback)


def _what(kind: str, message: dict[str, Any]) -> HeardKind | None:
    if kind == "text":
        return None if _text(message) is None else "text"
    if kind in ("button", "interactive"):
        if _choice(message):
            return "choice"
        # Forms and permissions, which we never ask for, and what Meta cannot pass on.
        return "other" if message.get(kind) else "unsupported"
    return _KINDS.get(kind)


def _text(message: dict[str, Any]) -> str | None:
    text = as_dict(message.get("text")).get("body")
    # Half a character, which JSON allows, could be stored nowhere.
    return text.encode("utf-8", "replace").decode() if isinstance(text, str) else None


def _choice(message: dict[str, Any]) -> str | None:
    interactive = as_dict(message.get("interactive"))
    reply = as_dict(interactive.get("button_reply") or interactive.get("list_reply"))
    return _id(reply.get("id")) or _id(as_dict(message.get("button")).get("payload"))


def _person(message: dict[str, Any], value: dict[str, Any]) -> Person:
    said = Person(
        _matching(_USER_ID, message.get("from_user_id")),
        _matching(_PHONE, message.get("from")),
    )
    contacts = [_contact(as_dict(item)) for item in as_list(value.get("contacts"))]
    for known in contacts:
        is_same_id = said.user_id is not None and known.user_id == said.user_id
        is_same_phone = said.phone is not None and known.phone == said.phone
        # A number that changed hands: the ids say that these are two people.
        is_other = said.user_id and known.user_id and not is_same_id
        if (is_same_id or is_same_phone) and not is_other:
            return Person(said.user_id or known.user_id, said.phone or known.phone)
    return contacts[0] if not said.key and len(contacts) == 1 else said


def _contact(contact: dict[str, Any]) -> Person:
    return Person(
        _matching(_USER_ID, contact.get("user_id")),
        _matching(_PHONE, contact.get("wa_id")),
    )


def _changed(message: dict[str, Any], system: dict[str, Any]) -> Person:
    """Return who somebody was before; never by the words, which hold a chosen name."""
    previous = _matching(_USER_ID, system.get("previous_user_id"))
    said = _matching(_USER_ID, message.get("from_user_id"))
    return Person(previous or said, _matching(_PHONE, message.get("from")))


def _new_person(system: dict[str, Any]) -> Person | None:
    new = _contact(system)
    return new if new.key else None


def _moment(seconds: Any) -> datetime | None:
    if _matching(_SECONDS, str(seconds)) is None:
        return None
    try:
        return datetime.fromtimestamp(int(seconds), timezone.utc)
    except (OverflowError, OSError, ValueError):
        return None


def _matching(form: re.Pattern[str], value: Any) -> str | None:
    return value if isinstance(value, str) and form.fullmatch(value) else None


def _id(value: Any) -> str | None:
    """Return an id that can be written down again, or None."""
    is_whole = isinstance(value, str) and not re.search("[\ud800-\udfff]", value)
    return (value or None) if is_whole else None


def as_dict(value: Any) -> dict[str, Any]:
    """Return a JSON object, an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def as_list(value: Any) -> list[Any]:
    """Return a JSON list, an empty one for anything else."""
    return value if isinstance(value, list) else []
