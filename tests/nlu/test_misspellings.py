"""Misspelt words are read as they were meant, and words that are right are left."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from bot.core.languages import Language
from bot.knowledge.base import KnowledgeBase
from bot.nlu.misspellings import Speller, sound
from bot.nlu.word_frequencies import UNKNOWN, WordFrequencies, everyday_frequencies
from bot.services.finding import Finder
from tests.nlu.mistyping import as_it_sounds, mistyped

SAME_SOUND = [
    ("yevo", "llevo"),
    ("ago", "hago"),
    ("biene", "viene"),
    ("ke", "que"),
    ("kiero", "quiero"),
    ("desision", "decision"),
    ("jente", "gente"),
    ("hoi", "hoy"),
    ("combenio", "convenio"),
    ("enbiaron", "enviaron"),
]
OTHER_SOUND = [("pero", "perro"), ("casa", "cara"), ("hoja", "ocho")]
MEANT: list[tuple[Language, str, str]] = [
    ("es", "la migra se yevo a mi esposo", "la migra se llevo a mi esposo"),
    ("es", "ke asen si biene la migra", "que hacen si viene la migra"),
    ("es", "detubieron a mi ermano", "detuvieron a mi hermano"),
    ("es", "kiero saver cuanto cuesta", "quiero saber cuanto cuesta"),
    ("es", "¿Yevaron a mi MAMÁ?", "¿llevaron a mi MAMÁ?"),
    ("en", "my brotehr was detaned", "my brother was detained"),
    ("en", "can i recored the polise", "can i record the police"),
    ("en", "they came to my hause", "they came to my house"),
    ("en", "immgration jugde", "immigration judge"),
]
# Names, places, terms, numbers, other languages, and words that only look misspelt.
LEFT: list[tuple[Language, str]] = [
    ("en", "my friend Xiomara lives in Danbury"),
    ("es", "vivo en Passaic, soy de Huehuetenango"),
    ("en", "what is a 287(g) agreement and an I-485"),
    ("en", "IOE0912345678"),
    ("es", "mi esposo got arrested by ICE at his job"),
    ("es", "ha llegado una carta, ¿me ves?"),
    ("es", "mi perro ladra cuando tocan la puerta"),
    ("en", "the baker took his truck to the bakery"),
    ("en", "mother-in-law's"),
    ("en", ""),
]


@pytest.fixture(scope="module")
def frequencies() -> WordFrequencies:
    """The real word lists."""
    return everyday_frequencies()


@pytest.fixture(scope="module")
def speller(knowledge: KnowledgeBase, frequencies: WordFrequencies) -> Speller:
    """A speller that knows the words of the real questions."""
    questions = (
        text
        for entry in knowledge.entries.values()
        for words in entry.texts.values()
        for text in (*words.questions, words.title)
    )
    return Speller(Speller.count(questions), frequencies)


@pytest.mark.parametrize(("typed", "meant"), SAME_SOUND)
def test_words_that_sound_the_same_in_spanish_are_told_to_be_the_same(
    typed: str, meant: str
) -> None:
    assert sound(typed) == sound(meant)


@pytest.mark.parametrize(("one", "other"), OTHER_SOUND)
def test_words_that_sound_different_are_different(one: str, other: str) -> None:
    assert sound(one) != sound(other)


@pytest.mark.parametrize(("language", "typed", "meant"), MEANT)
def test_misspelt_words_are_read_as_they_were_meant(
    speller: Speller, language: Language, typed: str, meant: str
) -> None:
    assert speller.respell(typed, language) == meant


@pytest.mark.parametrize(("language", "text"), LEFT)
def test_what_is_no_mistake_is_left_as_it_is(
    speller: Speller, language: Language, text: str
) -> None:
    assert speller.respell(text, language) == text


def test_questions_that_are_spelt_well_hardly_change(
    speller: Speller, own_questions: list[dict[str, Any]]
) -> None:
    changed = [
        row["q"]
        for row in own_questions
        if speller.respell(row["q"], row["lang"]) != row["q"]
    ]
    assert len(changed) / len(own_questions) <= 0.02


@pytest.mark.parametrize(
    ("language", "spoil"),
    [("es", as_it_sounds), ("es", mistyped), ("en", mistyped)],
    ids=["as it sounds", "mistyped Spanish", "mistyped English"],
)
def test_misspelt_questions_are_answered_nearly_as_often_as_others(
    knowledge: KnowledgeBase,
    finder: Finder,
    speller: Speller,
    own_questions: list[dict[str, Any]],
    language: Language,
    spoil: Any,
) -> None:
    rows = [row for row in own_questions if row["lang"] == language][::4]
    chance = random.Random(7)  # noqa: S311
    spoilt = [spoil(row["q"], chance) for row in rows]
    respelt = [speller.respell(text, language) for text in spoilt]

    def share_answered_right(texts: list[str]) -> float:
        right = 0
        for row, found in zip(rows, finder.find_all(texts, language)):
            accepted = [knowledge.find(name) for name in row["accept"]]
            first = knowledge.find(found.entries[0])
            right += found.verdict == "answer" and first in accepted
        return right / len(rows)

    helped = share_answered_right(respelt)
    assert helped >= 0.65
    assert helped >= share_answered_right(spoilt) + 0.1


def test_a_message_of_nonsense_is_looked_up_only_in_part(speller: Speller) -> None:
    words = [f"deportaci{chr(97 + n % 26)}{chr(97 + n // 26)}n" for n in range(200)]
    respelt = speller.respell(" ".join(words), "es").split()
    assert respelt[100:] == words[100:]


def test_frequencies_are_the_same_once_saved_and_loaded(
    frequencies: WordFrequencies, tmp_path: Path
) -> None:
    path = tmp_path / "frequencies.npz"
    frequencies.save(path)
    loaded = WordFrequencies.load(path)
    for word in ("deportar", "house", "qqqq"):
        assert loaded.zipf(word, "es") == frequencies.zipf(word, "es")
    assert loaded.zipf("qqqq", "es") == UNKNOWN
    assert loaded.zipf("casa", "es") > loaded.zipf("deportar", "es") > UNKNOWN
