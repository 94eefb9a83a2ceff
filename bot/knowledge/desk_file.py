"""Reads the part `desk` of office.yml: hours, kinds of consultation, urgency."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import time
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.core.errors import ContentError, Fault, Wording
from bot.core.office import DeskRules
from bot.knowledge.registers import read_mapping

_DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_HOURS: Final = re.compile(r"(\d\d:\d\d)-(\d\d:\d\d)")
_KINDS: Final = frozenset({"phone", "office"})
_TIMES: Final = frozenset({"morning", "midday", "afternoon", "evening"})


def read_desk(root: Path) -> DeskRules:
    """Return the rules of the desk.

    Raises:
        ContentError: naming each field that is wrong and what to write.
    """
    given = read_mapping(root / "office.yml", root).get("desk") or {}
    if not isinstance(given, Mapping):
        remedy = "Write the fields of the desk below it."
        raise ContentError([Fault("knowledge/office.yml", "desk", "is wrong", remedy)])
    faults: list[Fault] = []

    def check(field: str, is_right: bool, remedy: str) -> None:
        if not is_right:
            faults.append(
                Fault("knowledge/office.yml", f"desk.{field}", "is wrong", remedy)
            )

    usual = DeskRules()
    kinds = given.get("kinds", list(usual.kinds))
    times = given.get("times", list(usual.times))
    minutes = given.get("minutes", usual.minutes)
    urgent = given.get("urgent_days", usual.urgent_days)
    zone, hours = str(given.get("time_zone", usual.time_zone)), given.get("open") or {}
    check("kinds", _are_of(kinds, _KINDS), "Choose among: phone, office.")
    among = Wording("Choose among: {names}.", names=", ".join(sorted(_TIMES)))
    check("times", _are_of(times, _TIMES), among)
    check("minutes", _is_between(minutes, 5, 240), "Write a number from 5 to 240.")
    check("urgent_days", _is_between(urgent, 1, 90), "Write a number from 1 to 90.")
    check("time_zone", _is_zone(zone), "Write a name such as America/New_York.")
    check("open", _are_hours(hours), 'Write a day and its hours: mon: "09:00-17:00"')
    if faults:
        raise ContentError(faults)
    return DeskRules(zone, _hours(hours), urgent, tuple(kinds), minutes, tuple(times))


def _are_of(given: Any, known: frozenset[str]) -> bool:
    if not (isinstance(given, list) and given):
        return False
    return all(isinstance(one, str) for one in given) and set(given) <= known


def _is_between(given: Any, least: int, most: int) -> bool:
    return isinstance(given, int) and least <= given <= most


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _are_hours(given: Any) -> bool:
    if not isinstance(given, Mapping) or not set(given) <= set(_DAYS):
        return False
    try:
        return all(start < end for start, end in _hours(given).values())
    except (ValueError, AttributeError):
        return False


def _hours(given: Mapping[str, str]) -> dict[int, tuple[time, time]]:
    hours = {}
    for day, text in given.items():
        found = _HOURS.fullmatch(str(text))
        if found is None:
            raise ValueError(text)
        start, end = (time.fromisoformat(part) for part in found.groups())
        hours[_DAYS.index(day)] = (start, end)
    return hours
