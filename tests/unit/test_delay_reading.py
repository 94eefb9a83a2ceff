"""Dates, form numbers and other answers of the delay check are read as people write."""

from __future__ import annotations

from datetime import date

import pytest

from bot.core.languages import Language
from bot.services.delay_months import read_month, spoken_month
from bot.services.delay_reading import is_not_known, read_choices

TODAY = date(2026, 11, 21)
MONTHS: list[tuple[Language, str, str]] = [
    ("en", "2024-03", "2024-03"),
    ("en", "2024-03-15", "2024-03"),
    ("en", "2024/3", "2024-03"),
    ("en", "03/2024", "2024-03"),
    ("en", "3-2024", "2024-03"),
    ("en", "3 2024", "2024-03"),
    ("en", "3/4/2024", "2024-03"),
    ("es", "3/4/2024", "2024-04"),
    ("en", "15/3/2024", "2024-03"),
    ("es", "3/15/2024", "2024-03"),
    ("en", "3/15/24", "2024-03"),
    ("en", "10/5/98", "1998-10"),
    ("en", "March 2024", "2024-03"),
    ("en", "in march of 2024", "2024-03"),
    ("en", "March 15, 2024", "2024-03"),
    ("en", "15 March 2024", "2024-03"),
    ("en", "march 12th, 2024 i think", "2024-03"),
    ("en", "Mar. 2024", "2024-03"),
    ("en", "Sept 2023", "2023-09"),
    ("en", "since May 2023", "2023-05"),
    ("en", "may 2023", "2023-05"),
    ("en", "Jan '23", "2023-01"),
    ("en", "febuary 2022", "2022-02"),
    ("en", "I filed my I-485 in June 2021", "2021-06"),
    ("en", "from march 2023 until now", "2023-03"),
    ("en", "march of last year", "2025-03"),
    ("en", "received date March 4 2024", "2024-03"),
    ("en", "jan 2022ish", "2022-01"),
    ("en", "january of 22", "2022-01"),
    ("es", "enero del 22", "2022-01"),
    ("en", "twenty-six months", "2024-09"),
    ("es", "treinta y seis meses", "2023-11"),
    ("es", "veintiséis meses", "2024-09"),
    ("en", "5 yrs 2 months", "2021-09"),
    ("es", "5 años 3 meses", "2021-08"),
    ("en", "two years ago", "2024-11"),
    ("en", "2 yrs", "2024-11"),
    ("en", "a year ago", "2025-11"),
    ("en", "a year and a half ago", "2025-05"),
    ("en", "one and a half years", "2025-05"),
    ("en", "2.5 years", "2024-05"),
    ("en", "for 18 months", "2025-05"),
    ("en", "eighteen months", "2025-05"),
    ("en", "half a year", "2026-05"),
    ("en", "2 years and 3 months", "2024-08"),
    ("en", "6 weeks ago", "2026-10"),
    ("en", "90 days ago", "2026-08"),
    ("en", "last month", "2026-10"),
    ("en", "yesterday", "2026-11"),
    ("en", "March two years ago", "2024-03"),
    ("es", "marzo de 2024", "2024-03"),
    ("es", "en marzo del 2024", "2024-03"),
    ("es", "el 12 de marzo de 2024", "2024-03"),
    ("es", "desde enero 2022", "2022-01"),
    ("es", "marso 2023", "2023-03"),
    ("es", "setiembre 2023", "2023-09"),
    ("es", "ago 2023", "2023-08"),
    ("es", "dic. 2023", "2023-12"),
    ("es", "mayo del año pasado", "2025-05"),
    ("es", "hace dos años", "2024-11"),
    ("es", "hace 2 anos", "2024-11"),
    ("es", "llevo tres años esperando", "2023-11"),
    ("es", "hace un año", "2025-11"),
    ("es", "hace año y medio", "2025-05"),
    ("es", "hace un año y medio", "2025-05"),
    ("es", "dos años y tres meses", "2024-08"),
    ("es", "hace medio año", "2026-05"),
    ("es", "desde hace 18 meses", "2025-05"),
    ("es", "dieciocho meses", "2025-05"),
    ("es", "el mes pasado", "2026-10"),
    ("es", "ayer", "2026-11"),
    ("es", "en 2024, hace dos años", "2024-11"),
]
ABOUT: list[tuple[Language, str, str]] = [
    ("en", "2023", "2023-07"),
    ("en", "since 2023", "2023-07"),
    ("es", "desde 2023", "2023-07"),
    ("en", "it was 2022", "2022-07"),
    ("en", "this year", "2026-07"),
    ("en", "last year", "2025-07"),
    ("es", "el año pasado", "2025-07"),
    ("en", "summer of 2023", "2023-07"),
    ("es", "a finales de 2022", "2022-11"),
    ("en", "early 2024", "2024-02"),
    ("en", "in March", "2026-03"),
    ("es", "en diciembre", "2025-12"),
    ("en", "more than two years", "2024-11"),
    ("es", "casi 3 años", "2023-11"),
    ("en", "a couple of years ago", "2024-11"),
    ("es", "un par de años", "2024-11"),
    ("en", "since 2021, more than 4 years", "2021-07"),
]
UNREADABLE = [
    "", "a long time", "mucho tiempo", "several years", "hace varios años", "3/23",
    "between 2021 and 2022", "entre marzo y mayo de 2021 o 2022", "it may be soon",
    "in 2 years", "dentro de dos años", "the mayor", "485", "on tuesday", "13/2024",
    "2 years ago and then 3 years", "abril 23", "march 15", "??!! 77",
]  # fmt: skip
OUT_OF_RANGE = [
    "December 2026", "2027", "marzo de 2030", "March 1985", "40 years ago", "12/1989",
]  # fmt: skip
FILED = [
    ("I-485", "i485"), ("i485", "i485"), ("my I 485", "i485"), ("el 485", "i485"),
    ("form I-485, adjustment", "i485"), ("green card", "i485"), ("greencard", "i485"),
    ("mi tarjeta verde", "i485"), ("ajuste de estatus", "i485"),
    ("la residencia permanente", "i485"), ("I-130", "i130"), ("la 130", "i130"),
    ("petition for my husband", "i130"), ("petición familiar", "i130"),
    ("petición para mi esposa", "i130"), ("work permit", "i765"), ("EAD", "i765"),
    ("permiso de trabajo", "i765"), ("asylum work permit", "i765"), ("I765", "i765"),
    ("N-400", "n400"), ("n400", "n400"), ("la ciudadanía", "n400"),
    ("naturalization", "n400"), ("citizenship", "n400"), ("I-751", "i751"),
    ("remove conditions on my green card", "i751"), ("quitar las condiciones", "i751"),
    ("asylum", "i589"), ("mi asilo", "i589"), ("I-589", "i589"), ("I-601A", "i601a"),
    ("601a", "i601a"), ("i 601a", "i601a"), ("provisional waiver", "i601a"),
    ("perdón provisional", "i601a"), ("I-601", "other"), ("U visa", "i918"),
    ("visa U", "i918"), ("I-918", "i918"), ("T visa", "other"),
    ("a visa for my wife", "visa"), ("visitor visa", "visa"), ("DS-160", "visa"),
    ("DS-260", "visa"), ("en la embajada", "visa"), ("FOIA", "foia"),
    ("a copy of my file", "foia"), ("mi expediente", "foia"), ("G-639", "foia"),
    ("immigration court", "court"), ("la corte de inmigración", "court"),
    ("EOIR-42B", "court"), ("TPS", "other"), ("I-131", "other"), ("I-90", "other"),
    ("green card renewal", "other"), ("renovar mi mica", "other"), ("otro", "other"),
    ("I-130 and I-485", "i130 i485"), ("la N-400 de mi mamá", "n400"),
    ("petición de esposa", "i130"), ("vawa", "other"), ("K-1", "other"),
    ("juicio de deportación", "court"), ("petición de asilo", "i589"),
    ("400 days", ""), ("waiting forever", ""), ("I am a citizen", ""), ("hola", ""),
    ("H-1B", "other"), ("I-485J", "i485"),
    ("yes i 2022 filed", ""), ("I 18 months", ""),
]  # fmt: skip
OTHERS = [
    ("where", "USCIS", "uscis"), ("where", "inmigración", "uscis"),
    ("where", "at the field office in Newark", "uscis"),
    ("where", "the embassy in Bogotá", "consulate"), ("where", "NVC", "consulate"),
    ("where", "el consulado", "consulate"), ("where", "FBI", "fbi"),
    ("where", "background check", "fbi"), ("where", "antecedentes", "fbi"),
    ("where", "immigration court", "court"), ("where", "con el juez", "court"),
    ("where", "no sé", "unknown"), ("where", "I don't know", "unknown"),
    ("where", "records office", "foia"), ("where", "hola", ""),
    ("happened", "interview", "interview"), ("happened", "la entrevista", "interview"),
    ("happened", "huellas", "biometrics"), ("happened", "nothing", "none"),
    ("happened", "todavía nada", "none"), ("happened", "no", "none"),
    ("happened", "fingerprints and interview", "interview biometrics"),
    ("happened", "fingerprints yes, but no interview", "biometrics"),
    ("happened", "huellas, pero no entrevista", "biometrics"),
    ("happened", "they asked me for more documents", "rfe"),
    ("happened", "me pidieron más pruebas", "rfe"), ("happened", "an RFE", "rfe"),
    ("happened", "they transferred it", "transfer"),
    ("happened", "lo trasladaron a otra oficina", "transfer"),
    ("happened", "they cancelled my interview", ""), ("happened", "bio", "biometrics"),
    ("happened", "my interview is scheduled for May", ""),
    ("happened", "nada de nada", "none"), ("happened", "nothing so far", "none"),
    ("happened", "fingerprints; interview next month", "biometrics"),
    ("tried", "todavía no he hecho nada", "none"),
    ("tried", "pedí que lo aceleren", "expedite"),
    ("home", "Washington Heights", "ny"), ("home", "Mexico", "elsewhere"),
    ("where", "administrative processing", "consulate"), ("where", "idk", "unknown"),
    ("happened", "no interview yet", ""), ("happened", "still waiting", ""),
    ("tried", "I called them", "inquiry"), ("tried", "hice una consulta", "inquiry"),
    ("tried", "my congresswoman wrote", "congress"),
    ("tried", "un senador", "congress"),
    ("tried", "ombudsman and a lawyer", "ombudsman lawyer"),
    ("tried", "asked to expedite", "expedite"), ("tried", "un abogado", "lawyer"),
    ("tried", "nada", "none"), ("tried", "not yet", "none"), ("tried", "bananas", ""),
    ("home", "Brooklyn", "ny"), ("home", "Nueva York", "ny"), ("home", "NJ", "nj"),
    ("home", "vivo en Newark", "nj"), ("home", "Texas", "elsewhere"),
    ("home", "West New York", "nj"),
    ("home", "in Florida", "elsewhere"), ("home", "otro estado", "elsewhere"),
    ("home", "West Virginia", "elsewhere"), ("home", "fuera del país", "elsewhere"),
    ("home", "with my mother", ""), ("home", "Honduras", "elsewhere"),
    ("home", "en Guatemala", "elsewhere"), ("home", "Ecuador", "elsewhere"),
    ("home", "República Dominicana", "elsewhere"),
    ("home", "vivo en El Salvador", "elsewhere"), ("home", "Perú", "elsewhere"),
    ("home", "I am in the Dominican Republic", "elsewhere"),
    ("home", "I am from Honduras but live in Newark", "nj"),
    ("home", "soy de Ecuador, vivo en Queens", "ny"),
    ("home", "vine de México, vivo en Brooklyn", "ny"),
    ("home", "I am from Honduras", ""), ("home", "el consulado en Honduras", ""),
    ("home", "soy de la República Dominicana, vivo en el Bronx", "ny"),
    ("home", "the embassy in El Salvador", ""), ("home", "in Mexico", "elsewhere"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "month"), MONTHS)
