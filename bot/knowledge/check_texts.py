"""Checks the wording of an entry: length, plainness, and what may never be said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bot.core.errors import Fault
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
# Words that turn information into advice, a promise or an advertisement
# (N.Y. Gen. Bus. Law 460-d; RPC 7.1; legal ethics rules of the project).
_FORBIDDEN: Final[dict[Language, tuple[tuple[str, str], ...]]] = {
    "en": (
        (r"\byou should sue\b", "advice on a case"),
        (r"\byou (?:do )?qualify\b", "advice on a case"),
        (r"\byour chances\b", "a forecast"),
        (r"\bguarantee[sd]?\b", "a promise"),
        (r"\bsuccess rate (?:is|of) (?:about )?\d", "a success rate"),
        (r"\b(?:immigration )?specialists?\b", "a title that is not allowed"),
        (r"\bwe (?:will|can) win\b", "a promise"),
        (
            r"\b(?:our|the) (?:free|complimentary) (?:consultation|advice|call)\b",
            "a price",
        ),
        (r"(?-i:\bCase [AB]\b)", "a case that could not be confirmed"),
    ),
    "es": (
        (r"\busted (?:sí )?califica\b", "advice on a case"),
        (r"\bdebería demandar\b", "advice on a case"),
        (r"\bgarantiza(?:mos|do)?\b", "a promise"),
        (r"\bespecialistas?\b", "a title that is not allowed"),
        (r"\basesoría gratuita\b", "a price"),
        (r"\bconsulta gratis\b", "a price"),
    ),
}
_NOTARIO: Final = re.compile(r"[^.\n]*\bnotarios?\b[^.\n]*", re.IGNORECASE)
_NOTARIO_WARNING: Final = re.compile(r"\bno(?:t|r)?\b|\bni\b", re.IGNORECASE)


def text_faults(file: EntryFile, language: Language) -> Iterator[Fault]:
    """Yield the faults in an entry's words, in one language."""
    if len(file.title) > MAX_TITLE:
        yield file.fault("title", f"longer than {MAX_TITLE} characters", "Shorten it.")
    if len(file.short) > MAX_SHORT:
        yield file.fault(
            "short answer", f"longer than {MAX_SHORT} characters", "Shorten it."
        )
    count = len(_SENTENCE_END.findall(_ABBREVIATIONS.sub("x", file.short)))
    if count > MAX_SHORT_SENTENCES:
        yield file.fault("short answer", f"{count} sentences", "At most three.")
    for part, called in _PARTS.items():
        if not getattr(file, part).strip():
            yield file.fault(called, "is empty", "Write it.")
    body = "\n".join((file.title, file.short, file.details, file.next_step))
    if _HTML.search(body):
        yield file.fault("text", "contains HTML", "Write plain Markdown.")
    for link in _PLAIN_LINK.findall(body):
        yield file.fault("text", f"{link} is not https", "Use the https address.")
    for pattern, what in _FORBIDDEN[language]:
        for match in re.finditer(pattern, body, re.IGNORECASE):
            yield file.fault(
                "text", f"'{match[0]}' is {what}", "Say what the law looks at."
            )
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
                f"a sentence of {words} words: '{start} ...'",
                "Split it.",
                is_warning=True,
            )
