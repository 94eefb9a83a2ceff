"""What Meta refuses in a message, and the words in which it does."""

from __future__ import annotations

import re
from typing import Any

# From shared/platform/whatsapp.md, section 2; not from bot/: a stand-in that borrowed
# the code's own numbers could not show them wrong.
TEXT, BODY, BUTTONS, TITLE, BUTTON_ID = 4096, 1024, 3, 20, 256
ROWS, ROW_TITLE, DESCRIPTION, ROW_ID, LABEL = 10, 24, 72, 200, 20
CALLBACK = 512

Refusal = tuple[int, str]
_TO = re.compile(r"\+?[0-9]{5,15}")
_RECIPIENT = re.compile(r"[A-Z]{2}\.[A-Za-z0-9.]{1,140}")


def refusal(payload: dict[str, Any]) -> Refusal | None:
    """Return the code and details of the first thing that is wrong, or None."""
    if payload.get("messaging_product") != "whatsapp":
        return 100, "The parameter messaging_product is required."
    if not (payload.get("to") or payload.get("recipient")):
        return 100, "The parameter to is required."
    if "to" in payload and not _TO.fullmatch(str(payload["to"])):
        return 100, "Invalid parameter: to"
    if "recipient" in payload and not _RECIPIENT.fullmatch(str(payload["recipient"])):
        return 100, "Invalid parameter: recipient"
    if len(payload.get("biz_opaque_callback_data", "")) > CALLBACK:
        return 100, f"biz_opaque_callback_data: at most {CALLBACK} characters"
    kind = payload.get("type", "text")
    if kind == "text":
        return _text(payload.get("text", {}))
    if kind == "interactive":
        return _interactive(payload.get("interactive", {}))
    if kind == "template":
        return _template(payload.get("template", {}))
    return 131009, f"type {kind!r} is none that this stand-in knows"


def _text(text: dict[str, Any]) -> Refusal | None:
    if not text.get("body", "").strip():
        return 131008, "The parameter text['body'] is required."
    if len(text["body"]) > TEXT:
        return 100, f"Param text['body'] must be at most {TEXT} characters long."
    return None


def _template(template: dict[str, Any]) -> Refusal | None:
    if not template.get("name"):
        return 131008, "The parameter template['name'] is required."
    if not template.get("language", {}).get("code"):
        return 131008, "The parameter template['language'] is required."
    return None


def _interactive(interactive: dict[str, Any]) -> Refusal | None:
    action = interactive.get("action", {})
    wrong = _size(interactive.get("body", {}).get("text"), BODY, "Body text")
    if interactive.get("type") == "button":
        return wrong or _buttons(
            [b.get("reply", {}) for b in action.get("buttons", [])]
        )
    if interactive.get("type") == "list":
        return wrong or _list(action)
    return 131009, "interactive type invalid"


def _buttons(buttons: list[dict[str, Any]]) -> Refusal | None:
    if not 1 <= len(buttons) <= BUTTONS:
        return 131009, f"Invalid buttons count. Min allowed buttons: 1, Max: {BUTTONS}"
    for button in buttons:
        wrong = _size(button.get("title"), TITLE, "Button title")
        wrong = wrong or _size(button.get("id"), BUTTON_ID, "Button id")
        if wrong:
            return wrong
    return _unique(buttons, "title") or _unique(buttons, "id")


def _list(action: dict[str, Any]) -> Refusal | None:
    sections = action.get("sections", [])
    rows = [row for section in sections for row in section.get("rows", [])]
    wrong = _size(action.get("button"), LABEL, "Button label")
    if wrong:
        return wrong
    if not (sections and 1 <= len(rows) <= ROWS):
        return 131009, f"Total row count exceed max allowed count: {ROWS}"
    if len(sections) > 1 and not all(section.get("title") for section in sections):
        return 131009, "Section title is required with more than one section"
    for row in rows:
        wrong = _size(row.get("title"), ROW_TITLE, "Row title")
        wrong = wrong or _size(row.get("id"), ROW_ID, "Row id")
        wrong = wrong or _size(row.get("description", "-"), DESCRIPTION, "Description")
        if wrong:
            return wrong
    return _unique(rows, "id")


def _size(words: Any, most: int, name: str) -> Refusal | None:
    if isinstance(words, str) and words.strip() and len(words) <= most:
        return None
    return 131009, f"{name} length invalid. Min length: 1, Max length: {most}"


def _unique(things: list[dict[str, Any]], name: str) -> Refusal | None:
    values = [thing[name] for thing in things]
    if len(set(values)) == len(values):
        return None
    return 131009, f"Duplicated {name} in {values}"
