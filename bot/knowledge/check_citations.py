"""Checks that every law, rule and case is cited in a form that can be looked up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from eyecite import get_citations
from eyecite.models import FullCaseCitation, FullLawCitation

from bot.core.entries import Source
from bot.core.errors import Fault, Wording
from bot.knowledge.files import EntryFile

_CODE: Final = r"(?:,? ?(?:and|to|y|a|-) ?(?:§ ?)?\d[\w.:-]*)*"
# Forms of statutes, rules, dockets and orders that eyecite does not read.
_KNOWN: Final = re.compile(
    "|".join(
        (
            rf"\d+ U\.S\.C\. §§? ?\d\w*{_CODE}",
            rf"\d+ C\.F\.R\. (?:§§?|[Pp]art) ?\d[\w.]*{_CODE}",
            r"\d+ NYCRR (?:Part |§ ?)?\d[\w.-]*",
            rf"N\.J\.S\.A\. \d+\w?:\d[\w.-]*{_CODE}",
            r"N\.J\.A\.C\. \d+:\d[\w.-]*",
            r"N\.J\. Ct\. R\. \d+:\d[\w:, -]*",
            r"N\.Y\. (?:[A-Z][\w.]*\s?){1,4}(?:Law|Act)?,? ?(?:§§? ?|art\. ?)?\d",
            r"(?:N\.Y\. )?C\.P\.L\.R\. (?:art\. )?\d[\w()]*",
            rf"(?:N\.Y\.C\. )?Admin\. Code §§? ?\d[\w.-]*{_CODE}",
            r"Fed\. R\. (?:Civ|Crim|App|Evid)\. P\. \d[\w()]*",
            r"U\.S\. Const\. (?:amend|art)\. [IVX]+",
            r"Pub\. L\. (?:No\. )?\d+-\d+",
            r"P\.L\. ?\d{4}, c\. ?\d+",
            r"Exec\. Order No\. \d+",
            r"\d+ Fed\. Reg\. \d+",
            r"Fed\. Reg\. Doc\. \d{4}-\d+",
            r"No\. [\w:./-]+(?:, [\w:./-]+)* "
            r"\([^)]*(?:Cir|D\.|Div|Ct|U\.S)[^)]*\)",
            r"\d+ I\. ?& ?N\. Dec\. \d+",
            r"[A-Z][\w.' ]+ v\. [A-Z][\w.,' ]+\((?:[^)]*, )?[^)]*\d{4}\)",
        )
    )
)
# What looks like a law or a reported case, whether well or badly written.
_LAWLIKE: Final = re.compile(
    r"\b\d{1,4} (?:U\.? ?S\.? ?C|C\.? ?F\.? ?R|U\.? ?S\b|S\. ?Ct|"
    r"F\.? ?(?:2d|3d|4th|Supp\.? ?(?:2d|3d)?)|I\.? ?(?:&|and) ?N|A\.D\.(?:2d|3d)?|"
    r"N\.Y\.\dd|N\.J\.? (?:Super)?|NYCRR|Fed\.? Reg)[^\n;]*?\d[\w()]*"
    r"|\bN\.?J\.?S\.?A\b[^\n;]*?\d[\w:.-]*"
)
_NO_CITATION: Final = "'{words}' is no citation that can be looked up"
_STYLE: Final = "Write it as '8 U.S.C. § 1226(a)' or '533 U.S. 678 (2001)'."


def source_citation_fault(source: Source, file: str) -> Fault | None:
    """Return the fault in a source's citation, if it cites law in an unknown form."""
    text = source.citation
    if not text.strip():
        return Fault(file, source.key, "has no citation", _STYLE)
    says_law = _LAWLIKE.search(text) or re.search(r"§|\bv\. ", text)
    if not says_law or is_known_citation(text):
        return None
    problem = Wording(_NO_CITATION, words=text)
    return Fault(file, source.key, problem, _STYLE)


def citation_faults(file: EntryFile) -> Iterator[Fault]:
    """Yield a fault for every law or case that an entry's text cites badly."""
    body = "\n".join((file.short, file.details, file.next_step))
    for match in _LAWLIKE.finditer(body):
        if not is_known_citation(match[0]):
            problem = Wording(_NO_CITATION, words=match[0])
            yield file.fault("text", problem, _STYLE)


def is_known_citation(text: str) -> bool:
    """Return whether a text holds a citation of a known form.

    >>> is_known_citation("8 U.S.C. § 1226(a)"), is_known_citation("8 USC 1226")
    (True, False)
    """
    if _KNOWN.search(text):
        return True
    found = get_citations(text)
    return any(isinstance(c, (FullCaseCitation, FullLawCitation)) for c in found)
