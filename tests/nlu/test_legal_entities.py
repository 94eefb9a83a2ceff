"""What a message names is found: models, agencies, warrants, forms, places, times."""

from __future__ import annotations

import pytest

from bot.core.languages import Language
from bot.nlu.legal_entities import find_legal_entities

Found = list[tuple[str, str, str]]
NAMED: dict[str, tuple[str, Language, Found]] = {
    "jail_model": (
        "what is the jail model",
        "en",
        [("agreement_model", "jail", "jail model")],
    ),
    "task_force_and_wso": (
        "task force model vs warrant service officer",
        "en",
        [
            ("agreement_model", "task_force", "task force model"),
            ("agreement_model", "wso", "warrant service officer"),
        ],
    ),
    "modelo_de_carcel": (
        "modelo de cárcel",
        "es",
        [("agreement_model", "jail", "modelo de cárcel")],
    ),
    "tribal": ("tribal model", "en", [("agreement_model", "tribal", "tribal model")]),
    "ice": ("can ICE come", "en", [("agency", "ice", "ICE")]),
    "migra": ("vino la migra", "es", [("agency", "ice", "la migra")]),
    "border": ("border patrol", "en", [("agency", "cbp", "border patrol")]),
    "patrulla": (
        "la patrulla fronteriza",
        "es",
        [("agency", "cbp", "patrulla fronteriza")],
    ),
    "nypd": ("the nypd stopped me", "en", [("agency", "police", "nypd")]),
    "policia": ("me paró la policía", "es", [("agency", "police", "policía")]),
    "consulado": ("mi consulado", "es", [("agency", "consulate", "consulado")]),
    "court": (
        "la corte de inmigración",
        "es",
        [("agency", "immigration_court", "corte de inmigración")],
    ),
    "judicial": (
        "is it a judicial warrant",
        "en",
        [("warrant_kind", "judicial", "judicial warrant")],
    ),
    "orden_de_juez": (
        "una orden de un juez",
        "es",
        [("warrant_kind", "judicial", "orden de un juez")],
    ),
    "ice_warrant": (
        "an ICE warrant",
        "en",
        [("warrant_kind", "administrative", "ICE warrant")],
    ),
    "orden_de_ice": (
        "orden de ICE",
        "es",
        [("warrant_kind", "administrative", "orden de ICE")],
    ),
    "i_205": ("they showed i-205", "en", [("warrant_kind", "i_205", "i-205")]),
    "forms_and_county": (
        "N-400 and I-130 in Queens",
        "en",
        [
            ("form_number", "N-400", "N-400"),
            ("form_number", "I-130", "I-130"),
            ("county", "Queens, NY", "Queens"),
        ],
    ),
    "form_unhyphened": ("my N400", "en", [("form_number", "N400", "N400")]),
    "form_of_court": ("EOIR-26", "en", [("form_number", "EOIR-26", "EOIR-26")]),
    "county_well_known": (
        "Rensselaer",
        "en",
        [("county", "Rensselaer, NY", "Rensselaer")],
    ),
    "county_word": ("Ulster county", "en", [("county", "Ulster, NY", "Ulster county")]),
    "county_of_many_states": (
        "Monroe county",
        "en",
        [("county", "Monroe", "Monroe county")],
    ),
    "condado_of_many_states": (
        "condado de Orange",
        "es",
        [("county", "Orange", "condado de Orange")],
    ),
    "county_of_many_states_and_its_state": (
        "Orange county New York",
        "en",
        [("county", "Orange", "Orange county"), ("state", "NY", "New York")],
    ),
    "condado": (
        "condado de Hudson",
        "es",
        [("county", "Hudson, NJ", "condado de Hudson")],
    ),
    "county_two_words": (
        "Cape May county",
        "en",
        [("county", "Cape May, NJ", "Cape May county")],
    ),
    "state": ("i live in New Jersey", "en", [("state", "NJ", "New Jersey")]),
    "estado": ("vivo en Nueva York", "es", [("state", "NY", "Nueva York")]),
    "state_letters": ("in nj", "en", [("state", "NJ", "nj")]),
    "other_state": ("moved to Texas", "en", [("state", "TX", "Texas")]),
    "hours": ("after 48 hours", "en", [("duration", "48 HOURS", "48 hours")]),
    "anos": ("llevo dos años", "es", [("duration", "DOS ANOS", "dos años")]),
    "month": ("since march 2021", "en", [("date", "MARCH 2021", "march 2021")]),
    "mes": (
        "desde marzo de 2021",
        "es",
        [("date", "MARZO DE 2021", "marzo de 2021")],
    ),
    "day": ("on 03/15/2021", "en", [("date", "03/15/2021", "03/15/2021")]),
}
UNNAMED: dict[str, tuple[str, Language]] = {
    "ice_inside_words": ("the nice price of rice", "en"),
    "police_inside_word": ("policing", "en"),
    "first_name": ("my name is monroe", "en"),
    "colour": ("i live in an orange house", "en"),
    "agreement_number": ("what is 287(g)", "en"),
    "may_as_a_verb": ("may they enter", "en"),
    "nothing": ("", "es"),
}


@pytest.mark.parametrize(("text", "language", "expected"), NAMED.values(), ids=NAMED)
def test_entity_is_found_with_its_place_when_it_is_named(
    text: str, language: Language, expected: Found
) -> None:
    found = find_legal_entities(text, language)
    assert [(e.entity, e.value, text[e.start : e.end]) for e in found] == expected


@pytest.mark.parametrize(("text", "language"), UNNAMED.values(), ids=UNNAMED)
def test_entity_is_not_found_when_it_only_looks_like_one(
    text: str, language: Language
) -> None:
    assert find_legal_entities(text, language) == []
