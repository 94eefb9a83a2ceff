"""Events and statuses in the form fields of Twilio's webhook."""

from __future__ import annotations

from typing import Any

from tests.standins.payloads import MEDIA, OWN_NUMBER
from tests.standins.phone import Event

ACCOUNT = "AC" + "0" * 32
Pairs = list[tuple[str, str]]


def sid(number: int, prefix: str = "SM") -> str:
    """Return the id that Twilio gives to the event of this number."""
    return f"{prefix}{number:032x}"


def heard(event: Event, own: str = OWN_NUMBER) -> Pairs:
    """Return one event as Twilio writes it. Edits and the like it does not tell."""
    phone, number = event.phone, sid(event.id)
    fields = {
        "SmsMessageSid": number,
        "MessageSid": number,
        "AccountSid": ACCOUNT,
        "SmsStatus": "received",
        "ApiVersion": "2010-04-01",
        "From": address(phone.number or phone.user_id or ""),
        "To": address(own),
        "NumMedia": "0",
        "Body": "",
        **({"WaId": phone.number} if phone.number else {}),
        **({"ExternalUserId": address(phone.user_id)} if phone.user_id else {}),
        **({"OriginalRepliedMessageSid": event.quoted} if event.quoted else {}),
        **_content(event.kind, event.content),
    }
    return list(fields.items())


def status(
    id: str, state: str, to: str, own: str = OWN_NUMBER, error: int | None = None
) -> Pairs:
    """Return what became of one of our messages."""
    fields = {
        "ChannelPrefix": "whatsapp",
        "ApiVersion": "2010-04-01",
        "MessageStatus": state,
        "SmsStatus": state,
        "SmsSid": id,
        "MessageSid": id,
        "AccountSid": ACCOUNT,
        "From": address(own),
        "To": to,
        **({"ErrorCode": str(error)} if error else {}),
    }
    return list(fields.items())


def address(who: str) -> str:
    """Return a number or business-scoped id as an address of Twilio."""
    return f"whatsapp:{'+' if who.isdigit() else ''}{who}"


def _content(kind: str, given: dict[str, Any]) -> dict[str, str]:
    if kind == "button":
        title = given["title"]
        answer = {"Body": title, "ButtonText": title, "ButtonPayload": given["id"]}
        return {"MessageType": "button", **answer}
    if kind == "list":
        title = given["title"]
        answer = {"Body": title, "ListTitle": title, "ListId": given["id"]}
        return {"MessageType": "interactive", **answer}
    if kind == "location":
        return {"MessageType": kind, "Latitude": "40.73", "Longitude": "-74.17"}
    if kind in MEDIA or kind == "contacts":
        mime = "text/vcard" if kind == "contacts" else f"{kind}/ogg"
        words = given.get("words", "")
        media = {"NumMedia": "1", "MediaContentType0": mime, "MediaUrl0": "https://x"}
        return {"MessageType": kind, "Body": words, **media}
    if kind == "reaction":
        quoted = {"OriginalRepliedMessageSid": given["to"]}
        return {"MessageType": kind, "Body": given["emoji"], **quoted}
    return {"MessageType": kind, "Body": given.get("words", "")}
