"""Changes one item of the files of sources, facts and owners as text, and no other."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from bot.core.errors import ContentError, Fault
from bot.knowledge.entry_lines import scalar
from bot.knowledge.plain_yaml import load_yaml

Row = Mapping[str, Any]
_KEY: Final = re.compile(r"[\"']?(?P<key>[^\s\"':#][^\"':#]*)[\"']? *:(?: .*)?$")
_WIDTH: Final = "  "
_BY_HAND: Final = (
    "cannot be changed here as it is written",
    "Change it in the file, or write it there as the others are.",
)


def with_item(text: str, name: str, key: str, row: Row) -> str:
    """Return a file's text in which an item has these fields, new or changed.

    Comments, the order and all other items stay as they are.

    Raises:
        ContentError: the file is written in a way that this cannot change.
    """
    lines = text.rstrip("\n").split("\n")
    before = load_yaml(text, name) or {}
    place = _block(lines, key)
    if place is None and key in before:
        raise ContentError([Fault(name, key, *_BY_HAND)])
    if place is None:
        at = _place_of_new(lines, key)
        block = [f"{key}:", *_written(row)]
        # Where items stand apart, so does the new one.
        gap = [""] if at == len(lines) and "" in lines else []
        lines[at:at] = [*gap, *block]
    else:
        start, end = place
        block = lines[start:end]
        for field, value in row.items():
            if before[key].get(field) != value:
                block = _with_field(block, field, value)
        lines[start:end] = block
    return _sure("\n".join(lines) + "\n", name, key, {**before, key: dict(row)})


def with_owners(text: str, name: str, owners: Sequence[str]) -> str:
    """Return the office's file with these owners.

    Raises:
        ContentError: the file is written in a way that this cannot change.
    """
    lines = text.rstrip("\n").split("\n")
    before = load_yaml(text, name) or {}
    place = _block(lines, "owners") or (len(lines), len(lines))
    written = ", ".join(scalar(owner, in_list=True) for owner in owners)
    comments = [line for line in lines[slice(*place)] if line.lstrip().startswith("#")]
    lines[slice(*place)] = [f"owners: [{written}]", *comments]
    wanted = {**before, "owners": list(owners)}
    return _sure("\n".join(lines) + "\n", name, "owners", wanted)


def _sure(text: str, name: str, key: str, wanted: Mapping[str, Any]) -> str:
    """Return a text that says what is wanted and nothing else."""
    try:
        if load_yaml(text, name) == wanted:
            return text
    except ContentError:
        pass
    raise ContentError([Fault(name, key, *_BY_HAND)])


def _block(lines: list[str], key: str) -> tuple[int, int] | None:
    """Return where an item begins and ends; what stands above the next is not its."""
    start = None
    for number, line in enumerate(lines):
        found = _KEY.match(line)
        if start is None:
            start = number if found and found["key"].strip() == key else None
        elif found:
            return start, _before_comments(lines, start, number)
    return None if start is None else (start, len(lines))


def _before_comments(lines: list[str], least: int, end: int) -> int:
    while end > least + 1 and (
        not lines[end - 1].strip() or lines[end - 1].startswith("#")
    ):
        end -= 1
    return end


def _place_of_new(lines: list[str], key: str) -> int:
    """Return where a new item belongs: by its letters where the others are sorted."""
    keys = [
        (found["key"], n) for n, line in enumerate(lines) if (found := _KEY.match(line))
    ]
    names = [name for name, _ in keys]
    later = [number for name, number in keys if name > key]
    if names != sorted(names) or not later:
        return len(lines)
    return _before_comments(lines, 0, later[0])


def _with_field(block: list[str], field: str, value: Any) -> list[str]:
    pattern = re.compile(rf"^(?P<space> +){re.escape(field)} *:")
    for number, line in enumerate(block):
        found = pattern.match(line)
        if found is None:
            continue
        space, end = found["space"], number + 1
        while end < len(block) and _belongs(block[end], space):
            end += 1
        comments = [one for one in block[number:end] if one.lstrip().startswith("#")]
        return [*block[:number], *comments, *_said(field, value, space), *block[end:]]
    return [*block, *_said(field, value, _WIDTH)]


def _belongs(line: str, space: str) -> bool:
    """Whether a line goes on with the field that is indented so far."""
    return line.startswith((f"{space} ", f"{space}- "))


def _written(row: Row) -> list[str]:
    return [
        line for field, value in row.items() for line in _said(field, value, _WIDTH)
    ]


def _said(field: str, value: Any, space: str) -> list[str]:
    if not isinstance(value, list):
        return [f"{space}{field}: {_scalar(value)}"]
    lines = [f"{space}{field}:"]
    for item in value:
        first, *others = (f"{name}: {_scalar(one)}" for name, one in item.items())
        lines += [f"{space}  - {first}", *(f"{space}    {line}" for line in others)]
    return lines


def _scalar(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, date) else scalar(str(value))
