"""Takes a message that asks two or three things apart into its questions."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import spacy
from spacy.language import Language as Pipeline
from spacy.tokens import Doc

from bot.core.languages import Language
from bot.core.matching import fold

MAX_PARTS: Final = 3
_MIN_WORDS: Final = 2
_ASKING: Final = frozenset(
    [
        "what",
        "how",
        "who",
        "whom",
        "when",
        "where",
        "why",
        "which",
        "whose",
        "can",
        "could",
        "do",
        "does",
        "did",
        "is",
        "are",
        "was",
        "will",
        "would",
        "should",
        "may",
        "must",
        "am",
        "have",
        "has",
        "que",
        "como",
        "quien",
        "quienes",
        "cuando",
        "donde",
        "cual",
        "cuales",
        "cuanto",
        "cuanta",
        "cuantos",
        "cuantas",
        "puedo",
        "puede",
        "pueden",
        "podemos",
        "debo",
        "debe",
        "tengo",
        "tiene",
        "tienen",
        "hay",
        "es",
        "son",
    ]
)
# A question that begins with these after "y" is nearly always a new one; "es", "son"
# and "tiene" are not: they go on with the sentence.
_ASKING_AFTER_AND: Final = _ASKING - frozenset(
    [
        "is",
        "are",
        "was",
        "am",
        "have",
        "has",
        "did",
        "do",
        "es",
        "son",
        "hay",
        "tiene",
        "tienen",
        "tengo",
        "will",
        "would",
    ]
)
_JOINING: Final = frozenset(
    ["and", "y", "e", "also", "tambien", "ademas", "plus", "or", "o"]
)


def split_questions(text: str, language: Language) -> list[str]:
    """Return the questions of a message, at most MAX_PARTS; one if it asks one thing.

    What is told before a question stays with it.

    >>> split_questions("what is a detainer and how long can they hold him", "en")
    ['what is a detainer', 'how long can they hold him']
    """
    document = _pipeline(language)(text)
    cuts = _cuts(document)
    pieces = [
        document[a:b].text.strip(" ,;.")
        for a, b in zip([0, *cuts], [*cuts, len(document)])
    ]
    questions = _with_context(pieces)
    if not 2 <= len(questions) <= MAX_PARTS:
        return [text]
    if any(len(fold(question).split()) < _MIN_WORDS for question in questions):
        return [text]
    return questions


@lru_cache(maxsize=2)
def _pipeline(language: Language) -> Pipeline:
    pipeline = spacy.blank(language)
    pipeline.add_pipe("sentencizer", config={"punct_chars": ["?", ".", "!", "\n"]})
    return pipeline


def _cuts(document: Doc) -> list[int]:
    cuts = []
    for position in range(1, len(document)):
        token, before = document[position], document[position - 1]
        follows = position + 1 < len(document) and fold(document[position + 1].text)
        if (
            token.is_sent_start
            or (token.text == "¿" and before.text != "¿")
            or (fold(token.text) in _JOINING and follows in _ASKING_AFTER_AND)
        ):
            cuts.append(position)
    return cuts


def _with_context(pieces: list[str]) -> list[str]:
    questions: list[str] = []
    told: list[str] = []
    for piece in pieces:
        if not piece:
            continue
        words = fold(piece).split()
        while words and words[0] in _JOINING:
            words = words[1:]
            piece = piece.split(maxsplit=1)[1] if " " in piece else ""
        if piece.endswith("?") or (words and words[0] in _ASKING):
            questions.append(" ".join([*told, piece]))
            told = []
        else:
            told.append(piece)
    if told and questions:
        questions[-1] = f"{questions[-1]} {' '.join(told)}"
    return questions
