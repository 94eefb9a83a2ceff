"""Says what was found in ICE's list of agreements, or asks back which place it is."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Final

from bot.core.agreements import ICE_PAGE, Agreement, Model
from bot.core.dates import spoken_date
from bot.core.languages import Language
from bot.core.messages import Button, Reply
from bot.knowledge.base import KnowledgeBase
from bot.services.agreement_places import FoundAgency, ties_of
from bot.services.agreement_search import Found
from bot.services.place_names import state_name
from bot.services.showing import say

MOST_AGENCIES: Final = 5
MODEL_PHRASES: Final[dict[Model, str]] = {
    "JEM": "agreements_jem",
    "TFM": "agreements_tfm",
    "WSO": "agreements_wso",
}
_ENTRIES: Final[dict[Model, str]] = {
    "JEM": "model_jail",
    "TFM": "model_task_force",
    "WSO": "model_wso",
}
_LABELS: Final = (
    "agreements_choice_1",
    "agreements_choice_2",
    "agreements_choice_3",
    "agreements_choice_4",
    "agreements_choice_5",
    "agreements_choice_6",
    "agreements_choice_7",
    "agreements_choice_8",
    "agreements_choice_9",
)
_REFUSALS: Final = {"no_list": "agreements_no_list", "too_old": "agreements_too_old"}
# No agreement is older; such a date is a typing mistake of the list's.
_FIRST_YEAR: Final = 2019
_MOST_STATEWIDE: Final = 3
_NO_MATCH: Final = "county_no_match"
_LOOK_YOURSELF: Final = "check_my_county"


def reply_about_place(
    found: Found, language: Language, knowledge: KnowledgeBase
) -> Reply:
    """Return the reply to a question about a place, with its texts as values."""
    if found.kind in ("listed", "not_listed"):
        return _answer(found, language, knowledge)
    if found.kind in _REFUSALS:
        values = {"url": ICE_PAGE, "date": _day(found.dated, language)}
        phrases = (_REFUSALS[found.kind], "agreements_not_safe")
        return Reply(
            "no_answer",
            language,
            options=_known((_LOOK_YOURSELF,), knowledge),
            phrases=phrases,
            values=values,
        )
    return _ask(found, language)


def _ask(found: Found, language: Language) -> Reply:
    phrases: tuple[str, ...] = ("agreements_ask_place",)
    if found.kind == "no_place":
        phrases = ("agreements_no_place",)
    elif found.kind == "ask_state":
        phrases = ("agreements_ask_state",)
        if len(found.choices) < len(found.states) or not found.states:
            phrases = ("agreements_ask_state", "agreements_write_state")
    elif not found.choices:
        phrases = ("agreements_unknown_place",)
    chosen = found.choices[: len(_LABELS)]
    values = {
        label.removeprefix("agreements_"): c.label for label, c in zip(_LABELS, chosen)
    }
    buttons = tuple(
        Button(label, _payload(choice.text)) for label, choice in zip(_LABELS, chosen)
    )
    return Reply(
        "clarify",
        language,
        phrases=phrases,
        buttons=buttons,
        values={**values, "place": found.place},
    )


def _payload(place: str) -> str:
    return f"/ask_agreement{json.dumps({'place': place}, ensure_ascii=False)}"


def _answer(found: Found, language: Language, knowledge: KnowledgeBase) -> Reply:
    values = {
        "place": found.place,
        "date": _day(found.dated, language),
        "url": ICE_PAGE,
        "agencies": _agencies(found, language, knowledge),
    }
    texts: list[str] = []
    if found.is_late:
        values["days"] = str(found.days)
        texts.append("agreements_late")
    texts.append(_main_phrase(found))
    if found.override is not None:
        values["state"] = state_name(found.override.state, language)
        values["source"] = found.override.source_url
        values["says"] = found.override.says[language]
        texts.append("agreements_override")
    if found.statewide:
        values["wide"] = _statewide(found, language, knowledge)
        texts.append("agreements_statewide")
    if found.sort == "town":
        texts.append("agreements_other_agency")
    texts.append("agreements_not_safe")
    models = {line.model for agency in found.agencies for line in agency.lines}
    options = tuple(_ENTRIES[model] for model in _ENTRIES if model in models)
    return Reply(
        "answer",
        language,
        options=_known(options or (_NO_MATCH,), knowledge),
        phrases=tuple(texts),
        values=values,
    )


def _main_phrase(found: Found) -> str:
    if found.kind == "listed":
        return "agreements_listed"
    is_state = found.sort == "state"
    return "agreements_none_in_state" if is_state else "agreements_not_listed"


def _agencies(found: Found, language: Language, knowledge: KnowledgeBase) -> str:
    shown = [
        f"- {_agency(agency, language, knowledge)}"
        for agency in found.agencies[:MOST_AGENCIES]
    ]
    rest = len(found.agencies) - len(shown)
    if rest > 0:
        more = say(knowledge, "agreements_more", language, count=str(rest))
        shown.append(f"- {more}")
    return "\n".join(shown)


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


def signed_on(line: Agreement) -> date | None:
    """Return the day of signing, None where the list's cannot be true."""
    is_known = line.signed is not None and line.signed.year >= _FIRST_YEAR
    return line.signed if is_known else None


def _statewide(found: Found, language: Language, knowledge: KnowledgeBase) -> str:
    # A college is the state's, too, but works in one place: it comes last.
    own = state_name(found.states[0], "en")
    ordered = sorted(found.statewide, key=lambda a: not a.agency.startswith(own))
    names = [agency.agency for agency in ordered[:_MOST_STATEWIDE]]
    rest = len(found.statewide) - len(names)
    if rest > 0:
        names.append(say(knowledge, "agreements_more", language, count=str(rest)))
    return "; ".join(names).rstrip(".")


def _known(entries: Sequence[str], knowledge: KnowledgeBase) -> tuple[str, ...]:
    return tuple(entry for entry in entries if knowledge.find(entry) is not None)


def _day(day: date | None, language: Language) -> str:
    return spoken_date(day, language) if day is not None else ""
