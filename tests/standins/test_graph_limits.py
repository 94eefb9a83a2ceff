"""Each limit of Meta lets the last right size through and refuses the next."""

from __future__ import annotations

from typing import Any

import pytest

from tests.standins.graph_limits import refusal

Payload = dict[str, Any]


def text(body: str = "Hi", **more: Any) -> Payload:
    """Return a text."""
    about = {"messaging_product": "whatsapp", "to": "15555550123"}
    return {**about, "type": "text", "text": {"body": body}, **more}


def interactive(kind: str, action: Payload, body: str = "Which?") -> Payload:
    """Return an interactive message."""
    content = {"type": kind, "body": {"text": body}, "action": action}
    return text(type="interactive", interactive=content)


def buttons(
    count: int = 1, title: str = "{}", id: str = "{}", body: str = "Which?"
) -> Payload:
    """Return a message with buttons."""
    replies = [
        {"type": "reply", "reply": {"id": id.format(n), "title": title.format(n)}}
        for n in range(count)
    ]
    return interactive("button", {"buttons": replies}, body)


def rows(count: int = 1, label: str = "Choose", sections: int = 1, **more: str) -> Any:
    """Return a list."""
    shown = [{"id": str(n), "title": f"Row {n}", **more} for n in range(count)]
    parts = [{"rows": shown[n::sections]} for n in range(sections)]
    return interactive("list", {"button": label, "sections": parts})


CASES: dict[str, tuple[Payload, Payload, int]] = {
    "text": (text("x" * 4096), text("x" * 4097), 100),
    "empty text": (text("x"), text(" "), 131008),
    "product": (text(), text(messaging_product="sms"), 100),
    "nobody": (text(to="15555550123"), text(to=""), 100),
    "id as number": (text(to="+15555550123"), text(to="US.123"), 100),
    "number as id": (text(recipient="US.123"), text(recipient="15555550123"), 100),
    "kind": (text(), text(type="poll"), 131009),
    "callback": (
        text(biz_opaque_callback_data="x" * 512),
        text(biz_opaque_callback_data="x" * 513),
        100,
    ),
    "body": (buttons(body="x" * 1024), buttons(body="x" * 1025), 131009),
    "no body": (buttons(body="x"), buttons(body=""), 131009),
    "buttons": (buttons(3), buttons(4), 131009),
    "no button": (buttons(1), buttons(0), 131009),
    "title": (buttons(title="ñ" * 20), buttons(title="ñ" * 21), 131009),
    "same title": (buttons(2), buttons(2, title="Same"), 131009),
    "same id": (buttons(2), buttons(2, id="same"), 131009),
    "button id": (buttons(id="x" * 256), buttons(id="x" * 257), 131009),
    "rows": (rows(10), rows(11), 131009),
    "rows of all sections": (rows(10), rows(11, sections=2), 131009),
    "no row": (rows(1), rows(0), 131009),
    "row title": (rows(title="x" * 24), rows(title="x" * 25), 131009),
    "description": (rows(description="x" * 72), rows(description="x" * 73), 131009),
    "empty description": (rows(), rows(description=""), 131009),
    "row id": (rows(id="x" * 200), rows(id="x" * 201), 131009),
    "same row id": (rows(2), rows(2, id="same"), 131009),
    "label": (rows(label="x" * 20), rows(label="x" * 21), 131009),
    "no label": (rows(label="x"), rows(label=""), 131009),
    "section title": (rows(2), rows(2, sections=2), 131009),
    "interactive kind": (rows(), interactive("carousel", {}), 131009),
}


@pytest.mark.parametrize("name", CASES)
def test_what_is_just_right_passes_and_what_is_just_wrong_does_not(name: str) -> None:
    right, wrong, code = CASES[name]
    assert refusal(right) is None
    found = refusal(wrong)
    assert found is not None
    assert found[0] == code
