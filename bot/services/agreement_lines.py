"""Writes the agencies that were found, with model, date and agreement, in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from bot.core.agreements import ICE_PAGE, Agreement, Model
from bot.core.dates import spoken_date
from bot.core.languages import Language
from bot.knowledge.base import KnowledgeBase
from bot.services.agreement_places import FoundAgency, ties_of
from bot.services.place_names import state_name
from bot.services.showing import say

MOST_AGENCIES: Final = 5
MODEL_PHRASES: Final[dict[Model, str]] = {
    "JEM": "agreements_jem",
    "TFM": "agreements_tfm",
    "WSO": "agreements_wso",
}
# No agreement is older; such a date is a typing mistake of the list's.
_FIRST_YEAR: Final = 2019
_MOST_STATEWIDE: Final = 3


def list_agencies(
    agencies: Sequence[FoundAgency],
    language: Language,
    knowledge: KnowledgeBase,
    page: str = ICE_PAGE,
) -> str:
    """Return a line for each agency; of very many the first, and where the rest is."""
    shown = [f"- {_agency(a, language, knowledge)}" for a in agencies[:MOST_AGENCIES]]
    rest = len(agencies) - len(shown)
    if rest > 0:
        count = str(rest)
        more = say(knowledge, "agreements_more", language, count=count, page=page)
        shown.append(f"- {more}")
    return "\n".join(shown)


def name_statewide(
    agencies: Sequence[FoundAgency],
    state: str,
    language: Language,
    knowledge: KnowledgeBase,
) -> str:
    """Return the names of a state's own agencies."""
    # A college is the state's, too, but works in one place: it comes last.
    own = state_name(state, "en")
    ordered = sorted(agencies, key=lambda a: not a.agency.startswith(own))
    return name_some(ordered, language, knowledge)


def name_some(
    agencies: Sequence[FoundAgency], language: Language, knowledge: KnowledgeBase
) -> str:
    """Return the names of the first agencies, and how many more there are."""
    names = [agency.agency for agency in agencies[:_MOST_STATEWIDE]]
    rest = len(agencies) - len(names)
    if rest > 0:
        count = str(rest)
        names.append(say(knowledge, "agreements_and_more", language, count=count))
    return "; ".join(names).rstrip(".")


def signed_on(line: Agreement) -> date | None:
    """Return the day of signing, None where the list's cannot be true."""
    is_known = line.signed is not None and line.signed.year >= _FIRST_YEAR
    return line.signed if is_known else None


def _agency(agency: FoundAgency, language: Language, knowledge: KnowledgeBase) -> str:
    name = agency.agency
    ties = ties_of(agency.lines[0])
    if agency.county and not ties.own:
        name = f"{name} ({agency.county})"
    elif not agency.county and not ties.own and not ties.is_statewide:
        note = say(knowledge, "agreements_named_only", language)
        name = f"{name} ({note})"
    lines = "; ".join(_line(line, language, knowledge) for line in agency.lines)
    return say(knowledge, "agreements_agency", language, agency=name, lines=lines)


def _line(line: Agreement, language: Language, knowledge: KnowledgeBase) -> str:
    parts = [say(knowledge, MODEL_PHRASES[line.model], language)]
    signed = signed_on(line)
    if signed is not None:
        day = spoken_date(signed, language)
        parts.append(say(knowledge, "agreements_signed", language, date=day))
    if line.moa_url:
        parts.append(say(knowledge, "agreements_linked", language, url=line.moa_url))
    else:
        parts.append(say(knowledge, "agreements_not_posted", language))
    return ", ".join(parts)
