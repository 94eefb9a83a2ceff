"""Says what is wrong with a knowledge file in the language of the person there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from bot.core.errors import Fault, Wording
from bot.core.languages import Language
from bot.gateway.console.words import Words

_MODULE: Final = "faults"
_ENTRY_FILE: Final = re.compile(r"[^/]+/[^/]+/(?P<id>[a-z0-9_]+)\.(?:en|es)\.md")
# The YAML library has more words for its troubles than the table.
_YAML: Final = "YAML"


@dataclass(frozen=True)
class ToldFault:
    """A fault as a page tells it; `entry` is the id of the entry to mend, if known.

    `language` is that of its words: English where the table does not know them.
    """

    file: str
    line: int | None
    field: str
    problem: str
    remedy: str
    language: Language
    is_warning: bool
    is_yaml: bool
    entry: str


def tell(fault: Fault, words: Words, language: Language) -> ToldFault:
    """Return a fault in the words of a language, or in English if there are none."""
    problem = _say(fault.problem, words, language)
    remedy = _say(fault.remedy, words, language)
    is_yaml = fault.field == _YAML
    if problem is None and is_yaml:
        problem = words.say("faults.yaml", language)
    field_key = f"{_MODULE}.field_{fault.field.replace(' ', '_')}"
    is_said = problem is not None and remedy is not None
    return ToldFault(
        file=fault.file,
        line=fault.line,
        field=words.say(field_key, language) if field_key in words else fault.field,
        problem=problem if is_said and problem else fault.problem,
        remedy=remedy if is_said and remedy else fault.remedy,
        language=language if is_said else "en",
        is_warning=fault.is_warning,
        is_yaml=is_yaml,
        entry=entry_in(fault.file),
    )


def entry_in(file: str) -> str:
    """Return the entry that a file is one of the two files of; "" if it is none.

    >>> entry_in("knowledge/rights/door_knock.es.md"), entry_in("knowledge/office.yml")
    ('door_knock', '')
    """
    found = _ENTRY_FILE.fullmatch(file)
    return found["id"] if found else ""


def _say(text: str, words: Words, language: Language) -> str | None:
    if language == "en":
        return str(text)
    made = text if isinstance(text, Wording) else Wording(text)
    key = words.key_of(_MODULE, made.template)
    return words.say(key, language, **made.blanks) if key else None
