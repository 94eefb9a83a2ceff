"""Reads YAML as office files use it; what could harm the reader is refused first."""

from __future__ import annotations

import re
from typing import Any, Final

import yaml

from bot.core.errors import ContentError, Fault, Wording

_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# The library goes down with the whole process when lists nest tens of thousands deep.
_DEEPEST: Final = 40
_NESTED_IN_A_LINE: Final = re.compile(rf"^[ ]*(?:[-?][ ]+){{{_DEEPEST}}}", re.MULTILINE)
_BRACKET: Final = re.compile(r"[\[\]{}]")
_INDENTATION: Final = (
    "Check the indentation, here and just before, and put quotes around text with a "
    "colon."
)
_REPEATED: Final = "Write the text itself in each place."


def load_yaml(text: str, name: str, first_line: int = 1) -> Any:
    """Return what a YAML text says.

    Raises:
        ContentError: the text is not YAML, nests too deep, or refers to parts of
            itself; with the line where it is known.
    """
    if _NESTED_IN_A_LINE.search(text) or _depth(text) > _DEEPEST:
        raise _refusal(name, "brackets or lists nest too deep", _INDENTATION)
    try:
        data = yaml.load(text, Loader=_LOADER)  # noqa: S506 - a safe loader
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + first_line if mark else first_line
        problem = getattr(error, "problem", None) or "not valid YAML"
        raise _refusal(name, problem, _INDENTATION, line) from None
    except (ValueError, RecursionError) as error:
        # A date such as 2026-02-31 is told by Python, not by the YAML library.
        raise _refusal(
            name, Wording("cannot be read ({why})", why=error), _INDENTATION
        ) from None
    if _repeats_a_part(data):
        raise _refusal(name, "& and * refer to another part", _REPEATED)
    return data


def _refusal(
    name: str, problem: str, remedy: str, line: int | None = None
) -> ContentError:
    return ContentError([Fault(name, "YAML", problem, remedy, line)])


def _depth(text: str) -> int:
    depth = deepest = 0
    for bracket in _BRACKET.findall(text):
        depth = max(0, depth + (1 if bracket in "[{" else -1))
        deepest = max(deepest, depth)
    return deepest


def _repeats_a_part(data: Any) -> bool:
    """Whether a list or mapping stands in two places: written out it could be huge."""
    seen: set[int] = set()
    waiting = [data]
    while waiting:
        part = waiting.pop()
        if not isinstance(part, (list, dict)) or not part:
            continue
        if id(part) in seen:
            return True
        seen.add(id(part))
        waiting += part.values() if isinstance(part, dict) else part
    return False
