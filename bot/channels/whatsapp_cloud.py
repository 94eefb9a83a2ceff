"""WhatsApp by Meta's Cloud API: what its calls tell, and what it wants to be sent."""

from __future__ import annotations

import hmac
import json
import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any, Final

from bot.channels.whatsapp_cloud_events import (
    as_dict,
    as_list,
    heard_in,
    status_in,
)
from bot.channels.whatsapp_limits import MAX_BUTTONS
from bot.core.whatsapp import Heard, Outgoing, Person, Status, Webhook

_SIGNATURE: Final = re.compile(r"sha256=(?P<digest>[0-9a-f]{64})")


def is_signed(body: bytes, header: str, secret: str) -> bool:
    """Return whether Meta signed these very bytes; without a secret nothing is."""
    signature = _SIGNATURE.fullmatch(header)
    if signature is None or not secret:
        return False
    expected = hmac.new(secret.encode(), body, sha256).hexdigest()
    return hmac.compare_digest(signature["digest"], expected)


def challenge(params: Mapping[str, str], verify_token: str) -> str | None:
    """Return what Meta wants to hear before it calls us, or None for anybody else."""
    token = params.get("hub.verify_token", "").encode("utf-8", "surrogatepass")
    is_known = hmac.compare_digest(token, verify_token.encode("utf-8", "surrogatepass"))
    if not verify_token or not is_known or params.get("hub.mode") != "subscribe":
        return None
    return params.get("hub.challenge")


def parse(body: bytes, phone_number_id: str) -> Webhook:
    """Return all that one call of Meta tells about our number.

    One event that we cannot read is counted as unknown; the others are still heard.

    Raises:
        ValueError: the bytes are not JSON, or not of the form that Meta sends.
    """
    try:
        data = json.loads(body)
    except RecursionError:
        raise ValueError("JSON nested too deeply") from None
    if as_dict(data).get("object") != "whatsapp_business_account":
        raise ValueError("not a call of WhatsApp")
    if not isinstance(data.get("entry"), list):
        raise ValueError("a call of WhatsApp without entries")
    heard: list[Heard] = []
    statuses: list[Status] = []
    unknown = 0
    for value in _values(data, phone_number_id):
        messages = [
            heard_in(as_dict(item), value) for item in as_list(value.get("messages"))
        ]
        states = [status_in(as_dict(item)) for item in as_list(value.get("statuses"))]
        heard += [message for message in messages if message is not None]
        statuses += [status for status in states if status is not None]
        unknown += messages.count(None) + states.count(None)
    return Webhook(tuple(heard), tuple(statuses), unknown)


def message_payload(
    outgoing: Outgoing, person: Person, callback: str
) -> dict[str, Any]:
    """Return what is posted to send a message."""
    kind, content = (
        ("interactive", _interactive(outgoing))
        if outgoing.choices
        else ("text", {"body": outgoing.body, "preview_url": False})
    )
    return _payload(kind, content, person, callback)


def template_payload(
    name: str, language: str, person: Person, callback: str
) -> dict[str, Any]:
    """Return what is posted to send an approved template without variables."""
    template = {"name": name, "language": {"code": language}}
    return _payload("template", template, person, callback)


def _payload(
    kind: str, content: dict[str, Any], person: Person, callback: str
) -> dict[str, Any]:
    # A phone number, where it is known, is the surer address: no kind of message is
    # refused to it, and the statuses keep naming it. An id in `to` would be taken for
    # a number and the message lost without an error.
    address = {"to": person.phone} if person.phone else {"recipient": person.user_id}
    return {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        **address,
        "biz_opaque_callback_data": callback,
        "type": kind,
        kind: content,
    }


def read_payload(provider_id: str, typing: bool) -> dict[str, Any]:
    """Return what is posted to mark a message as read and, if wanted, to show typing.

    Typing is shown until the reply, 25 seconds at most: only where a reply follows.
    """
    payload: dict[str, Any] = {
        "messaging_product": "whatsapp",
        "status": "read",
        "message_id": provider_id,
    }
    return {**payload, "typing_indicator": {"type": "text"}} if typing else payload


def _values(data: dict[str, Any], phone_number_id: str) -> Iterator[dict[str, Any]]:
    for entry in as_list(data["entry"]):
        for change in map(as_dict, as_list(as_dict(entry).get("changes"))):
            value = as_dict(change.get("value"))
            ours = as_dict(value.get("metadata")).get("phone_number_id")
            if change.get("field") == "messages" and ours == phone_number_id:
                yield value


def _interactive(outgoing: Outgoing) -> dict[str, Any]:
    body = {"text": outgoing.body}
    if len(outgoing.choices) <= MAX_BUTTONS:
        buttons = [
            {"type": "reply", "reply": {"id": choice.id, "title": choice.title}}
            for choice in outgoing.choices
        ]
        return {"type": "button", "body": body, "action": {"buttons": buttons}}
    rows = [
        {"id": choice.id, "title": choice.title}
        | ({"description": choice.description} if choice.description else {})
        for choice in outgoing.choices
    ]
    action = {"button": outgoing.list_label, "sections": [{"rows": rows}]}
    return {"type": "list", "body": body, "action": action}
