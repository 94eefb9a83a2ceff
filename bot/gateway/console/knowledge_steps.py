"""What the buttons of an entry's page do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from bot.core.errors import NotAllowed
from bot.core.staff import Staff
from bot.gateway.console.knowledge_change import (
    RETURNED,
    Change,
    Unfit,
    has_unkept,
    is_standing,
    typed_texts,
)
from bot.gateway.console.knowledge_desk import (
    editing_of,
)
from bot.services import editing, editing_publishing
from bot.services.editing import Editing
from bot.services.editing_publishing import Published
from bot.storage.knowledge_edits import Draft


@dataclass(frozen=True)
class Step:
    """A button: what it does; whether what was typed goes with it; who may press it."""

    do: Callable[[Change], Draft | Published | None]
    takes_text: bool = False


def _keep(change: Change) -> Draft | None:
    """Keep what was typed; None where nothing was typed and nothing is kept."""
    texts, opened = typed_texts(change), change.opened
    if is_standing(change, texts):
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
    note = f"{RETURNED}{change.staff.name}: {why}"
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
