"""How single fields are written in an entry's file, and changed there as text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import yaml

_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# Letters that no YAML file may hold, or that would end a line in one.
_NEVER: Final = frozenset("\u2028\u2029\ufeff\ufffe\uffff")
_HEAD: Final = re.compile(r"\A---\n(?P<head>.*?)^---$", re.DOTALL | re.MULTILINE)
# Fields that may be set one at a time, in the order of the file.
_ORDER: Final = (
    *("id", "label", "aliases", "jurisdiction", "status", "approved_by"),
    *("approved_on", "approved_text", "owner", "as_of", "review_by"),
    *("volatile", "emergency"),
)
_NAMES: Final = frozenset({"approved_by", "owner", "label"})


def one_line(text: str) -> str:
    """Return a text on one line, without signs that cannot be seen or kept.

    >>> one_line("  What is\\r\\n this?\\x07 ")
    'What is this?'
    """
    return " ".join(_kept(text.replace("\n", " ").replace("\r", " ")).split())


def paragraphs(text: str) -> str:
    """Return a text of several lines as it stands in a file, with LF line ends."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(_kept(line) for line in lines).strip()


def scalar(text: str, in_list: bool = False) -> str:
    """Return a text as a YAML value, in quotes only where it needs them.

    >>> scalar("what is it"), scalar("note: this"), scalar("yes")
    ('what is it', '"note: this"', '"yes"')
    """
    text = one_line(text)
    if not text or (not (in_list and set(text) & set("[]{},")) and _reads(text, text)):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def typed(text: str) -> str:
    """Return a date or another plain value as typed; in quotes if it is no such.

    >>> typed("2026-09-15"), typed("soon: maybe")
    ('2026-09-15', '"soon: maybe"')
    """
    text = one_line(text)
    is_plain = isinstance(_value(text), (date, bool)) and "#" not in text
    return text if is_plain else scalar(text)


def status_of(text: str) -> str:
    """Return the status that an English file states, also a faulty one; "" if none.

    >>> status_of("---\\nid: x\\nstatus: withdrawn\\n---\\n# Title")
    'withdrawn'
    """
    return field_of(text, "status")


def field_of(text: str, key: str) -> str:
    """Return a one-line field of a file, also of a faulty one; "" if none."""
    head = _HEAD.match(text)
    found = _line(key).findall(head["head"]) if head else []
    # Of two the last counts, as in YAML.
    return one_line(str(_value(found[-1].strip()) or "")) if found else ""


def with_fields(text: str, values: Mapping[str, str | None]) -> str:
    """Return a file text with some one-line fields set, or taken out where None.

    Nothing else changes, so it works on a text whose other fields have faults; one
    that has no fields at all gets these on top.
    """
    head = _HEAD.match(text)
    if head is None:
        return with_fields(f"---\n---\n{text}", values)
    lines = head["head"].split("\n")[:-1]
    for key, value in values.items():
        lines = _set(lines, key, value)
    return "---\n" + "".join(f"{line}\n" for line in lines) + text[head.end("head") :]


def _line(key: str) -> re.Pattern[str]:
    return re.compile(rf"^[\"']?{key}[\"']? *:(?: (.*))?$", re.MULTILINE)


def _set(lines: list[str], key: str, value: str | None) -> list[str]:
    pattern = _line(key)
    kept: list[str] = []
    place = None
    is_inside = False
    for line in lines:
        if pattern.match(line):
            place = len(kept) if place is None else place
            is_inside = True
            continue
        # What belongs to the field that is taken out: indented lines, a list.
        is_inside = is_inside and line.startswith((" ", "\t", "- "))
        if not is_inside:
            kept.append(line)
    if value is None:
        return kept
    said = scalar(value) if key in _NAMES else typed(value)
    kept.insert(_place(kept, key) if place is None else place, f"{key}: {said}")
    return kept


def _place(lines: list[str], key: str) -> int:
    """Return where a field belongs that a file has not got yet."""
    before = _ORDER[: _ORDER.index(key)] if key in _ORDER else ()
    places = [
        place
        for place, line in enumerate(lines)
        if any(_line(name).match(line) for name in before)
    ]
    place = max(places, default=-1) + 1
    while place < len(lines) and lines[place].startswith((" ", "\t", "- ")):
        place += 1
    return place


def _kept(line: str) -> str:
    return "".join(
        sign
        for sign in line
        if sign == "\t"
        or (sign not in _NEVER and unicodedata.category(sign) not in ("Cc", "Cs"))
    )


def _reads(written: str, value: str) -> bool:
    return bool(_value(written) == value)


def _value(written: str) -> Any:
    try:
        found = yaml.load(f"- {written}\n", Loader=_LOADER)  # noqa: S506 - a safe loader
    except (yaml.YAMLError, ValueError):
        return None
    return found[0] if isinstance(found, list) and len(found) == 1 else None
