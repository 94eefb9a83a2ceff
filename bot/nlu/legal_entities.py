"""Finds what a message names: models, agencies, warrants, forms, places, times."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import spacy
from spacy.language import Language as Pipeline

from bot.core.languages import Language
from bot.nlu.places import (
    COUNTIES,
    COUNTIES_OF_TWO_WORDS,
    STATES,
    WELL_KNOWN_COUNTIES,
    states_of_county,
)

_PHRASES: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    "agreement_model": {
        "jail": ("jail model", "jail enforcement model", "jail enforcement",
                 "modelo de carcel", "jem"),
        "task_force": ("task force model", "task force", "grupo operativo",
                       "fuerza de tarea", "tfm"),
        "wso": ("warrant service officer", "warrant service model", "wso",
                "agente notificador"),
        "tribal": ("tribal model", "tribal task force", "modelo tribal"),
    },
    "agency": {
        "ice": ("ice", "la migra", "migra", "immigration and customs enforcement"),
        "cbp": ("cbp", "border patrol", "patrulla fronteriza"),
        "uscis": ("uscis",),
        "sheriff": ("sheriff", "alguacil", "sheriffs", "deputy", "deputies"),
        "police": ("police", "cops", "cop", "policia", "policias", "chota", "nypd",
                   "state troopers", "trooper"),
        "consulate": ("consulate", "embassy", "consulado", "embajada"),
        "immigration_court": ("immigration court", "corte de inmigracion"),
    },
    "warrant_kind": {
        "judicial": ("judicial warrant", "judge warrant", "judges warrant",
                     "search warrant", "warrant signed by a judge", "orden judicial",
                     "orden de registro", "orden de cateo", "orden de un juez"),
        "administrative": ("ice warrant", "administrative warrant",
                           "orden administrativa", "orden de ice"),
        "i_200": ("i-200", "i200", "form i-200"),
        "i_205": ("i-205", "i205", "form i-205"),
    },
}  # fmt: skip
_TIME_UNITS: Final = [
    "hour",
    "hours",
    "day",
    "days",
    "week",
    "weeks",
    "month",
    "months",
    "year",
    "years",
    "hora",
    "horas",
    "dia",
    "dias",
    "semana",
    "semanas",
    "mes",
    "meses",
    "ano",
    "anos",
    "hrs",
    "yrs",
]
_MONTHS: Final = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
]
_FORM: Final = r"^(?:[a-z]{1,4}-?\d{2,4}[a-z]?|n400|i\d{3}[a-z]?)$"
_NUMBER: Final = (
    r"^(?:\d{1,3}|a|an|un|una|one|two|three|four|five|six|dos|tres|cuatro|cinco|seis)$"
)


@dataclass(frozen=True)
class LegalEntity:
    """A named thing in a message: what it is, which one, and where it stands."""

    entity: str
    value: str
    start: int
    end: int


def find_legal_entities(text: str, language: Language) -> list[LegalEntity]:
    """Return the legal entities of a text, in order."""
    document = _pipeline(language)(_without_accents(text))
    return [
        LegalEntity(
            span.label_, span.id_ or span.text.upper(), span.start_char, span.end_char
        )
        for span in document.ents
    ]


def _without_accents(text: str) -> str:
    """Return the text in small letters without accents, each letter where it was."""
    return "".join(
        unicodedata.normalize("NFD", letter)[0] for letter in text.lower()[: len(text)]
    )


@lru_cache(maxsize=2)
def _pipeline(language: Language) -> Pipeline:
    pipeline = spacy.blank(language)
    ruler: Any = pipeline.add_pipe("entity_ruler", config={"overwrite_ents": False})
    with pipeline.select_pipes(enable="tokenizer"):
        ruler.add_patterns(list(_patterns()))
    return pipeline


def _patterns() -> Iterator[dict[str, Any]]:
    for entity, values in _PHRASES.items():
        for value, phrases in values.items():
            for phrase in phrases:
                yield {"label": entity, "id": value, "pattern": phrase}
    for state, names in STATES.items():
        for name in names:
            yield {"label": "state", "id": state, "pattern": name}
    yield from _county_patterns()
    yield {"label": "form_number", "pattern": [{"TEXT": {"REGEX": _FORM}}]}
    yield {"label": "form_number", "pattern": [
        {"TEXT": {"IN": ["i", "n", "g", "ar", "eoir"]}}, {"TEXT": "-", "OP": "?"},
        {"TEXT": {"REGEX": r"^\d{2,4}[a-z]?$"}}]}  # fmt: skip
    number, unit = {"TEXT": {"REGEX": _NUMBER}}, {"TEXT": {"IN": _TIME_UNITS}}
    yield {"label": "duration", "pattern": [number, unit]}
    yield {"label": "date", "pattern": [
        {"TEXT": {"IN": _MONTHS}}, {"TEXT": {"IN": ["de", "of", ","]}, "OP": "?"},
        {"TEXT": {"REGEX": r"^(?:19|20)\d\d$"}}]}  # fmt: skip
    yield {
        "label": "date",
        "pattern": [{"TEXT": {"REGEX": r"^\d{1,2}/\d{1,2}/(?:\d\d){1,2}$"}}],
    }


def _county_patterns() -> Iterator[dict[str, Any]]:
    for state, names in COUNTIES.items():
        for name in (*names.split(), *COUNTIES_OF_TWO_WORDS[state]):
            # A county that another state has, too, does not tell the visitor's state.
            is_one = len(states_of_county(name)) == 1
            value = f"{name.title()}, {state}" if is_one else name.title()
            forms = [f"{name} county", f"condado de {name}", f"{name} sheriff"]
            if name in WELL_KNOWN_COUNTIES:
                forms.append(name)
            for form in forms:
                yield {"label": "county", "id": value, "pattern": form}
