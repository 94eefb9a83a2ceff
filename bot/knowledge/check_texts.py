"""Checks the wording of an entry: length, plainness, and what may never be said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bot.core.errors import Fault, Wording
from bot.core.languages import Language
from bot.knowledge.files import EntryFile
from bot.knowledge.limits import (
    MAX_SENTENCE_WORDS,
    MAX_SHORT,
    MAX_SHORT_SENTENCES,
    MAX_TITLE,
)

_ABBREVIATIONS: Final = re.compile(
    r"\b(?:U\.S|C\.F\.R|v|a\.m|p\.m|no|núm|EE\.UU|Dep't|St)\."
)
_SENTENCE_END: Final = re.compile(r"[.?](?=[\s\"']|$)")
_HTML: Final = re.compile(r"<[a-zA-Z/!]")
_PLAIN_LINK: Final = re.compile(r"http://\S+")

_PARTS: Final = {
    "title": "title",
    "short": "short answer",
    "details": "details",
    "next_step": "next step",
}
_TOO_LONG: Final = "longer than {most} characters"
_ADVICE: Final = "'{words}' is advice on a case"
_FORECAST: Final = "'{words}' is a forecast"
_PROMISE: Final = "'{words}' is a promise"
_RATE: Final = "'{words}' is a success rate"
_TITLE: Final = "'{words}' is a title that is not allowed"
_PRICE: Final = "'{words}' is a price"
_CASE: Final = "'{words}' is a case that could not be confirmed"
# Words that turn information into advice, a promise or an advertisement
# (N.Y. Gen. Bus. Law 460-d; RPC 7.1; legal ethics rules of the project).
_FORBIDDEN: Final[dict[Language, tuple[tuple[str, str], ...]]] = {
    "en": (
        (r"\byou should sue\b", _ADVICE),
        (r"\byou (?:do )?qualify\b", _ADVICE),
        (r"\byour chances\b", _FORECAST),
        (r"\bguarantee[sd]?\b", _PROMISE),
        (r"\bsuccess rate (?:is|of) (?:about )?\d", _RATE),
        (r"\b(?:immigration )?specialists?\b", _TITLE),
        (r"\bwe (?:will|can) win\b", _PROMISE),
        (
            r"\b(?:our|the) (?:free|complimentary) (?:consultation|advice|call)\b",
            _PRICE,
        ),
        (r"(?-i:\bCase [AB]\b)", _CASE),
    ),
    "es": (
        (r"\busted (?:sí )?califica\b", _ADVICE),
        (r"\bdebería demandar\b", _ADVICE),
        (r"\bgarantiza(?:mos|do)?\b", _PROMISE),
        (r"\bespecialistas?\b", _TITLE),
        (r"\basesoría gratuita\b", _PRICE),
        (r"\bconsulta gratis\b", _PRICE),
    ),
}
_NOTARIO: Final = re.compile(r"[^.\n]*\bnotarios?\b[^.\n]*", re.IGNORECASE)
_NOTARIO_WARNING: Final = re.compile(r"\bno(?:t|r)?\b|\bni\b", re.IGNORECASE)


def text_faults(file: EntryFile, language: Language) -> Iterator[Fault]:
    """Yield the faults in an entry's words, in one language."""
    if len(file.title) > MAX_TITLE:
        yield file.fault("title", Wording(_TOO_LONG, most=MAX_TITLE), "Shorten it.")
    if len(file.short) > MAX_SHORT:
        problem = Wording(_TOO_LONG, most=MAX_SHORT)
        yield file.fault("short answer", problem, "Shorten it.")
    count = len(_SENTENCE_END.findall(_ABBREVIATIONS.sub("x", file.short)))
    if count > MAX_SHORT_SENTENCES:
        problem = Wording("{count} sentences", count=count)
        yield file.fault("short answer", problem, "At most three.")
    for part, called in _PARTS.items():
        if not getattr(file, part).strip():
            yield file.fault(called, "is empty", "Write it.")
    body = "\n".join((file.title, file.short, file.details, file.next_step))
    if _HTML.search(body):
        yield file.fault("text", "contains HTML", "Write plain Markdown.")
    for link in _PLAIN_LINK.findall(body):
        problem = Wording("{address} is not https", address=link)
        yield file.fault("text", problem, "Use the https address.")
    for pattern, what in _FORBIDDEN[language]:
        for match in re.finditer(pattern, body, re.IGNORECASE):
            problem = Wording(what, words=match[0])
            yield file.fault("text", problem, "Say what the law looks at.")
    for match in _NOTARIO.finditer(body):
        if not _NOTARIO_WARNING.search(match[0]):
            yield file.fault(
                "text", "'notario' outside a warning", "Say that it is no lawyer."
            )
    yield from _long_sentences(file, body)


def _long_sentences(file: EntryFile, body: str) -> Iterator[Fault]:
    for sentence in re.split(r"(?<=[.?:;])\s+|\n", _ABBREVIATIONS.sub("x", body)):
        words = len(sentence.split())
        if words > MAX_SENTENCE_WORDS:
            start = " ".join(sentence.split()[:6])
            yield Fault(
                file.name,
                "text",
                Wording(
                    "a sentence of {count} words: '{start} ...'",
                    count=words,
                    start=start,
                ),
                "Split it.",
                is_warning=True,
            )
