"""An entry as the visitor sees it: figures of the day, sources, dates and warnings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.channels.web import as_plain_text
from bot.core.cards import AnswerCard
from bot.core.languages import Language
from bot.core.messages import Button, Reply
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.loader import load_knowledge
from bot.services.showing import show_entry, show_reply
from tests.builders import TODAY, edit

OVERDUE = date(2026, 9, 1)
YEARS_LATER = date(2029, 1, 1)


def card(
    knowledge: KnowledgeBase, entry: str, language: Language = "en", day: date = TODAY
) -> AnswerCard:
    """Return an entry as it is shown on a day."""
    return show_entry(knowledge.entries[entry], knowledge, language, day)


@pytest.mark.parametrize(
    ("language", "day", "short"),
    [
        ("en", TODAY, "A bond costs at least $1,500."),
        ("es", TODAY, "Una fianza cuesta al menos 1,500 dólares."),
        (
            "en",
            date(2027, 1, 1),
            "A bond costs at least (no current figure; see the official page).",
        ),
        (
            "es",
            date(2027, 1, 1),
            "Una fianza cuesta al menos (sin cifra vigente; vea la página oficial).",
        ),
    ],
    ids=["en", "es", "no current figure en", "no current figure es"],
)
def test_a_figure_is_that_of_the_day(
    small_knowledge: KnowledgeBase, language: Language, day: date, short: str
) -> None:
    assert card(small_knowledge, "bond_money", language, day).short == short


@pytest.mark.parametrize(
    ("language", "short"),
    [
        ("en", "Call the office: (the office will confirm)."),
        ("es", "Llame a la oficina: (la oficina lo confirmará)."),
    ],
    ids=["en", "es"],
)
def test_a_blank_of_the_office_says_that_the_office_will_confirm(
    small_knowledge: KnowledgeBase, language: Language, short: str
) -> None:
    assert card(small_knowledge, "human_please", language).short == short


def test_a_line_of_the_office_is_shown_once_it_is_filled_in(
    knowledge_root: Path,
) -> None:
    edit(knowledge_root / "office.yml", "phone: ''", "phone: 555-0100")
    shown = card(load_knowledge(knowledge_root), "human_please")
    assert shown.short == "Call the office: 555-0100."


@pytest.mark.parametrize(
    ("language", "notice"),
    [
        ("en", "Checked on July 15, 2026; this may have changed."),
        ("es", "Revisado el 15 de julio de 2026; puede haber cambiado."),
    ],
    ids=["en", "es"],
)
def test_an_overdue_entry_warns_and_names_the_official_page(
    small_knowledge: KnowledgeBase, language: Language, notice: str
) -> None:
    shown = card(small_knowledge, "find_person", language, OVERDUE)
    assert shown.notice.startswith(notice)
    assert "https://law.example/1" in shown.notice
    assert shown.short == small_knowledge.entries["find_person"].texts[language].short


def test_a_current_entry_has_no_warning(small_knowledge: KnowledgeBase) -> None:
    assert card(small_knowledge, "find_person").notice == ""


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_volatile_entry_is_withheld_when_its_check_is_too_long_ago(
    small_knowledge: KnowledgeBase, language: Language
) -> None:
    words = small_knowledge.entries["find_person"].texts[language]
    shown = card(small_knowledge, "find_person", language, YEARS_LATER)
    assert words.short not in shown.short
    assert shown.details == ""
    assert "2026" in shown.short
    assert "https://law.example/1" in shown.short


def test_the_next_step_of_a_withheld_entry_is_still_shown(
    small_knowledge: KnowledgeBase,
) -> None:
    shown = card(small_knowledge, "find_person", "en", YEARS_LATER)
    assert shown.next_step == "Speak to a lawyer."


@pytest.mark.parametrize(
    ("status", "checked"),
    [
        ("draft", "Law checked on July 15, 2026. Not yet reviewed by an attorney."),
        ("approved", "Law checked on July 15, 2026."),
    ],
    ids=["draft", "approved"],
)
def test_only_a_draft_says_that_no_attorney_has_reviewed_it(
    small_knowledge: KnowledgeBase, status: str, checked: str
) -> None:
    entry = replace(small_knowledge.entries["door_knock"], status=status)
    assert show_entry(entry, small_knowledge, "en", TODAY).checked == checked


def test_sources_and_related_entries_are_told_in_the_language(
    small_knowledge: KnowledgeBase,
) -> None:
    shown = card(small_knowledge, "door_knock", "es")
    assert [source.title for source in shown.sources] == ["Ley 1"]
    assert shown.related == (("jail_hold", "¿Qué es una solicitud de retención?"),)


def test_a_choice_becomes_a_button_with_the_label_of_its_entry(
    small_knowledge: KnowledgeBase,
) -> None:
    reply = Reply("clarify", "en", options=("bond_money",), phrases=("clarify",))
    shown = show_reply(reply, small_knowledge, TODAY)
    payload = '/choose_entry{"entry": "bond_money"}'
    assert shown.buttons == (Button("bond_money", payload),)
    assert shown.options == (("bond_money", "How much is an immigration bond?"),)


def test_the_disclaimer_closes_a_reply_and_other_phrases_lead_it(
    small_knowledge: KnowledgeBase,
) -> None:
    phrases = ("also_asked", "disclaimer")
    reply = Reply("answer", "en", entries=("jail_hold",), phrases=phrases)
    blocks = as_plain_text(show_reply(reply, small_knowledge, TODAY)).split("\n\n")
    assert blocks[0].startswith("You asked more than one thing.")
    assert blocks[-1].startswith("General information, not legal advice.")


def test_a_state_is_named_in_the_language_of_the_reply(
    small_knowledge: KnowledgeBase,
) -> None:
    values = {"state_phrase": "state_nj"}
    reply = Reply("answer", "es", phrases=("jurisdiction_note",), values=values)
    assert "Nueva Jersey" in show_reply(reply, small_knowledge, TODAY).lead[0]


@pytest.mark.parametrize(
    "reply",
    [
        Reply("answer", "en", entries=("gone",)),
        Reply("notice", "en", phrases=("gone",)),
    ],
    ids=["entry", "phrase"],
)
def test_a_reply_that_names_what_the_files_lack_is_an_error(
    small_knowledge: KnowledgeBase, reply: Reply
) -> None:
    with pytest.raises(KeyError):
        show_reply(reply, small_knowledge, TODAY)


def test_a_withdrawn_entry_is_nowhere_named_as_related(
    small_knowledge: KnowledgeBase,
) -> None:
    entry = next(e for e in small_knowledge.entries.values() if e.related)
    name = entry.related[0]
    withdrawn = replace(small_knowledge.entries[name], status="withdrawn")
    without = replace(
        small_knowledge, entries={**small_knowledge.entries, name: withdrawn}
    )
    before = show_entry(entry, small_knowledge, "en", TODAY).related
    after = show_entry(entry, without, "en", TODAY).related
    assert name in dict(before)
    assert name not in dict(after)
