"""The knowledge base as loaded: entries, sources, facts, office and phrases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from bot.core.entries import Entry, Freshness, Source
from bot.core.facts import Fact, fill
from bot.core.incidents import Incident
from bot.core.languages import Language
from bot.core.matching import fold
from bot.core.office import DeskRules

_ARTICLES: Final = frozenset(
    "a an the my el la los las mi mis un una".split()  # noqa: SIM905
)


@dataclass(frozen=True)
class KnowledgeBase:
    """Everything that the folder knowledge/ says, at one moment."""

    entries: Mapping[str, Entry]
    sources: Mapping[str, Source]
    facts: Mapping[str, Fact]
    office: Mapping[str, Mapping[Language, str]]
    phrases: Mapping[Language, Mapping[str, str]]
    # Entries that a new visitor is shown, by the group that a web page names.
    starters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    # What a message of one word only may be about, by the word.
    lone_words: Mapping[str, Sequence[str]] = field(default_factory=dict)
    desk: DeskRules = field(default_factory=DeskRules)
    # What staff may put into a conversation by one press.
    canned: Mapping[str, Mapping[Language, str]] = field(default_factory=dict)
    # What the page /incidents tells, newest first.
    incidents: Sequence[Incident] = ()
    version: str = ""
    _by_any_id: Mapping[str, str] = field(default_factory=dict)

    def find(self, entry_id: str) -> Entry | None:
        """Return the entry of an id or of an alias, or None."""
        return self.entries.get(self._by_any_id.get(entry_id, entry_id))

    def with_entry(self, entry: Entry) -> KnowledgeBase:
        """Return the knowledge base as it would be with this entry."""
        entries = dict(sorted({**self.entries, entry.id: entry}.items()))
        return replace(self, entries=entries, _by_any_id=by_any_id(entries))

    def meanings(self, text: str) -> tuple[str, ...]:
        """Return the ids of what a message may be about that is one word only."""
        first, _, rest = fold(text).partition(" ")
        word = rest if first in _ARTICLES and rest else fold(text)
        return tuple(self.lone_words.get(word, ()))

    def groups(self) -> list[str]:
        """Return the groups that have entries, in alphabetical order."""
        return sorted({entry.group for entry in self.entries.values()})

    def shown(self, require_approved: bool) -> Iterator[Entry]:
        """Yield the entries that visitors may get."""
        for entry in self.entries.values():
            if entry.is_published(require_approved):
                yield entry

    def phrase(self, key: str, language: Language, **values: str) -> str:
        """Return one of the assistant's own sentences, with its blanks filled.

        Raises:
            KeyError: there is no such phrase.
        """
        text = self.phrases[language][key]
        for name, value in values.items():
            text = text.replace("{" + name + "}", value)
        return text

    def fill(self, text: str, language: Language, today: date) -> str:
        """Return an entry's text with its facts and the office's data as of a day."""

        def value_of(kind: str, key: str) -> str:
            if kind == "office":
                return self.office_value(key, language)
            fact = self.facts.get(key)
            found = fact.text_on(today, language) if fact else None
            return (
                found
                if found is not None
                else self.phrase("no_current_figure", language)
            )

        return fill(text, value_of)

    def office_value(self, key: str, language: Language) -> str:
        """Return a line of the office file, or "the office will confirm"."""
        value = self.office.get(key, {}).get(language, "")
        return value or self.phrase("office_will_confirm", language)

    def freshness(self, entry: Entry, today: date) -> Freshness:
        """Return whether an entry may be shown as it stands on a day."""
        return entry.freshness(today)


def by_any_id(entries: Mapping[str, Entry]) -> dict[str, str]:
    """Return a map from every id and alias to the id of its entry."""
    found = {name: entry.id for entry in entries.values() for name in entry.aliases}
    # An id of its own is stronger than what another entry claims.
    return {**found, **{entry_id: entry_id for entry_id in entries}}
