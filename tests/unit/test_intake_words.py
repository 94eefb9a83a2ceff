"""Typed words are matched to choices in both languages; questions are told apart."""

from __future__ import annotations

import pytest

from bot.core.intake import choices_of
from bot.knowledge.base import KnowledgeBase
from bot.services.intake_words import (
    asks_something,
    choice_within,
    command_in,
    whole_choice,
)


@pytest.mark.parametrize(
    ("asked", "text", "choice"),
    [
        ("consent", "I agree", "agree"),
        ("consent", "Sí", "agree"),
        ("consent", "yes but who reads it", None),
        ("consent", "no", "no"),
        ("place", "nueva york", "ny"),
        ("place", "Jersey City", "nj"),
        ("place", "I live in Brooklyn", "ny"),
        ("place", "not in New York", None),
        ("place", "New York and New Jersey", None),
        ("urgency", "Alguien está detenido", "detained"),
        ("urgency", "my brother is detained", "detained"),
        ("urgency", "nobody is detained", None),
        ("urgency", "no", "neither"),
        ("urgency", "I don't know", "skip"),
        ("urgent_date", "no sé", "unknown"),
        ("other_side", "ICE", "government"),
        ("other_side", "nadie", "nobody"),
        ("other_side", "Nobody Inc", None),
        ("matter", "287(g)", "287g"),
        ("matter", "Órdenes y retenciones", "warrants"),
        ("matter", "my green card", None),
        ("reach", "by phone", "phone"),
        ("reach", "correo", "email"),
        ("reach", "not by phone", None),
        ("reach_time", "por la tarde", "afternoon"),
        ("times", "morning or evening", None),
        ("message_ok", "please don't", "no"),
        ("message_ok", "yes please", "yes"),
        ("spoken", "español", "es"),
        ("kind", "in person", "office"),
        ("confirm", "enviar", "send"),
        ("confirm", "don't send it", None),
    ],
)
def test_typed_words_are_matched_to_a_choice(
    asked: str, text: str, choice: str | None, knowledge: KnowledgeBase
) -> None:
    choices = choices_of(asked, knowledge.desk, "web", {})
    found = whole_choice(text, asked, choices, knowledge)
    assert (found or choice_within(text, asked, choices)) == choice


@pytest.mark.parametrize("language", ["en", "es"])
def test_each_label_typed_out_is_its_own_choice(
    language: str, knowledge: KnowledgeBase
) -> None:
    wrong = []
    for asked in ("consent", "place", "urgency", "matter", "reach", "times", "kind"):
        choices = choices_of(asked, knowledge.desk, "web", {})
        for choice in choices:
            key = f"intake_choice_{asked}_{choice}"
            label = knowledge.phrase(key, language)  # type: ignore[arg-type]
            if whole_choice(label, asked, choices, knowledge) != choice:
                wrong.append((asked, label))
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("Back", "back"),
        ("atrás", "back"),
        ("skip", "skip"),
        ("prefiero no decirlo", "skip"),
        ("Cancel!", "cancel"),
        ("cancelar", "cancel"),
        ("can they cancel my visa", None),
        ("I want to go back to my country", None),
        ("cancel my green card interview", None),
    ],
)
def test_a_command_is_the_whole_message(text: str, command: str | None) -> None:
    assert command_in(text) == command


@pytest.mark.parametrize(
    ("text", "asked", "is_question"),
    [
        ("how long does it take", "matter", True),
        ("why?", "name", True),
        ("¿quién lee esto?", "consent", True),
        ("qué pasa con la fianza", "other_side", True),
        ("can ICE come in", "reach", True),
        ("in English please", "name", True),
        ("English", "spoken", False),
        ("status", "name", True),
        ("what do you keep", "name", True),
        ("Will van Damme", "name", False),
        ("Do Kim Anh", "name", False),
        ("May Ann Lee", "name", False),
        ("how long", "matter", False),
        ("may 5 2027", "urgent_date", False),
        ("Acme LLC", "other_side", False),
    ],
)
def test_a_question_in_the_middle_is_told_from_an_answer(
    text: str, asked: str, is_question: bool
) -> None:
    assert asks_something(text, asked) is is_question
