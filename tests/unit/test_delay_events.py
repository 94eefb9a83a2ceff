"""A denial, a court notice and the month of a filing are told from one another."""

from __future__ import annotations

from datetime import date

import pytest

from bot.core.languages import Language
from bot.services.delay_events import dated_parts, names_court_notice, says_denied
from bot.services.delay_words import Value, read_value

TODAY = date(2026, 11, 21)
DENIED = [
    "my N-400 was denied in March 2026", "me negaron la residencia", "it was denied",
    "No, it was denied", "no it was denied", "it got denied in May", "la rechazaron",
    "in May it was denied", "me la negó el oficial", "sí me la negaron",
    "I received a denial letter", "recibí una negativa", "mi caso fue denegado",
    "uscis rejected my I-130", "I have no lawyer and my case was denied",
    "it was not pending, it was denied", "not approved it was denied",
    "no la aprobaron la negaron", "rechazo", "they deny me", "I-485 denied",
    "se me negó la visa", "what can I do if they denied my case",
    "my visa was refused", "they refused my visa", "a 221(g) refusal",
    "not denied the first time, denied the second time", "they turned down my case",
]  # fmt: skip
NOT_DENIED = [
    "has not been denied", "no me la han negado", "it hasn't been denied yet",
    "no denial", "nunca me negaron nada", "neither approved nor denied",
    "no ha sido aprobada ni negada", "it wasn't rejected", "no fue rechazada",
    "not been approved or denied", "nobody denied it", "my visa was not refused",
    "I was never denied",
    "todavía no la niegan, no la han rechazado",
]  # fmt: skip
NO_WORD_OF_IT = [
    "I am afraid it will be denied", "what happens if it is denied?", "negocio",
    "they denied my expedite request", "se negaron a contestar", "can they deny me",
    "miedo de que sea negada", "puede ser negada", "what is a denial", "no sé",
    "la pueden rechazar", "avoid a denial", "si es negada qué pasa", "still waiting",
    "negaron la solicitud de acelerar, urgente", "", "they refused to answer",
    "I refused the offer", "it may be refused", "if it is refused",
]  # fmt: skip
NOTICES = [
    "they sent me a notice to appear", "I got an NTA", "Notice to Appear",
    "me llegó una notificación de comparecencia", "no interview, but an NTA",
]  # fmt: skip
NO_NOTICES = ["no NTA yet", "no me llegó ninguna NTA", "santa", "a notice", "not a NTA"]
# Language, text, the month of the filing, and whether it is asked about again.
FILINGS: list[tuple[Language, str, str | None, bool]] = [
    ("en", "interview was in June 2026, filed January 2025", "2025-01", False),
    ("en", "filed January 2025 interview in June 2026", "2025-01", False),
    ("en", "interview was in June 2026 filed January 2025", "2025-01", False),
    (
        "en",
        "In June 2026 I had the interview and I filed in May 2025",
        "2025-05",
        False,
    ),
    ("en", "January 2025, interview June 2026", "2025-01", False),
    ("en", "filed March 15, 2024, denied in 2026", "2024-03", False),
    ("en", "waiting since March 2022 for my interview", "2022-03", False),
    ("en", "pending since March 2022, no interview yet", "2022-03", False),
    ("en", "it has been 2 years and 3 months", "2024-08", False),
    ("en", "my interview was in June 2026", "2026-06", True),
    ("en", "it was denied in March 2026", None, False),
    ("en", "I appealed in May 2026", None, False),
    ("es", "la entrevista fue el 3/6/2026, presenté el 5/1/2025", "2025-01", False),
    ("es", "presenté en enero de 2025 y la entrevista en junio", "2025-01", False),
    ("es", "huellas en mayo de 2025, mandé todo en abril de 2025", "2025-04", False),
    ("es", "me la negaron en marzo de 2026", None, False),
]


@pytest.mark.parametrize("text", DENIED)
def test_a_denial_is_heard(text: str) -> None:
    assert says_denied(text) is True


@pytest.mark.parametrize("text", NOT_DENIED)
def test_what_was_not_denied_is_no_denial(text: str) -> None:
    assert says_denied(text) is False


@pytest.mark.parametrize("text", NO_WORD_OF_IT)
def test_a_no_that_may_come_or_was_about_something_else_is_none(text: str) -> None:
    assert says_denied(text) is None


@pytest.mark.parametrize("text", NOTICES)
def test_a_notice_to_appear_is_heard(text: str) -> None:
    assert names_court_notice(text)


@pytest.mark.parametrize("text", NO_NOTICES)
def test_where_there_is_no_notice_none_is_heard(text: str) -> None:
    assert not names_court_notice(text)


@pytest.mark.parametrize(("language", "text", "month", "is_about"), FILINGS)
def test_since_when_is_the_month_of_the_filing(
    language: Language, text: str, month: str | None, is_about: bool, knowledge: object
) -> None:
    found = read_value("since", text, language, TODAY, knowledge)  # type: ignore[arg-type]
    assert found == Value(month, is_about)


def test_the_month_of_an_interview_is_never_taken_unasked() -> None:
    for text in ("my interview was in June 2026", "interview June 2026"):
        assert read_value("since", text, "en", TODAY) == Value()


@pytest.mark.parametrize("text", ["no denied " * 9000, "filed " * 9000, "if a " * 9000])
def test_a_long_text_is_heard_in_no_time(text: str) -> None:
    assert not names_court_notice(text)
    assert says_denied(text) in (None, False)
    assert len(dated_parts(text).filing) <= len(text)
