"""python -m bot knowledge export: a sheet of the entries, or paper for an attorney."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import datetime, timezone
from pathlib import Path
from typing import Final

from bot.core.entries import Entry
from bot.core.errors import BotError
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.entry_files import read_texts
from bot.knowledge.entry_form import EntryForm, form_of
from bot.knowledge.loader import load_knowledge
from bot.services.knowledge_csv import write_sheet
from bot.services.sign_off import papers_of
from bot.services.sign_off_html import write_html
from bot.settings import Settings, load_settings

_KINDS: Final = (".csv", ".html", ".pdf")


def export(file: Path, entries: Sequence[str] | None, has_withdrawn: bool) -> int:
    """Write the file; its ending says of which kind.

    Nobody signs what no visitor gets: on paper, withdrawn entries stand only where
    they are asked for. A sheet has them all, or it could not be read back whole.

    Raises:
        BotError: the ending is unknown, an entry is, or the file cannot be written.
        ContentError: the knowledge folder has faults.
    """
    settings = load_settings()
    if file.suffix.lower() not in _KINDS:
        raise BotError(f"The name must end with one of: {', '.join(_KINDS)}.")
    knowledge = load_knowledge(settings.KNOWLEDGE_DIR)
    kind = file.suffix.lower()
    chosen = _chosen(knowledge, entries)
    found = len(chosen)
    if kind != ".csv" and entries is None and not has_withdrawn:
        chosen = [entry for entry in chosen if entry.status != "withdrawn"]
    data = _written(settings, knowledge, chosen, kind)
    partial = file.with_name(f".{file.name}.partial")
    try:
        partial.write_bytes(data)
        os.replace(partial, file)
    except OSError as error:
        raise BotError(f"{file} cannot be written: {error.strerror}.") from None
    size = f"{len(data) // 1000} kB"
    print(f"{file}: {size}, both languages, entries: {len(chosen)}")
    if found > len(chosen):
        left_out = found - len(chosen)
        print(f"Left out, because withdrawn: {left_out} (--withdrawn takes them in).")
    return 0


def _chosen(knowledge: KnowledgeBase, names: Sequence[str] | None) -> list[Entry]:
    if names is None:
        return sorted(knowledge.entries.values(), key=lambda e: (e.group, e.id))
    unknown = [name for name in names if knowledge.find(name) is None]
    if unknown:
        raise BotError(f"There is no entry {', '.join(unknown)}.")
    found = (knowledge.find(name) for name in names)
    return list({entry.id: entry for entry in found if entry}.values())


def _written(
    settings: Settings, knowledge: KnowledgeBase, chosen: list[Entry], kind: str
) -> bytes:
    if kind == ".csv":
        return write_sheet(forms_of(settings.KNOWLEDGE_DIR, [e.id for e in chosen]))
    now = knowledge.desk.local(datetime.now(timezone.utc))
    papers = papers_of(chosen, knowledge, now.date())
    if kind == ".html":
        return write_html(papers, now.date()).encode()
    # Takes a second to import.
    from bot.services.sign_off_pdf import write_pdf

    return write_pdf(papers, now)


def forms_of(root: Path, entries: Sequence[str]) -> list[EntryForm]:
    """Return the forms of entries as their files have them.

    Raises:
        ContentError: a file cannot be read.
    """
    found = (read_texts(root, entry) for entry in entries)
    return [
        form_of(texts.texts, f"{texts.group}/{texts.id}") for texts in found if texts
    ]
