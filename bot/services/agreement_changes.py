"""Compares a list with the one before: what came, went or changed, and what alarms."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from bot.core.agreements import (
    MODELS,
    Agreement,
    Remark,
    SheetRefused,
    agency_key,
    remark,
)

Kind = Literal["added", "removed", "changed"]
# The office's own states: every change there is looked at by a person.
WATCHED: Final = ("NY", "NJ")
_LEAST_SHARE: Final = 0.8
# So many lines at once do not change in a day: a column may have slipped.
_MANY_SHARE: Final = 0.2
_FEW: Final = 20
_COMPARED: Final = ("county", "signed", "moa_url", "addendum_url")


@dataclass(frozen=True)
class Change:
    """A line that differs; `what` names the fields that changed, perhaps "model"."""

    kind: Kind
    agreement: Agreement
    before: Agreement | None = None
    what: tuple[str, ...] = ()


@dataclass(frozen=True)
class Totals:
    """What a list holds, as numbers."""

    rows: int
    agencies: int
    states: dict[str, int]
    models: dict[str, int]
    without_county: int
    pending: int


def count(agreements: Sequence[Agreement]) -> Totals:
    """Return a list's totals; an agency counts once, however its name is printed."""
    models = Counter(one.model for one in agreements)
    states = Counter(one.state for one in agreements)
    return Totals(
        rows=len(agreements),
        agencies=len({(one.state, agency_key(one.agency)) for one in agreements}),
        states=dict(sorted(states.items())),
        models={model: models[model] for model in MODELS},
        without_county=sum(not one.county for one in agreements),
        pending=sum(not one.moa_url for one in agreements),
    )


def check_against(before: Sequence[Agreement], after: Sequence[Agreement]) -> None:
    """Do nothing if a list can be the one that follows on another.

    Raises:
        SheetRefused: it has lost, or exchanged, more than a fifth of the rows.
    """
    if len(after) < _LEAST_SHARE * len(before):
        raise SheetRefused(remark("too_few", rows=len(after), before=len(before)))
    removed = sum(change.kind == "removed" for change in compare(before, after))
    if len(before) - removed < _LEAST_SHARE * len(before):
        raise SheetRefused(remark("too_different", rows=removed, before=len(before)))


def compare(before: Iterable[Agreement], after: Iterable[Agreement]) -> list[Change]:
    """Return what differs, by state and agency, however a name is printed."""
    old, new = _by_agency(before), _by_agency(after)
    changes: list[Change] = []
    for key in sorted(old.keys() | new.keys()):
        changes += _compare_agency(old[key], new[key])
    return changes


def find_alarms(
    before: Sequence[Agreement], after: Sequence[Agreement], changes: Sequence[Change]
) -> list[Remark]:
    """Return what a person must look at: a state that vanished, NY and NJ."""
    old, new = (Counter(one.state for one in rows) for rows in (before, after))
    alarms = [
        remark("state_gone", state=state, before=rows)
        for state, rows in sorted(old.items())
        if not new[state]
    ]
    watched = [change for change in changes if change.agreement.state in WATCHED]
    alarms += [
        remark(
            f"watched_{change.kind}",
            state=change.agreement.state,
            agency=change.agreement.agency,
            model=change.agreement.model,
        )
        for change in watched
    ]
    changed = sum(change.kind == "changed" for change in changes)
    if changed > max(_FEW, _MANY_SHARE * len(before)):
        alarms.append(remark("many_changed", rows=changed))
    return alarms


def _by_agency(
    rows: Iterable[Agreement],
) -> defaultdict[tuple[str, str], list[Agreement]]:
    found: defaultdict[tuple[str, str], list[Agreement]] = defaultdict(list)
    for one in rows:
        found[one.state, agency_key(one.agency)].append(one)
    return found


def _compare_agency(
    before: Sequence[Agreement], after: Sequence[Agreement]
) -> Iterator[Change]:
    left, came = list(before), []
    for one in after:
        same = _take(left, one)
        if same is None:
            came.append(one)
            continue
        what = tuple(
            name for name in _COMPARED if getattr(same, name) != getattr(one, name)
        )
        if what:
            yield Change("changed", one, same, what)
    # An agency that goes over from one model to another.
    while left and came:
        yield Change("changed", came.pop(0), left.pop(0), ("model",))
    yield from (Change("added", one) for one in came)
    yield from (Change("removed", one) for one in left)


def _take(rows: list[Agreement], wanted: Agreement) -> Agreement | None:
    of_model = [one for one in rows if one.model == wanted.model]
    if not of_model:
        return None
    # Of two lines of one model the one that is alike, if there is one.
    alike = next((o for o in of_model if o.signed == wanted.signed), of_model[0])
    rows.remove(alike)
    return alike
