"""What somebody wants of an entry, which buttons they are offered, and why not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.core.errors import BotError
from bot.core.languages import Language
from bot.core.staff import Staff
from bot.gateway.console.desk import Visit
from bot.gateway.console.knowledge_desk import (
    standing_texts,
    writer_of,
)
from bot.gateway.console.knowledge_form import means_same, one_line, texts_from
from bot.knowledge.entry_form import status_of
from bot.services.editing import OpenEntry
from bot.storage.knowledge_edits import Draft

MOST_WHY: Final = 300
_MOST_DIGITS: Final = 9
# Begins the note of a draft that was sent back: who did, and why, come after it.
RETURNED: Final = "\u21a9 "


class Unfit(BotError):
    """Something that the button needs was not filled in; `words` tell what."""

    def __init__(self, words: str, place: str) -> None:
        self.words, self.place = words, place
        super().__init__(words)


@dataclass
class Change:
    """What somebody wants to do: the entry as it stands now, and their form."""

    visit: Visit
    opened: OpenEntry
    fields: Mapping[str, str]
    # What was kept on the way, even if the rest was refused.
    kept: Draft | None = None
    # Whether what was typed stands in the draft or the files.
    is_safe: bool = False

    @property
    def staff(self) -> Staff:
        """Who presses the button."""
        return self.visit.staff

    @property
    def entry(self) -> str:
        """The entry's id."""
        return self.opened.entry

    @property
    def base(self) -> str:
        """What the files were when work on the text began."""
        return self.fields.get("base", "")

    @property
    def files_base(self) -> str:
        """What the files were when the page was made."""
        return self.fields.get("files_base", "")

    @property
    def version(self) -> int:
        """Which draft the page showed; 0 for none."""
        return read_number(self.fields.get("version", ""))

    def why(self, name: str = "why", wanted: str = "") -> str:
        """Return the reason that was typed.

        Raises:
            Unfit: there is none, although it is wanted.
        """
        given = one_line(self.fields.get(name, ""))[:MOST_WHY]
        if wanted and not given:
            raise Unfit(wanted, name)
        return given


def typed_texts(change: Change) -> dict[Language, str]:
    """Return the file texts that the form means."""
    opened = change.opened
    standing = standing_texts(opened)
    return texts_from(change.fields, standing, opened.group, opened.entry)


def has_unkept(change: Change) -> bool:
    """Return whether the form holds words that are neither a draft nor in the files."""
    return not is_standing(change, typed_texts(change))


def steps_for(
    opened: OpenEntry, staff: Staff, require_approved: bool, writer: int | None
) -> list[str]:
    """Return the buttons that somebody is offered, in the order of the page.

    `writer` is who wrote the text that stands in the files, if known.
    """
    draft, status = opened.draft, status_of(opened.texts.get("en", ""))
    is_reviewer = staff.may("approve_knowledge")
    is_waiting = draft is not None and draft.state == "in_review"
    is_other = draft is not None and draft.changed_by != staff.id
    offered = {
        "keep": True,
        "send": not is_waiting,
        "publish": not (require_approved and status == "approved"),
        "approve": is_reviewer
        and (is_other or (not draft and status == "draft" and writer != staff.id)),
        "return": is_waiting and (is_reviewer or draft.sent_by == staff.id)
        if draft
        else False,
        "withdraw": bool(opened.texts) and status != "withdrawn",
        "restore": status == "withdrawn",
        "reviewed": is_reviewer and bool(opened.texts) and status != "withdrawn",
        "discard": draft is not None,
    }
    return [name for name, is_offered in offered.items() if is_offered]


def refusal_of(change: Change, action: str) -> str:
    """Return the words that tell why a button was refused: the one true reason."""
    opened, staff, visit = change.opened, change.staff, change.visit
    if action in ("approve", "reviewed") and not staff.may("approve_knowledge"):
        return "not_your_role"
    writer = opened.draft.changed_by if opened.draft else writer_of(visit, opened)
    if action in ("approve", "reviewed") and writer == staff.id:
        return "own_words"
    is_approved = status_of(opened.texts.get("en", "")) == "approved"
    if action == "publish" and is_approved:
        return "only_approved"
    return "not_this_state"


def returned_note(note: str) -> tuple[str, str] | None:
    """Return who sent a draft back and why, if that is what its note says."""
    name, found, why = note.removeprefix(RETURNED).partition(": ")
    return (name, why) if found and note.startswith(RETURNED) else None


def read_number(given: str) -> int:
    """Return a number that a form carries; -1 for anything else."""
    is_number = given.isascii() and given.isdigit() and len(given) <= _MOST_DIGITS
    return int(given) if is_number else -1


def is_standing(change: Change, texts: Mapping[Language, str]) -> bool:
    """Return whether texts say what stands in the files."""
    opened = change.opened
    return means_same(texts, standing_texts(opened), opened.group, opened.entry)
