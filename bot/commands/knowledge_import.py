"""python -m bot knowledge import: takes a changed sheet of entries in, as drafts."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timezone
from pathlib import Path
from typing import Final

from bot.commands.knowledge_desk import Desk, open_desk
from bot.commands.knowledge_export import forms_of
from bot.core.errors import BotError, ContentError, Fault
from bot.core.languages import LANGUAGES
from bot.core.staff import Staff
from bot.knowledge.checks import check_knowledge
from bot.knowledge.entry_files import read_texts
from bot.knowledge.entry_form import EntryForm, texts_of
from bot.knowledge.loader import load_knowledge
from bot.services.editing import all_drafts, discard_draft, save_draft
from bot.services.editing_history import difference
from bot.services.knowledge_csv import read_sheet
from bot.settings import load_settings

_MAX_BYTES: Final = 30_000_000
_SIGNS: Final = {"same": "  ", "added": "+ ", "removed": "- ", "gap": "  ..."}


def take_in(file: Path, login: str | None, only_check: bool) -> int:
    """Keep a draft of each entry that the sheet changes, of all or of none.

    Raises:
        BotError: the file cannot be read, or nobody has this login.
    """
    settings = load_settings()
    knowledge = load_knowledge(settings.KNOWLEDGE_DIR)
    known = {
        form.id: form
        for form in forms_of(settings.KNOWLEDGE_DIR, list(knowledge.entries))
    }
    try:
        forms = read_sheet(_read(file), file.name, known)
        changed = {
            name: form
            for name, form in forms.items()
            if name not in known or texts_of(form) != texts_of(known[name])
        }
        _tell(changed, known)
        today = knowledge.desk.local(datetime.now(timezone.utc)).date()
        _refuse_faults(settings.KNOWLEDGE_DIR, changed, today)
    except ContentError as error:
        for fault in error.faults:
            print(f"error: {fault}", file=sys.stderr)
        print("Nothing of the sheet was taken.", file=sys.stderr)
        return 1
    if only_check or not changed:
        print("Nothing was written." if changed else "The sheet changes nothing.")
        return 0
    with open_desk(settings, datetime.now(timezone.utc)) as desk:
        keep_drafts(desk, desk.person(login, "edit_knowledge"), changed)
    print(f"Drafts kept: {len(changed)}. Look at them in the console and publish them.")
    return 0


def _read(file: Path) -> bytes:
    try:
        if file.stat().st_size > _MAX_BYTES:
            raise BotError(f"{file.name} is too large for a sheet of entries.")
        return file.read_bytes()
    except OSError as error:
        raise BotError(f"{file} cannot be read: {error.strerror}.") from None


def _tell(changed: Mapping[str, EntryForm], known: Mapping[str, EntryForm]) -> None:
    for name, form in changed.items():
        is_new = name not in known
        print(f"== {form.group}/{name}: {'new' if is_new else 'changed'}")
        before = dict.fromkeys(LANGUAGES, "") if is_new else texts_of(known[name])
        language = ""
        for line in difference(before, texts_of(form)):
            if line.language != language:
                language = line.language
                print(f"[{language}]")
            print(f"{_SIGNS[line.kind]}{line.text}")


def _refuse_faults(root: Path, changed: Mapping[str, EntryForm], today: date) -> None:
    """Check a copy of the folder in which all of the sheet is done.

    One question may move from one entry to another, which only the whole shows.
    """
    if not changed:
        return
    print(
        f"checking what changes ({len(changed)}) together with all others ...",
        flush=True,
    )
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / root.name
        shutil.copytree(root, copy)
        names = set()
        for form in changed.values():
            (copy / form.group).mkdir(exist_ok=True)
            for language, text in texts_of(form).items():
                place = f"{form.group}/{form.id}.{language}.md"
                (copy / place).write_text(text, encoding="utf-8", newline="\n")
                names.add(f"{root.name}/{place}")
        faults = check_knowledge(copy, today)
    found = [each for each in faults if each.file in names]
    for warning in (each for each in found if each.is_warning):
        print(f"warning: {warning}")
    errors: list[Fault] = [each for each in found if not each.is_warning]
    if errors:
        raise ContentError(errors)


def keep_drafts(desk: Desk, staff: Staff, changed: Mapping[str, EntryForm]) -> None:
    """Keep the drafts; if one cannot be kept, none is.

    Raises:
        BotError: somebody works on one of the entries, or one could not be kept.
    """
    busy = sorted({draft.entry for draft in all_drafts(desk.editing)} & set(changed))
    if busy:
        raise BotError(
            f"There are drafts already: {', '.join(busy)}. Publish or discard them "
            "first. Nothing of the sheet was taken."
        )
    kept: list[tuple[str, int]] = []
    try:
        for name, form in changed.items():
            base = _base(desk, name)
            draft = save_draft(
                desk.editing, name, form.group, texts_of(form), base, 0, staff, desk.now
            )
            kept.append((name, draft.version))
    except BotError:
        _take_back(desk, staff, kept)
        raise


def _take_back(desk: Desk, staff: Staff, kept: Sequence[tuple[str, int]]) -> None:
    for name, version in kept:
        discard_draft(desk.editing, name, version, staff, desk.now)


def _base(desk: Desk, entry_id: str) -> str:
    found = read_texts(desk.editing.root, entry_id)
    return found.base if found else ""
