"""Events and statuses in the JSON of Meta's webhook."""

from __future__ import annotations

import base64
from datetime import datetime
from typing import Any

from tests.standins.phone import Event, Phone

OWN_NUMBER = "14155238886"
MEDIA = ("image", "audio", "video", "document", "sticker")


def wamid(number: int) -> str:
    """Return the id that Meta gives to the event of this number."""
    return "wamid." + base64.b64encode(f"HBgL{number:012d}".encode()).decode()


def envelope(value: dict[str, Any], phone_number_id: str) -> dict[str, Any]:
    """Return one entry of a webhook."""
    metadata = {"display_phone_number": OWN_NUMBER, "phone_number_id": phone_number_id}
    about = {"messaging_product": "whatsapp", "metadata": metadata}
    change = {"field": "messages", "value": {**about, **value}}
    return {"id": "102290129340398", "changes": [change]}


def webhook(entries: list[dict[str, Any]]) -> dict[str, Any]:
    """Return a whole webhook."""
    return {"object": "whatsapp_business_account", "entry": entries}


def heard(event: Event) -> dict[str, Any]:
    """Return the value of a change: one event and, but for system ones, its person."""
    if event.kind == "system":
        return {"messages": [message(event)]}
    contact = {"profile": {"name": "Ana"}, **_ids(event.phone, "wa_id", "user_id")}
    return {"contacts": [contact], "messages": [message(event)]}


def message(event: Event) -> dict[str, Any]:
    """Return one event as Meta writes it."""
    shown: dict[str, Any] = {
        **_ids(event.phone, "from", "from_user_id"),
        "id": wamid(event.id),
        "timestamp": str(int(event.at.timestamp())),
    }
    if event.quoted:
        shown["context"] = {"from": OWN_NUMBER, "id": event.quoted}
    if event.kind == "system":
        system = _system(event.phone, event.content["phone"])
        return {**shown, "type": "system", "system": system}
    return {**shown, **_content(event.kind, event.content)}


def status(
    id: str, state: str, at: datetime, to: dict[str, Any], **more: Any
) -> dict[str, Any]:
    """Return what became of one of our messages; `to` names the person."""
    stamp = str(int(at.timestamp()))
    shown = {"id": id, "status": state, "timestamp": stamp, **to, **more}
    return {"statuses": [shown]}


def _ids(phone: Phone, number: str, user_id: str) -> dict[str, str]:
    ids = {number: phone.number, user_id: phone.user_id}
    return {name: value for name, value in ids.items() if value}


def _content(kind: str, given: dict[str, Any]) -> dict[str, Any]:
    if kind == "text":
        return {"type": "text", "text": {"body": given["words"]}}
    if kind in ("button", "list"):
        reply = {"id": given["id"], "title": given["title"]}
        name = f"{kind}_reply"
        return {"type": "interactive", "interactive": {"type": name, name: reply}}
    if kind in MEDIA:
        media = {"id": "1003383421387256", "mime_type": "image/jpeg", "sha256": "c3a=="}
        if given.get("words"):
            media["caption"] = given["words"]
        return {"type": kind, kind: media}
    return {"type": kind, **_rare(kind, given)}


def _rare(kind: str, given: dict[str, Any]) -> dict[str, Any]:
    if kind == "unsupported":
        details = {"details": "Message type is currently not supported."}
        error = {"code": 131051, "title": "Unsupported", "error_data": details}
        return {"errors": [error]}
    edited = {"type": "text", "text": {"body": given.get("words", "")}}
    rare: dict[str, dict[str, Any]] = {
        "location": {"latitude": 40.73, "longitude": -74.17},
        "order": {"catalog_id": "1", "product_items": []},
        "reaction": {"message_id": given.get("to"), "emoji": given.get("emoji")},
        "edit": {"original_message_id": given.get("to"), "message": edited},
        "revoke": {"original_message_id": given.get("to")},
    }
    if kind == "contacts":
        return {kind: [{"name": {"formatted_name": "Luis"}}]}
    return {kind: rare.get(kind, {})}


def _system(old: Phone, new: Phone) -> dict[str, Any]:
    """Return a change of number, or of the business-scoped id where none is shown."""
    previous = {"previous_user_id": old.user_id} if old.user_id else {}
    return {
        "body": f"User Ana changed from {old.number or old.user_id}",
        "type": "user_changed_number" if new.number else "user_changed_user_id",
        **previous,
        **_ids(new, "wa_id", "user_id"),
    }
