"""A reply shows what the files say now, whoever chose its entries and when."""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path

import pytest

from bot.core.messages import Reply
from bot.services.library import KnowledgeShelf
from bot.services.up_to_date import as_published, shown_now
from tests.builders import NOON, edit, write_knowledge

DOOR = "rights/door_knock.en.md"
ANSWER = Reply("answer", "en", entries=("door_knock",))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_knowledge(tmp_path)


@pytest.fixture
def shelf(root: Path) -> KnowledgeShelf:
    return KnowledgeShelf(root)


def test_an_entry_written_a_moment_ago_is_shown_at_once(
    root: Path, shelf: KnowledgeShelf
) -> None:
    for code in ("en", "es"):
        path = root / f"rights/door_knock.{code}.md"
        text = path.read_text(encoding="utf-8").replace("id: door_knock", "id: bell")
        path.with_name(f"bell.{code}.md").write_text(text, encoding="utf-8")
    reply = Reply("answer", "en", entries=("bell",))
    given, shown = shown_now(shelf, reply, NOON, require_approved=False)
    assert given.entries == ("bell",)
    assert shown.cards[0].title == "ICE is at my door. Must I open?"


def test_a_withdrawn_entry_is_not_shown_though_it_was_chosen(
    root: Path, shelf: KnowledgeShelf
) -> None:
    edit(root / DOOR, "status: draft", "status: withdrawn")
    shelf.look()
    given, shown = shown_now(shelf, ANSWER, NOON, require_approved=False)
    assert given.kind == shown.kind == "no_answer"
    assert not shown.cards


def test_a_figure_counts_until_the_offices_own_day_ends(shelf: KnowledgeShelf) -> None:
    reply = Reply("answer", "en", entries=("bond_money",))
    # Eight in the evening of 31 December in New York.
    late = datetime(2027, 1, 1, 1, 0, tzinfo=timezone.utc)
    _, shown = shown_now(shelf, reply, late, require_approved=False)
    assert "$1,500" in shown.cards[0].short


def test_a_sentence_that_the_files_here_do_not_have_becomes_an_apology(
    shelf: KnowledgeShelf,
) -> None:
    unknown = Reply("notice", "es", phrases=("no_such_phrase",))
    given, shown = shown_now(shelf, unknown, NOON, require_approved=False)
    assert (given.phrases, given.language) == (("apology",), "es")
    assert "intente de nuevo" in shown.lead[0]


@pytest.mark.parametrize(
    ("reply", "kind", "entries", "options"),
    [
        (ANSWER, "no_answer", (), ("human_please",)),
        (
            Reply("answer", "en", entries=("jail_hold", "door_knock")),
            "answer",
            ("jail_hold",),
            (),
        ),
        (
            Reply("clarify", "en", options=("door_knock", "jail_hold")),
            "clarify",
            (),
            ("jail_hold",),
        ),
        (
            Reply("clarify", "en", options=("door_knock",)),
            "no_answer",
            (),
            ("human_please",),
        ),
        (
            Reply("emergency", "en", entries=("door_knock",), phrases=("greet",)),
            "emergency",
            (),
            (),
        ),
    ],
)
def test_what_is_withdrawn_is_left_out_of_any_reply(
    reply: Reply,
    kind: str,
    entries: tuple[str, ...],
    options: tuple[str, ...],
    root: Path,
    shelf: KnowledgeShelf,
) -> None:
    edit(root / DOOR, "status: draft", "status: withdrawn")
    now = as_published(reply, shelf.look(), require_approved=False)
    assert (now.kind, now.entries, now.options) == (kind, entries, options)


def test_a_reply_whose_entries_all_stand_is_the_same_reply(
    shelf: KnowledgeShelf,
) -> None:
    assert as_published(ANSWER, shelf.current, require_approved=False) is ANSWER


def test_where_approval_is_asked_for_a_draft_is_left_out(shelf: KnowledgeShelf) -> None:
    now = as_published(ANSWER, shelf.current, require_approved=True)
    assert now.kind == "no_answer"
