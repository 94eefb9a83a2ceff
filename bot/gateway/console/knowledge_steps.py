"""What the buttons of an entry's page do, and which of them somebody is offered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from bot.core.errors import BotError, NotAllowed
from bot.core.languages import Language
from bot.core.staff import Staff
from bot.gateway.console.desk import Visit
from bot.gateway.console.knowledge_desk import (
    editing_of,
    standing_texts,
    writer_of,
)
from bot.gateway.console.knowledge_form import means_same, one_line, texts_from
from bot.knowledge.entry_form import status_of
from bot.services import editing, editing_publishing
from bot.services.editing import Editing, OpenEntry
from bot.services.editing_publishing import Published
from bot.storage.knowledge_edits import Draft

MOST_WHY: Final = 300
_MOST_DIGITS: Final = 9
# Begins the note of a draft that was sent back: who did, and why, come after it.
_RETURNED: Final = "\u21a9 "


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


@dataclass(frozen=True)
class Step:
    """A button: what it does; whether what was typed goes with it; who may press it."""

    do: Callable[[Change], Draft | Published | None]
    takes_text: bool = False


def typed_texts(change: Change) -> dict[Language, str]:
    """Return the file texts that the form means."""
    opened = change.opened
    standing = standing_texts(opened)
    return texts_from(change.fields, standing, opened.group, opened.entry)


def has_unkept(change: Change) -> bool:
    """Return whether the form holds words that are neither a draft nor in the files."""
    return not _is_standing(change, typed_texts(change))


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
    name, found, why = note.removeprefix(_RETURNED).partition(": ")
    return (name, why) if found and note.startswith(_RETURNED) else None


def read_number(given: str) -> int:
    """Return a number that a form carries; -1 for anything else."""
    is_number = given.isascii() and given.isdigit() and len(given) <= _MOST_DIGITS
    return int(given) if is_number else -1


def _is_standing(change: Change, texts: Mapping[Language, str]) -> bool:
    opened = change.opened
    return means_same(texts, standing_texts(opened), opened.group, opened.entry)


def _keep(change: Change) -> Draft | None:
    """Keep what was typed; None where nothing was typed and nothing is kept."""
    texts, opened = typed_texts(change), change.opened
    if _is_standing(change, texts):
        change.is_safe = True
        return _with_note(change)
    change.kept = editing.save_draft(
        editing_of(change.visit),
        opened.entry,
        opened.group,
        texts,
        change.base,
        change.version,
        change.staff,
        change.visit.now,
        change.why(),
    )
    change.is_safe = True
    return change.kept


def _with_note(change: Change) -> Draft | None:
    """Keep a note that was typed for a draft whose words stay as they are."""
    draft, why = change.opened.draft, change.why()
    if draft is None or draft.state != "draft" or why in ("", draft.note):
        return draft
    change.kept = editing.note_draft(*_who(change, change.version), why)
    return change.kept


def _keep_mine(change: Change) -> Draft | None:
    """Keep what was typed over what somebody else kept, which the page has shown."""
    shown = {
        "base": change.fields.get("now_base", ""),
        "version": change.fields.get("now_version", ""),
    }
    mine = Change(change.visit, change.opened, {**change.fields, **shown})
    change.kept = _keep(mine)
    return change.kept


def _send(change: Change) -> Draft | None:
    draft = _keep(change)
    if draft is None:
        raise Unfit("nothing_typed", "why")
    return editing.send_for_review(*_who(change, draft.version))


def _publish(change: Change) -> Published:
    draft = _keep(change)
    if draft is None:
        raise Unfit("nothing_typed", "why")
    return editing_publishing.publish(
        editing_of(change.visit),
        change.visit.world.shelf.current,
        change.entry,
        draft.version,
        change.staff,
        change.visit.now,
        change.why(),
    )


def _approve(change: Change) -> Published:
    if has_unkept(change):
        # Their own words nobody may approve: they would be gone, or approved unseen.
        raise Unfit("approve_unkept", "why")
    core, knowledge = editing_of(change.visit), change.visit.world.shelf.current
    staff, now = change.staff, change.visit.now
    if change.opened.draft is None:
        return editing_publishing.approve_as_is(
            core, change.entry, change.files_base, staff, now, knowledge
        )
    version, why = change.version, change.why()
    return editing_publishing.approve(
        core, knowledge, change.entry, version, staff, now, why
    )


def _return(change: Change) -> Draft:
    why = change.why(wanted="why_missing")
    note = f"{_RETURNED}{change.staff.name}: {why}"
    return editing.return_to_editor(*_who(change, change.version), note)


def _rebase(change: Change) -> Draft:
    return editing.rebase_draft(*_who(change, change.version))


def _discard(change: Change) -> None:
    if not change.fields.get("discard_sure"):
        raise Unfit("discard_unsure", "discard_sure")
    editing.discard_draft(*_who(change, change.version))


def _withdraw(change: Change) -> Published:
    why = change.why("withdraw_why", "why_missing")
    return editing_publishing.withdraw(
        editing_of(change.visit),
        change.entry,
        change.files_base,
        change.staff,
        change.visit.now,
        why,
    )


def _restore(change: Change) -> Published:
    return editing_publishing.restore(
        editing_of(change.visit),
        change.entry,
        change.files_base,
        change.staff,
        change.visit.now,
        change.why("withdraw_why"),
    )


def _mark_reviewed(change: Change) -> Published:
    core = editing_of(change.visit)
    try:
        until = date.fromisoformat(change.fields.get("next_review", ""))
    except ValueError:
        raise Unfit("bad_day", "next_review") from None
    if until <= core.today(change.visit.now):
        raise Unfit("day_over", "next_review")
    return editing_publishing.mark_reviewed(
        core,
        change.visit.world.shelf.current,
        change.entry,
        change.files_base,
        until,
        change.staff,
        change.visit.now,
    )


def _who(change: Change, version: int) -> tuple[Editing, str, int, Staff, datetime]:
    now = change.visit.now
    return editing_of(change.visit), change.entry, version, change.staff, now


STEPS: Final[Mapping[str, Step]] = {
    "keep": Step(_keep, takes_text=True),
    "mine": Step(_keep_mine, takes_text=True),
    "send": Step(_send, takes_text=True),
    "publish": Step(_publish, takes_text=True),
    "approve": Step(_approve, takes_text=True),
    "return": Step(_return),
    "rebase": Step(_rebase),
    "discard": Step(_discard),
    "withdraw": Step(_withdraw),
    "restore": Step(_restore),
    "reviewed": Step(_mark_reviewed),
}


def do(name: str, change: Change) -> Draft | Published | None:
    """Do what a button says.

    Raises:
        NotAllowed: there is no such button, or it does not fit the entry's state.
        Unfit: something was not filled in.
        ChangedByOther, ContentError, RequestGone: as the editing core says.
    """
    if name not in STEPS:
        raise NotAllowed
    return STEPS[name].do(change)
