"""Says what was found in ICE's list of agreements, or asks back which place it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from bot.core.agreements import ICE_PAGE, Model
from bot.core.dates import spoken_date
from bot.core.languages import Language
from bot.core.messages import Reply
from bot.knowledge.base import KnowledgeBase
from bot.services.agreement_back import ask_back, asking_once, asks_back
from bot.services.agreement_back import question_in as question_in
from bot.services.agreement_lines import list_agencies, name_some, name_statewide
from bot.services.agreement_near import is_county_bare
from bot.services.agreement_search import Found
from bot.services.place_names import state_name
from bot.services.showing import say

_ENTRIES: Final[dict[Model, str]] = {
    "JEM": "model_jail",
    "TFM": "model_task_force",
    "WSO": "model_wso",
}
_REFUSALS: Final = {"no_list": "agreements_no_list", "too_old": "agreements_too_old"}
_ANSWERS: Final = frozenset({"listed", "not_listed"})
# What is said of a further place, beside its answer.
_SHORT_PHRASES: Final = (
    "agreements_late",
    "agreements_near",
    "agreements_override",
    "agreements_bare_counties",
    "agreements_taken",
    "agreements_own_county",
)
_NO_MATCH: Final = "county_no_match"
_LOOK_YOURSELF: Final = "check_my_county"
_ALL_MODELS: Final = "models_overview"


def reply_about_place(
    found: Found,
    language: Language,
    knowledge: KnowledgeBase,
    page: str = ICE_PAGE,
    *,
    is_afraid: bool = False,
) -> Reply:
    """Return the reply to a question about a place, with its texts as values.

    `page`: where the whole list can be looked through.
    """
    found = asking_once(found)
    if found.kind in _ANSWERS:
        return _with_also(
            _answer(found, language, knowledge, page), found, knowledge, page
        )
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
    reply = ask_back(found, language)
    if is_afraid:
        reply = replace(reply, phrases=("agreements_kind", *reply.phrases))
    return _with_also(reply, found, knowledge, page)


def reply_when_lost(language: Language, page: str, *, is_afraid: bool = False) -> Reply:
    """Return help for people who cannot say which county it is."""
    phrases: tuple[str, ...] = ("agreements_find_county",)
    if is_afraid:
        phrases = ("agreements_kind", "agreements_find_county")
    return Reply("clarify", language, phrases=phrases, values={"page": page})


def entry_of_meaning(found: Found, knowledge: KnowledgeBase) -> str:
    """Return the entry that tells what an answer means; "" if there is none."""
    models = _models(found)
    names = (_ALL_MODELS, *models) if len(models) > 1 else (*models, _NO_MATCH)
    return next(iter(_known(names, knowledge)), "")


def _answer(
    found: Found, language: Language, knowledge: KnowledgeBase, page: str
) -> Reply:
    values = _values(found, language, knowledge, page)
    texts: list[str] = []
    if found.is_late:
        values["days"] = str(found.days)
        texts.append("agreements_late")
    texts.append(_main_phrase(found))
    if is_county_bare(found, language):
        texts.append("agreements_county_not_listed")
    if found.near and found.sort == "town" and not found.asked:
        values["near"] = name_some(found.near, language, knowledge)
        texts.append("agreements_near")
    if found.override is not None:
        values["state"] = state_name(found.override.state, language)
        values["source"] = found.override.source_url
        values["says"] = found.override.says[language]
        texts.append("agreements_override")
    if found.statewide:
        state = found.states[0]
        values["wide"] = name_statewide(found.statewide, state, language, knowledge)
        texts.append("agreements_statewide")
    texts += _more_phrases(found)
    texts.append("agreements_not_safe")
    return Reply(
        "answer",
        language,
        options=_known(_models(found) or (_without_match(found),), knowledge),
        phrases=tuple(texts),
        values=values,
    )


def _values(
    found: Found, language: Language, knowledge: KnowledgeBase, page: str
) -> dict[str, str]:
    return {
        "place": found.place,
        "date": _day(found.dated, language),
        "url": ICE_PAGE,
        "agencies": list_agencies(found.agencies, language, knowledge, page),
        "asked": found.asked_whole,
        "counties": "; ".join(found.counties),
        "bare": "; ".join(found.bare_counties),
    }


def _more_phrases(found: Found) -> list[str]:
    """Return what is told of a town's counties, and that its state was not said."""
    texts = []
    if found.bare_counties and not found.asked:
        texts.append("agreements_bare_counties")
    if found.is_taken:
        texts.append("agreements_taken")
    if found.is_own_county and not found.asked:
        texts.append("agreements_own_county")
    elif found.sort == "town" and not found.counties and not found.is_own_county:
        texts.append("agreements_other_agency")
    return texts


