"""What the office's old articles got wrong stands nowhere in what visitors read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

import pytest

from bot.core.languages import LANGUAGES
from bot.knowledge.base import KnowledgeBase


class Claim(NamedTuple):
    """A wrong claim: how it is worded, and a sentence that makes it."""

    pattern: str
    example: str


# A sentence that denies the claim, or says that others make it, is what we want.
_DENIED: Final = re.compile(
    r"\b(?:not|no|never|nor|neither|cannot|ni|nunca|tampoco|nadie)\b|n't\b"
    r"|\bsellers say\b|\bvendedores dicen\b",
    re.IGNORECASE,
)
_SENTENCE: Final = re.compile(r"(?<=[.?!:;])\s+|\n+")
CLAIMS: Final = {
    "mandamus releases": Claim(
        r"mandamus[^.;]*\b(?:releas\w*|frees?|freed)\b",
        "A mandamus petition can demand the immediate release of a person.",
    ),
    "mandamus releases, es": Claim(
        r"mandamus[^.;]*\b(?:libera\w*|libre|salga|sacar)\b",
        "El mandamus libera a las personas detenidas.",
    ),
    "mandamus halts": Claim(
        r"mandamus[^.;]*\b(?:halt\w*|stops?|stopp\w*|cease\w*)\b",
        "With mandamus a court can halt unfair enforcement.",
    ),
    "mandamus halts, es": Claim(
        r"mandamus[^.;]*\b(?:detiene\w*|frena\w*|para en seco|suspende\w*)\b",
        "El mandamus frena las prácticas injustas.",
    ),
    "mandamus against local officers": Claim(
        r"mandamus[^.;]*\b(?:against|orders?|compels?|forces?) [^.;]*\b(?:sheriffs?"
        r"|local (?:police|officers|agenc\w*|governments?|authorit\w*))\b",
        "File a writ of mandamus against the sheriff who holds him.",
    ),
    "mandamus against local officers, es": Claim(
        r"mandamus[^.;]*\b(?:contra|obliga\w*)\b[^.;]*"
        r"\b(?:alguacil\w*|sheriffs?|polic[ií]as? local\w*|autoridades locales)\b",
        "Presente un mandamus contra el alguacil.",
    ),
    "mandamus reviews discretion": Claim(
        r"mandamus[^.;]*\babuse of discretion\b",
        "Mandamus is a check on inaction or abuse of discretion.",
    ),
    "mandamus makes them investigate": Claim(
        r"mandamus[^.;]*\b(?:investigate misconduct|better training|oversight)\b",
        "Mandamus can push agencies to investigate misconduct.",
    ),
    "Alvarez v. ICE": Claim(
        r"\bAlvarez (?:v\.?|vs\.?|contra) (?:the )?(?:ICE|U\.?S\.? Immigration)\b",
        "In Alvarez v. ICE, a mandamus petition highlighted delays.",
    ),
    "Case A and Case B": Claim(
        r"(?-i:\b(?:Case|Caso) [AB]\b)", "Case A: a sheriff was ordered to cease."
    ),
    "landmark ruling": Claim(
        r"\blandmark ruling\b|\bfallo hist[oó]rico\b",
        "In another landmark ruling, a court compelled ICE to disclose its data.",
    ),
    "two models of 287(g)": Claim(
        r"\b(?:two|dos|both) (?:\w+ )?(?:models|modelos)\b",
        "There are two models of 287(g) agreements.",
    ),
    "free call": Claim(
        r"\bfree (?:writ of mandamus )?(?:call|consultation)\b"
        r"|\b(?:consulta|llamada) (?:gratis|gratuita)\b",
        "Book a Free Writ of Mandamus Call.",
    ),
}  # fmt: skip
ALWAYS_WRONG: Final = {"Alvarez v. ICE", "Case A and Case B", "landmark ruling"}


def makes_claim(name: str, sentence: str) -> bool:
    """Return whether a sentence makes a wrong claim and does not deny it."""
    if re.search(CLAIMS[name].pattern, sentence, re.IGNORECASE) is None:
        return False
    return name in ALWAYS_WRONG or _DENIED.search(sentence) is None


def sentences(knowledge: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """Yield every sentence that a visitor can read, with the place it stands in."""
    for entry in knowledge.entries.values():
        for words in entry.texts.values():
            body = "\n".join((words.short, words.details, words.next_step))
            for sentence in _SENTENCE.split(body):
                yield entry.id, sentence
    for language in LANGUAGES:
        for key, text in knowledge.phrases[language].items():
            yield f"phrase {key}", text
    for source in knowledge.sources.values():
        for title in source.title.values():
            yield f"source {source.key}", title


@pytest.mark.parametrize("name", CLAIMS)
def test_a_wrong_claim_stands_nowhere(knowledge: KnowledgeBase, name: str) -> None:
    found = [place for place, text in sentences(knowledge) if makes_claim(name, text)]
    assert found == []


@pytest.mark.parametrize("name", CLAIMS)
def test_a_wrong_claim_would_be_noticed(name: str) -> None:
    assert makes_claim(name, CLAIMS[name].example)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("mandamus releases", "Mandamus does not get anyone released."),
        ("mandamus releases, es", "El mandamus no libera a nadie."),
        ("mandamus halts", "Mandamus does not stop conduct."),
        ("mandamus against local officers", "Mandamus never orders a sheriff to act."),
    ],
)
def test_a_sentence_that_denies_the_claim_is_right(name: str, sentence: str) -> None:
    assert not makes_claim(name, sentence)


def test_the_case_law_that_articles_misreport_is_no_source(
    knowledge: KnowledgeBase,
) -> None:
    assert [key for key in knowledge.sources if "alvarez" in key] == []
