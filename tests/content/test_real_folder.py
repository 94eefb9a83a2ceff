"""The real knowledge folder is whole, without errors, and shows in both languages."""

from __future__ import annotations

import pytest

from bot.channels.web import as_plain_text
from bot.core.entries import Entry
from bot.core.facts import placeholders
from bot.core.languages import LANGUAGES, Language
from bot.core.messages import Reply
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.checks import check_knowledge
from bot.knowledge.loader import fingerprint
from bot.services.showing import show_reply
from bot.settings import PROJECT_ROOT

ROOT = PROJECT_ROOT / "knowledge"
LAUNCH_SET = [
    "car_stop",
    "detained_lawyer_free",
    "detainer_48h",
    "family_detained_first_steps",
    "find_detained_person",
    "habeas_lawyer_urgent",
    "ice_at_door",
    "ice_at_work",
    "ice_forced_entry",
    "in_jail_rights",
    "right_silent",
    "rights_overview",
    "signing_papers",
    "street_stop",
    "transfer_out_state",
    "warrant_types",
]
# What the services answer with by name (bot/services/answers.py).
BY_NAME = [
    "emergency_now",
    "feeling_scared",
    "human_please",
    "language_switch",
    "out_of_scope",
    "sources_dates",
]


@pytest.mark.parametrize("entry_id", [*LAUNCH_SET, *BY_NAME])
def test_an_entry_of_the_launch_set_is_there(
    knowledge: KnowledgeBase, entry_id: str
) -> None:
    entry = knowledge.find(entry_id)
    assert entry is not None
    assert entry.status != "withdrawn"


def test_the_folder_has_no_error_on_the_day_of_its_last_check(
    knowledge: KnowledgeBase,
) -> None:
    day = max(entry.as_of for entry in knowledge.entries.values())
    faults = check_knowledge(ROOT, day)
    assert [str(fault) for fault in faults if not fault.is_warning] == []


def text_of(entry: Entry, knowledge: KnowledgeBase, language: Language) -> str:
    """Return all that a visitor can read of an entry, on the day of its last check."""
    words = entry.texts[language]
    named = placeholders(f"{words.short} {words.details} {words.next_step}")
    facts = [knowledge.facts[key].checked_on for kind, key in named if kind == "fact"]
    reply = Reply("answer", language, entries=(entry.id,), part="details")
    return as_plain_text(show_reply(reply, knowledge, max([entry.as_of, *facts])))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_entry_shows_with_every_blank_filled(
    knowledge: KnowledgeBase, language: Language
) -> None:
    texts = {e.id: text_of(e, knowledge, language) for e in knowledge.entries.values()}
    assert [name for name, text in texts.items() if "{" in text or "}" in text] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_entry_shows_its_words_its_step_and_its_date(
    knowledge: KnowledgeBase, language: Language
) -> None:
    for entry in knowledge.entries.values():
        text = text_of(entry, knowledge, language)
        assert knowledge.phrase("draft", language) in text or entry.status != "draft"
        assert entry.texts[language].details.splitlines()[0][:20] in text
        assert str(entry.as_of.year) in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_is_known_on_the_day_it_was_last_checked(
    knowledge: KnowledgeBase, language: Language
) -> None:
    unknown = knowledge.phrase("no_current_figure", language)
    entries = knowledge.entries.values()
    assert [e.id for e in entries if unknown in text_of(e, knowledge, language)] == []


def test_the_two_languages_of_an_entry_are_not_the_same_text(
    knowledge: KnowledgeBase,
) -> None:
    same = [
        entry.id
        for entry in knowledge.entries.values()
        if entry.texts["en"].short == entry.texts["es"].short
    ]
    assert same == []


def test_every_source_is_used_by_an_entry_or_a_fact(knowledge: KnowledgeBase) -> None:
    used = {key for entry in knowledge.entries.values() for key in entry.sources}
    used |= {fact.source for fact in knowledge.facts.values()}
    assert sorted(set(knowledge.sources) - used) == []


def test_the_version_is_that_of_the_files(knowledge: KnowledgeBase) -> None:
    assert knowledge.version == fingerprint(ROOT)