def _main_phrase(found: Found) -> str:
    if found.kind == "listed":
        if found.only_towns and not found.asked:
            return "agreements_listed_towns"
        if found.asked_listed and found.sort == "state":
            # Not "for Florida", as if the state had no other.
            return "agreements_listed_asked"
        is_county = found.only_county and not found.asked
        return "agreements_listed_county" if is_county else "agreements_listed"
    if found.asked:
        return "agreements_not_listed_agency"
    if found.sort == "state":
        return "agreements_none_in_state"
    return "agreements_not_listed_county" if found.counties else "agreements_not_listed"


def _without_match(found: Found) -> str:
    """Return the entry for a place not listed; only of a county that was looked up."""
    is_open = found.asked or (found.sort == "town" and not found.counties)
    return _LOOK_YOURSELF if is_open else _NO_MATCH


def _with_also(
    reply: Reply, found: Found, knowledge: KnowledgeBase, page: str
) -> Reply:
    """Add the further places of the message: shortly, questions last."""
    if not found.also:
        return reply
    language = reply.language
    question = question_in(found)
    texts = [
        _shortly(also, language, knowledge, page, is_first=also is question)
        for also in found.also
    ]
    values = {**reply.values, "also": "\n\n".join(text for text in texts if text)}
    at = len(reply.phrases) - (reply.phrases[-1:] == ("agreements_not_safe",))
    phrases = (*reply.phrases[:at], "agreements_also", *reply.phrases[at:])
    models = dict.fromkeys(m for f in (found, *found.also) for m in _models(f))
    options = _known(tuple(models), knowledge) or reply.options
    if question is None or reply.buttons:
        return replace(reply, phrases=phrases, values=values, options=options)
    asking = ask_back(question, language)
    return replace(
        reply,
        phrases=phrases,
        # Buttons of entries would stand in place of those of the question.
        options=() if asking.buttons else options,
        buttons=asking.buttons,
        values={**asking.values, **values},
    )


def _shortly(
    found: Found,
    language: Language,
    knowledge: KnowledgeBase,
    page: str,
    *,
    is_first: bool,
) -> str:
    """Return what is said of a further place, as one text; of a question, the first."""
    if found.kind in _ANSWERS:
        reply = _answer(found, language, knowledge, page)
        keys = {*_SHORT_PHRASES, _main_phrase(found)}
    elif asks_back(found):
        reply = ask_back(found, language)
        keys = set(reply.phrases if is_first else reply.phrases[:1])
    else:
        reply = Reply(
            "no_answer",
            language,
            phrases=(_REFUSALS[found.kind],),
            values={"url": ICE_PAGE, "date": _day(found.dated, language)},
        )
        keys = set(reply.phrases)
    texts = []
    for key in reply.phrases:
        if key in keys:
            texts.append(say(knowledge, key, language, **reply.values))
    return "\n\n".join(texts)


def _models(found: Found) -> tuple[str, ...]:
    models = {line.model for agency in found.agencies for line in agency.lines}
    return tuple(_ENTRIES[model] for model in _ENTRIES if model in models)


def _known(entries: Sequence[str], knowledge: KnowledgeBase) -> tuple[str, ...]:
    return tuple(entry for entry in entries if knowledge.find(entry) is not None)


def _day(day: date | None, language: Language) -> str:
    return spoken_date(day, language) if day is not None else ""
