"""What Twilio refuses in a message or a template, and its numbers for it."""

from __future__ import annotations

import json
import re
from typing import Any

# From Twilio's pages, read on 2026-11-22; not from bot/ (see graph_limits.py).
TEXT, BODY = 1600, 1024
BUTTONS, SESSION_BUTTONS, TITLE, BUTTON_ID = 10, 3, 20, 200
ROWS, ROW_TITLE, DESCRIPTION, ROW_ID, LABEL = 10, 24, 72, 200, 20

Refusal = tuple[int, str]
_VARIABLE = re.compile(r"\{\{(?P<name>[^{}]*)\}\}")
_TO = re.compile(r"whatsapp:(\+[0-9]{5,15}|[A-Z]{2}\.[A-Za-z0-9.]+)")


def message_refusal(fields: dict[str, str]) -> Refusal | None:
    """Return what is wrong with the form of a message, or None."""
    if not fields.get("To"):
        return 21604, "A 'To' phone number is required."
    if not _TO.fullmatch(fields["To"]):
        return 63024, "Invalid message recipient"
    if "ContentSid" in fields:
        return None
    if not fields.get("Body"):
        return 21619, "A text message body or media urls must be specified."
    if len(fields["Body"]) > TEXT:
        return 21617, f"The concatenated message body exceeds the {TEXT} limit."
    return None


def template_refusal(template: dict[str, Any]) -> Refusal | None:
    """Return what is wrong with a template for the Content API, or None."""
    if not (template.get("language") and template.get("types")):
        return 20001, "language and types are required"
    kind, content = next(iter(template["types"].items()))
    wrong = _size(content.get("body"), BODY, "body")
    if kind == "twilio/text":
        return wrong
    if kind == "twilio/quick-reply":
        return wrong or _buttons(content.get("actions", []))
    if kind == "twilio/list-picker":
        wrong = wrong or _size(content.get("button"), LABEL, "button")
        return wrong or _rows(content.get("items", []))
    return 20001, f"{kind} is none that this stand-in knows"


def fill(template: dict[str, Any], variables: str) -> dict[str, Any] | Refusal:
    """Return a template's only type with its variables filled in, or what is wrong."""
    try:
        given = json.loads(variables or "{}")
    except ValueError:
        return 21656, "The ContentVariables Parameter is invalid"
    values = {**template.get("variables", {}), **given}
    for value in values.values():
        if not isinstance(value, str) or not value or re.search(r"[\n\t]| {5}", value):
            return 21656, "The ContentVariables Parameter is invalid"
    text = json.dumps(template["types"], ensure_ascii=False)
    if any(found["name"] not in values for found in _VARIABLE.finditer(text)):
        return 21656, "The ContentVariables Parameter is invalid"
    filled = _VARIABLE.sub(lambda v: json.dumps(values[v["name"]])[1:-1], text)
    content: dict[str, Any] = json.loads(filled)
    return content


def session_refusal(content: dict[str, Any]) -> Refusal | None:
    """Return what WhatsApp refuses in filled content without approval, or None."""
    kind, filled = next(iter(content.items()))
    if kind == "twilio/quick-reply" and len(filled["actions"]) > SESSION_BUTTONS:
        return 63013, "Channel policy violation: three buttons in session"
    return template_refusal({"language": "en", "types": content})


def _buttons(buttons: list[dict[str, Any]]) -> Refusal | None:
    if not 1 <= len(buttons) <= BUTTONS:
        return 20001, f"actions: 1 to {BUTTONS}"
    for button in buttons:
        wrong = _size(button.get("title"), TITLE, "title")
        wrong = wrong or _size(button.get("id"), BUTTON_ID, "id")
        if wrong:
            return wrong
    return _unique(buttons, "title") or _unique(buttons, "id")


def _rows(rows: list[dict[str, Any]]) -> Refusal | None:
    if not 1 <= len(rows) <= ROWS:
        return 20001, f"items: 1 to {ROWS}"
    for row in rows:
        wrong = _size(row.get("item"), ROW_TITLE, "item")
        wrong = wrong or _size(row.get("id"), ROW_ID, "id")
        wrong = wrong or _size(row.get("description"), DESCRIPTION, "description")
        if wrong:
            return wrong
    return _unique(rows, "id")


def _size(words: Any, most: int, name: str) -> Refusal | None:
    if isinstance(words, str) and words.strip() and len(words) <= most:
        return None
    return 20001, f"{name}: 1 to {most} characters"


def _unique(things: list[dict[str, Any]], name: str) -> Refusal | None:
    values = [thing[name] for thing in things]
    return None if len(set(values)) == len(values) else (20001, f"{name} twice")
