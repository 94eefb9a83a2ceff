"""An office with a small folder, a database and three people who edit."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from bot.core.staff import Staff
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.entry_files import EntryTexts, read_texts
from bot.knowledge.loader import load_knowledge
from bot.services import editing as desk
from bot.services.editing import Editing
from bot.settings import Settings
from bot.storage import audit
from bot.storage.engine import open_storage, upgrade
from bot.storage.knowledge_edits import Draft
from tests.builders import NOON

ANA = Staff(1, "ana", "Ana Ñ 🦊", "editor", "es")
REVA = Staff(2, "reva", "Reva", "reviewer", "en")
RHEA = Staff(3, "rhea", "Rhea", "reviewer", "en")
INA = Staff(4, "ina", "Ina", "intake", "en")
DOOR = "door_knock"


@dataclass
class Office:
    """The editing of a small folder."""

    editing: Editing

    @property
    def knowledge(self) -> KnowledgeBase:
        """The folder as it loads now."""
        return load_knowledge(self.editing.root)

    def strict(self) -> Editing:
        """Return the same office, which shows approved texts only."""
        return replace(self.editing, require_approved=True)

    def files(self, entry: str = DOOR) -> EntryTexts:
        """Return an entry's files."""
        found = read_texts(self.editing.root, entry)
        assert found is not None
        return found

    def path(self, language: str = "en") -> Path:
        """Return a file of the entry that the tests edit."""
        return self.editing.root / "rights" / f"{DOOR}.{language}.md"

    def draft(
        self,
        staff: Staff = ANA,
        old: str = "More about this.",
        new: str = "Much more about this.",
        now: datetime = NOON,
    ) -> Draft:
        """Keep a draft of the entry with a text replaced."""
        found = desk.open_entry(self.editing, DOOR)
        texts = found.draft.texts if found.draft else found.texts
        version = found.draft.version if found.draft else 0
        assert old in texts["en"]
        english = texts["en"].replace(old, new)
        changed = {**texts, "en": english}
        return desk.save_draft(
            *(self.editing, DOOR, "rights", changed, found.base, version, staff, now)
        )

    def actions(self, entry: str = DOOR) -> list[tuple[int | None, str]]:
        """Return who did what with an entry."""
        with self.editing.storage.read() as session:
            done = audit.of_subject(session, entry)
        return [(entry.staff_id, entry.action) for entry in done]


@contextmanager
def open_office(settings: Settings, root: Path) -> Iterator[Office]:
    """Open an office whose day is that of the moment it is asked at."""
    upgrade(settings)
    storage = open_storage(settings)
    yield Office(Editing(storage, root, False, lambda now: now.date()))
    storage.close()
