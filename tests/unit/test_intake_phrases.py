"""What the form says is written in both languages and fits on WhatsApp."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timezone

import pytest

from bot.core.consultations import CHANGE, CONFIRM, FIELDS, Consultation
from bot.core.intake import choices_of, phrase_keys
from bot.core.languages import LANGUAGES, Language
from bot.knowledge.base import KnowledgeBase
from bot.services.intake_replies import Form, ask, consent, summary_lines

NOON = datetime(2026, 7, 20, 12, 0, tzinfo=timezone.utc)
LONGEST = {
    "place": "elsewhere",
    "urgency": "date",
    "urgent_date": "2027-09-30",
    "other_side": "x" * 120,
    "matter": "privacy",
    "reach": "email",
    "address": "x" * 88 + "@example.com",
    "reach_time": "any",
    "message_ok": "yes",
    "name": "x" * 80,
    "spoken": "other",
    "kind": "office",
    "times": "any",
}
REQUEST = Consultation(
    "d" * 32, "4F2K", None, "web", "en", "new", False, LONGEST, NOON, NOON, NOON, 1
)
# Said before a question, the longest of them; those before consent are rare and short.
BEFORE = ("intake_begin", "intake_late", "intake_private", "intake_urgent_unknown")


def form_in(language: Language, knowledge: KnowledgeBase) -> Form:
    """Return a form on WhatsApp with every answer given."""
    return Form(knowledge, "whatsapp_cloud", language, 90, "d" * 32, LONGEST)


def words(form: Form, asked: str, said: tuple[str, ...]) -> str:
    """Return all that a question says, its blanks filled."""
    reply = ask(form, asked, said)
    lines = summary_lines(REQUEST, form.knowledge, form.language)
    values = {**reply.values, "summary": "\n".join(lines)}
    return "\n\n".join(
        form.knowledge.phrase(key, form.language, **values) for key in reply.phrases
    )


def test_every_key_made_from_parts_is_written(knowledge: KnowledgeBase) -> None:
    assert phrase_keys() - set(knowledge.phrases["en"]) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_with_its_hint_fits_under_buttons_on_whatsapp(
    language: Language, knowledge: KnowledgeBase
) -> None:
    form = form_in(language, knowledge)
    too_long = {}
    for asked in (*FIELDS, CONFIRM, CHANGE):
        hints = [k for k in phrase_keys() if k.startswith(f"intake_hint_{asked}")]
        before = (*hints, *BEFORE) if asked != "consent" else (*hints, "intake_late")
        for said in before:
            size = len(words(form, asked, (said,)))
            if size >= 1000:
                too_long[(asked, said)] = size
    assert too_long == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_labels_of_buttons_fit_on_whatsapp(
    language: Language, knowledge: KnowledgeBase
) -> None:
    form = form_in(language, knowledge)
    forms = [form, replace(form, answers={**LONGEST, "reach": "whatsapp"})]
    for asked in (*FIELDS, CONFIRM, CHANGE):
        for one in forms:
            buttons = ask(one, asked).buttons
            most = 20 if len(buttons) <= 3 else 24
            labels = [knowledge.phrase(b.label, language) for b in buttons]
            assert [label for label in labels if len(label) > most] == []
            assert len({label.casefold() for label in labels}) == len(labels) <= 10


def test_the_version_names_the_exact_words_and_the_language(
    knowledge: KnowledgeBase,
) -> None:
    versions = {
        consent(knowledge, channel, language, days).version
        for channel in ("web", "whatsapp_cloud")
        for language in LANGUAGES
        for days in (90, 30)
    }
    assert len(versions) == 8
    assert all(len(version) == 19 for version in versions)


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        (
            "en",
            [
                "Place: New York",
                "Date: August 3, 2026",
                "Other side: not said",
                "Number or e-mail: +1 212-555-0123",
            ],
        ),
        (
            "es",
            [
                "Lugar: Nueva York",
                "Fecha: 3 de agosto de 2026",
                "Otra parte: no lo dijo",
                "Número o correo: +1 212-555-0123",
            ],
        ),
    ],
)
def test_the_summary_says_answers_in_words(
    language: Language, lines: list[str], knowledge: KnowledgeBase
) -> None:
    given = {"place": "ny", "urgency": "date", "urgent_date": "2026-08-03"}
    answers = {**given, "other_side": "", "address": "+12125550123", "_last": "x"}
    said = summary_lines(replace(REQUEST, answers=answers), knowledge, language)
    assert [
        line for line in said if "deadline" not in line and "plazo" not in line
    ] == (lines)


def test_a_field_offers_only_what_the_office_offers(knowledge: KnowledgeBase) -> None:
    desk = replace(knowledge.desk, kinds=("phone",), times=("evening",))
    assert choices_of("kind", desk, "web", {}) == ("phone",)
    assert choices_of("times", desk, "web", {}) == ("evening", "any")