def test_a_month_is_read(language: Language, text: str, month: str) -> None:
    found = read_month(text, language, TODAY)
    assert found is not None
    assert (found.month, found.is_about) == (month, False)


@pytest.mark.parametrize(("language", "text", "month"), ABOUT)
def test_a_looser_time_is_read_and_marked(
    language: Language, text: str, month: str
) -> None:
    found = read_month(text, language, TODAY)
    assert found is not None
    assert (found.month, found.is_about) == (month, True)


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("text", UNREADABLE)
def test_what_names_no_month_is_not_read(language: Language, text: str) -> None:
    assert read_month(text, language, TODAY) is None


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("text", OUT_OF_RANGE)
def test_the_future_and_long_ago_are_refused(language: Language, text: str) -> None:
    found = read_month(text, language, TODAY)
    assert found is not None
    assert found.month == ""


@pytest.mark.parametrize(("text", "value"), FILED)
def test_a_paper_is_recognised_by_number_or_name(text: str, value: str) -> None:
    assert " ".join(read_choices("filed", text)) == value


@pytest.mark.parametrize(("field", "text", "value"), OTHERS)
def test_other_answers_are_recognised(field: str, text: str, value: str) -> None:
    assert " ".join(read_choices(field, text)) == value


@pytest.mark.parametrize(
    ("text", "is_unknown"),
    [
        ("I don't know", True),
        ("i dont remember when", True),
        ("not sure", True),
        ("no me acuerdo", True),
        ("no sé", True),
        ("no", False),
        ("no interview", False),
        ("I know it was March", False),
    ],
)
def test_not_knowing_is_an_answer(text: str, is_unknown: bool) -> None:
    assert is_not_known(text) == is_unknown


def test_a_month_is_said_in_both_languages() -> None:
    assert spoken_month("2022-12", "en") == "December 2022"
    assert spoken_month("2022-12", "es") == "diciembre de 2022"


@pytest.mark.parametrize("text", ["1 ano " * 5000, "no se " * 5000, "a" * 30000])
def test_a_long_text_is_read_in_no_time(text: str) -> None:
    assert read_month(text, "es", TODAY) is None
    assert read_choices("filed", text) == ()
    assert not is_not_known(text)
