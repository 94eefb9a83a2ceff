"""Finds entries that can be read but say what may not be said to visitors."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from bot.core.entries import Entry
from bot.core.errors import ContentError, Fault
from bot.core.languages import LANGUAGES
from bot.knowledge.check_fields import Known, naming_faults
from bot.knowledge.check_texts import text_faults
from bot.knowledge.entry_pairs import Pair
from bot.knowledge.files import EntryFile
from bot.knowledge.registers import read_owners


class Fitness:
    """Looks at each entry once, and again when it or what it may name changed."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._names: list[tuple[str, ...]] = []
        self._found: dict[str, tuple[EntryFile, EntryFile, list[Fault]]] = {}

    def faults(
        self,
        entries: Mapping[str, Entry],
        pairs: Mapping[str, Pair],
        registers: Mapping[str, Mapping[str, Any]],
    ) -> dict[str, list[Fault]]:
        """Return what is wrong with each entry that is unfit.

        `pairs` are the files by entry; `registers` hold sources, facts and office.
        """
        known = self._known(registers)
        found = {
            entry.id: self._faults(entry, pairs[entry.id], known)
            for entry in entries.values()
            # Whoever takes a text away need not mend it first.
            if entry.status != "withdrawn" and len(pairs[entry.id]) == len(LANGUAGES)
        }
        return {entry_id: faults for entry_id, faults in found.items() if faults}

    def _known(self, registers: Mapping[str, Mapping[str, Any]]) -> Known:
        owners: tuple[str, ...] = ()
        with suppress(ContentError):
            owners = tuple(read_owners(self._root))
        sources, facts, office = (
            registers[name] for name in ("sources", "facts", "office")
        )
        names = [owners, tuple(sources), tuple(facts), tuple(office)]
        if names != self._names:
            self._names, self._found = names, {}
        return Known(owners, sources, facts, office)

    def _faults(self, entry: Entry, pair: Pair, known: Known) -> list[Fault]:
        english, spanish, found = self._found.get(entry.id, (None, None, []))
        if english is pair["en"] and spanish is pair["es"]:
            return found
        told = list(naming_faults(entry, pair, known))
        for language in LANGUAGES:
            told += text_faults(pair[language], language)
        found = [fault for fault in told if not fault.is_warning]
        self._found[entry.id] = (pair["en"], pair["es"], found)
        return found
