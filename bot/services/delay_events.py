"""Reads what happened to a case: a denial, a court notice, and whose month it is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from bot.core.matching import fold

_READ_SIGNS: Final = 300
_CLAUSE_END: Final = re.compile(
    r"[,.](?!\d)|[;:!?\n]|\b(?:and|but|then|because|while|y|e|pero|luego|despues|"
    r"entonces|porque)\b"
)
# "Denied" as it is said of a case, and what only sounds like it.
_SAID_NO: Final = (
    r"(?:denied|denials?|denies|(?<!\bi )(?<!\bwe )refused(?! to\b)|"
    r"refusals?|reject(?:ed|s|ion|ions)?|turned down|"
    r"(?<!can )(?<!will )(?<!could )(?<!would )they deny|"
    r"(?:de)?neg(?:ad[oa]s?|acion|aron|o)(?! a \w+[aei]r)|"
    r"(?:una|de|respuesta) negativa|"
    r"rechaz(?:o|aron|ad[oa]s?|ar))"
)
_NO: Final = re.compile(rf"\b{_SAID_NO}\b")
_NOT: Final = (
    r"(?:not|never|nobody|neither|nor|without|hasnt|havent|hadnt|wasnt|werent|isnt|"
    r"arent|didnt|dont|aint|no one|nunca|jamas|nadie|ni|sin|tampoco|"
    r"no(?! (?:it|its|they|my|the|i|he|she|we|uscis|was|sorry)\b))"
)
_STILL_THE_SAME: Final = (
    r"(?!(?:it|they|he|she|we|uscis)\b|(?:approved|aprobaron)(?! (?:or|nor|ni|o)\b))"
)
_NOT_NO: Final = re.compile(rf"\b{_NOT} (?:{_STILL_THE_SAME}\w+ ){{0,4}}?{_SAID_NO}\b")
# A no that may come, that others got, or that was given to something beside the case.
_NO_YET: Final = re.compile(
    rf"\b(?:be|get|gets|getting|being) (?:\w+ )?{_SAID_NO}\b|"
    rf"\b(?:if|whether|when|cuando|si)(?: \w+){{0,4}}? "
    rf"(?:is|are|gets?|es|esta|fuera|fuese|sale) (?:\w+ )?{_SAID_NO}\b|"
    rf"\bif (?:my case |it )?{_SAID_NO}\b|"
    rf"\b(?:could|might|possib\w+|posib\w+|afraid|fear\w*|worr\w+|scared|risks?|"
    rf"chances?|avoid\w*|miedo|temo|riesgo|evitar|preocup\w+|pued\w+|podr\w+|van? a)"
    rf"(?: \w+){{0,6}}? {_SAID_NO}\b|"
    rf"^(?:what|que) (?:is|are|es|son|significa)(?: an?| una?| la)? {_SAID_NO}\b"
)
_BESIDE: Final = re.compile(
    r"\b(?:expedit\w+|acelera\w+|agiliz\w+|urgente|(?:fee )?waiver of the fee|"
    r"fee waiver|exencion de (?:pago|tarifa))\b"
)
_NOTICE: Final = re.compile(
    r"\b(?:notices? to appear|nta|notificaci?on(?:es)? de comparecencia)\b"
)
_NO_NOTICE: Final = re.compile(
    rf"\b{_NOT} (?:\w+ ){{0,4}}?(?:notices? to appear|nta|notificaci?on(?:es)? de "
    r"comparecencia)\b"
)
_CUES: Final = re.compile(
    r"\b(?:(?P<filing>(?:re)?fil(?:ed|ing)|submit(?:ted)?|applied|sent|mailed|lodged|receipt|"
    r"received|present(?:e|o|amos|ad[oa]|aron)|envi(?:e|o|amos|ad[oa])|"
    r"mand(?:e|o|amos|ad[oa])|meti(?:o|mos)?|aplique|aplicamos|solicit(?:e|o|amos)|"
    r"someti(?:o|mos)?|recib(?:o|io|id[oa]|ieron)|(?:waiting|pending|esperando|espero|"
    r"pendiente)(?: \w+){0,2} (?:since|for|desde|hace))|"
    r"(?P<event>(?<!\bno )(?<!\bsin )(?<!\bfor )(?:interview(?:ed|s)?|"
    r"entrevist\w+|finger ?print\w*|biometric\w*|huellas?|rfe|oath|juramento|"
    r"transfer\w*|trasla\w+))|"
    rf"(?P<no>{_SAID_NO}|appeal(?:ed|s)?|apel(?:e|o|acion|aron|ado)))\b"
)


@dataclass(frozen=True)
class Parts:
    """What may hold the month of the filing, and what tells of another event.

    What tells of a denial stands in neither: its month is never since when one waits.
    """

    filing: str
    event: str = ""


def says_denied(text: str) -> bool | None:
    """Return whether a case is told to be denied, or not denied; None: neither.

    >>> says_denied("my N-400 was denied in March"), says_denied("no me la han negado")
    (True, False)
    >>> says_denied("I am still waiting")
    """
    found = None
    for clause in _clauses(text):
        if not _NO.search(clause) or _NO_YET.search(clause) or _BESIDE.search(clause):
            continue
        if not _NOT_NO.search(clause):
            return True
        found = False
    return found


def names_court_notice(text: str) -> bool:
    """Return whether somebody tells of a notice to appear in immigration court.

    >>> names_court_notice("they sent me an NTA"), names_court_notice("no NTA yet")
    (True, False)
    """
    return any(
        _NOTICE.search(clause) and not _NO_NOTICE.search(clause)
        for clause in _clauses(text)
    )


def dated_parts(text: str) -> Parts:
    """Return the parts of a text by what their months are of.

    >>> dated_parts("interview was in June 2026, filed January 2025").filing.strip()
    'filed january 2025'
    """
    bare = _bare(text[:_READ_SIGNS])
    told = list(_told_parts(bare))
    if {kind for kind, _ in told} <= {"", "filing"}:
        return Parts(text)
    filing = " ".join(part for kind, part in told if kind in ("", "filing"))
    return Parts(filing, " ".join(part for kind, part in told if kind == "event"))


def _told_parts(bare: str) -> Iterator[tuple[str, str]]:
    """Yield the parts of a text, each with its kind; one with no kind is nobody's."""
    starts = {0, *(found.end() for found in _CLAUSE_END.finditer(bare))}
    cues = [(found.start(), str(found.lastgroup)) for found in _CUES.finditer(bare)]
    # Where one event follows another without a comma, its word begins the next part.
    for (start, kind), (after, other) in pairwise(cues):
        if kind != other and not any(start < place <= after for place in starts):
            starts.add(after)
    marks = [*sorted(starts), len(bare)]
    kept: list[tuple[str, str]] = []
    for start, end in pairwise(marks):
        kind = next((k for place, k in cues if start <= place < end), "")
        if kept and not kind:  # "March 15, 2024": what names nothing goes on.
            kept[-1] = (kept[-1][0], kept[-1][1] + bare[start:end])
        else:
            kept.append((kind, bare[start:end]))
    yield from kept


def _clauses(text: str) -> Iterator[str]:
    for clause in _CLAUSE_END.split(_bare(text[:_READ_SIGNS])):
        yield fold(clause)


def _bare(text: str) -> str:
    """Return the text in small letters without accents, sign for sign."""
    return "".join(
        unicodedata.normalize("NFKD", sign.lower())[:1] or sign for sign in text
    )
