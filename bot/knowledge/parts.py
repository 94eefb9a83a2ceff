"""Reads the knowledge folder part by part; a faulty part keeps what it said before."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from bot.core.entries import Entry
from bot.core.errors import ContentError, Fault, Wording
from bot.core.facts import placeholders
from bot.core.languages import LANGUAGES, Language
from bot.core.office import DeskRules
from bot.knowledge.base import KnowledgeBase, by_any_id
from bot.knowledge.canned_file import read_canned
from bot.knowledge.desk_file import read_desk
from bot.knowledge.entry_lists import (
    LONE_WORDS,
    STARTERS,
    read_lone_words,
    read_starters,
    unknown_entries,
)
from bot.knowledge.entry_pairs import EntryPairs, Stamp, stamps_of
from bot.knowledge.incidents_file import read_incidents
from bot.knowledge.registers import read_facts, read_office, read_phrases, read_sources
from bot.knowledge.unfit import Fitness

_READERS: Final[Mapping[str, Callable[[Path], Any]]] = {
    "sources": read_sources,
    "facts": read_facts,
    "office": read_office,
    "phrases": read_phrases,
    "starters": read_starters,
    "lone_words": read_lone_words,
    "desk": read_desk,
    "canned": read_canned,
    "incidents": read_incidents,
}
_LISTS: Final = {"starters": STARTERS, "lone_words": LONE_WORDS}
_USUAL: Final[Mapping[str, Any]] = {
    **{name: {} for name in _LISTS},
    "desk": DeskRules(),
    "canned": {},
    "incidents": (),
}
_NAMED_IN_ENTRIES: Final = ("sources", "facts", "office")
_WHILE_RUNNING: Final = "Put it back; until then the one before stays in use."


@dataclass(frozen=True)
class Parts:
    """What could be read: the entries, the other files by name, and the faults.

    `broken` are the ids of entries that have a file but cannot be read; of these,
    `withdrawn` must not be shown any more.
    """

    entries: Mapping[str, Entry]
    registers: Mapping[str, Any]
    faults: tuple[Fault, ...] = ()
    broken: frozenset[str] = frozenset()
    withdrawn: frozenset[str] = frozenset()


class FolderReader:
    """Reads a folder again and again; what did not change is not read twice."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._pairs = EntryPairs(root)
        self._fitness = Fitness(root)
        self._seen: dict[Path, Stamp] | None = None
        self._registers: tuple[dict[str, Any], list[Fault]] = ({}, [])

    def read_fit(
        self, stamps: Mapping[Path, Stamp], earlier: Mapping[str, Any]
    ) -> Parts:
        """Return what the folder says, unfit entries counted among the broken ones.

        `earlier`: the registers before; their names still count where one is gone.
        """
        parts = self.read(stamps)
        registers = {
            name: {**earlier.get(name, {}), **parts.registers.get(name, {})}
            for name in _NAMED_IN_ENTRIES
        }
        if not all(registers.values()):
            return parts
        files, _ = self._pairs.files(stamps)
        pairs = {entry_id: pair for (_, entry_id), pair in files.items()}
        unfit = self._fitness.faults(parts.entries, pairs, registers)
        fit = {name: e for name, e in parts.entries.items() if name not in unfit}
        told = (fault for faults in unfit.values() for fault in faults)
        broken, faults = parts.broken | unfit.keys(), (*parts.faults, *told)
        return replace(parts, entries=fit, faults=faults, broken=broken)

    def read(self, stamps: Mapping[Path, Stamp] | None = None) -> Parts:
        """Return what the folder says; whatever is faulty is left out and told."""
        stamps = stamps_of(self._root) if stamps is None else stamps
        entries, broken, faults = self._pairs.read(stamps)
        seen = {path: at for path, at in stamps.items() if path.suffix == ".yml"}
        if seen != self._seen:
            self._registers = _read_registers(self._root)
            self._seen = seen
        registers, register_faults = self._registers
        faults += register_faults
        if not entries:
            problem = "has no entry that can be read"
            faults.append(Fault(self._root.name, "folder", problem, _WHILE_RUNNING))
        withdrawn = frozenset(self._pairs.withdrawn(broken, stamps))
        return Parts(entries, registers, tuple(faults), frozenset(broken), withdrawn)


def _read_registers(root: Path) -> tuple[dict[str, Any], list[Fault]]:
    registers: dict[str, Any] = {}
    faults: list[Fault] = []
    for name, read in _READERS.items():
        try:
            registers[name] = read(root)
        except ContentError as error:
            faults += error.faults
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            problem = Wording("not as expected ({why})", why=type(error).__name__)
            remedy = "Compare it with the version before."
            faults.append(Fault(f"{root.name}: {name}", "file", problem, remedy))
    return registers, faults


def held_over(now: Parts, before: Parts) -> Parts:
    """Return the parts, with what was good before in the place of what is faulty."""
    entries = dict(now.entries) or dict(before.entries)
    for entry_id in now.broken:
        if entry_id in before.entries:
            entries.setdefault(entry_id, before.entries[entry_id])
    for entry_id in now.withdrawn & entries.keys():
        entries[entry_id] = replace(entries[entry_id], status="withdrawn")
    registers = {**before.registers, **now.registers}
    faults = list(now.faults)
    both = now.registers.keys() & before.registers.keys()
    if "phrases" in both:
        registers["phrases"] = _with_all_phrases(now, before, faults)
    for name, used in _named_by(entries).items():
        if name in both:
            registers[name] = _with_all_used(name, used, now, before, faults)
    return replace(now, entries=entries, registers=registers, faults=tuple(faults))


def knowledge_of(parts: Parts, version: str) -> KnowledgeBase:
    """Return the knowledge base that the parts make.

    Raises:
        ContentError: a part is missing that the assistant cannot be without.
    """
    registers = {**_USUAL, **parts.registers}
    if not parts.entries or not registers.keys() >= _READERS.keys():
        raise ContentError(list(parts.faults))
    known = by_any_id(parts.entries)
    lists = {
        name: {
            key: shown
            for key, names in registers[name].items()
            if (shown := tuple(entry for entry in names if entry in known))
        }
        for name in _LISTS
    }
    return KnowledgeBase(
        **{**registers, **lists},
        entries=parts.entries,
        version=version,
        _by_any_id=known,
    )


def list_faults(root: Path, parts: Parts) -> list[Fault]:
    """Return the faults of lists that name entries which do not exist."""
    known = by_any_id(parts.entries)
    return [
        fault
        for name, file in _LISTS.items()
        for fault in unknown_entries(root, file, parts.registers.get(name, {}), known)
    ]


def _with_all_phrases(
    now: Parts, before: Parts, faults: list[Fault]
) -> dict[Language, dict[str, str]]:
    """A sentence that is gone would fail a turn: the assistant's code asks for it."""
    there, earlier = now.registers["phrases"], before.registers["phrases"]
    name, problem = "knowledge/phrases", "this sentence is gone"
    for key in sorted(earlier["en"].keys() - there["en"].keys()):
        faults.append(Fault(name, key, problem, _WHILE_RUNNING))
    return {code: {**earlier[code], **there[code]} for code in LANGUAGES}


def _with_all_used(
    name: str, used: set[str], now: Parts, before: Parts, faults: list[Fault]
) -> dict[str, Any]:
    """No answer loses a source or a figure because one left its list."""
    there, earlier = now.registers[name], before.registers[name]
    gone = sorted((used & earlier.keys()) - there.keys())
    file, problem = f"knowledge/{name}", "is gone, but entries use it"
    faults += [Fault(file, key, problem, _WHILE_RUNNING) for key in gone]
    return {**there, **{key: earlier[key] for key in gone}}


def _named_by(entries: Mapping[str, Entry]) -> dict[str, set[str]]:
    """Return the keys of each register that the entries use."""
    used: dict[str, set[str]] = {name: set() for name in _NAMED_IN_ENTRIES}
    of_kind = {"fact": used["facts"], "office": used["office"]}
    for entry in entries.values():
        used["sources"].update(entry.sources)
        for words in entry.texts.values():
            body = "\n".join((words.short, words.details, words.next_step))
            for kind, key in placeholders(body):
                of_kind[kind].add(key)
    return used
