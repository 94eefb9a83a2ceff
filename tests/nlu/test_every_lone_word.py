"""Every word of knowledge/lone_words.yml, typed alone, is asked back."""

from __future__ import annotations

from bot.commands.knowledge_try import RULES_FOLDER, understand
from bot.knowledge.plain_yaml import load_yaml
from bot.services.library import Library
from bot.services.replies import PERSON
from bot.services.thresholds import load_thresholds
from bot.services.trying import read_actions, try_question
from bot.settings import load_settings
from tests.builders import TODAY


def test_every_lone_word_is_asked_back_with_its_entries() -> None:
    settings = load_settings()
    library, actions = Library(settings), read_actions(RULES_FOLDER)
    thresholds = load_thresholds(settings.THRESHOLDS_FILE)
    path = settings.KNOWLEDGE_DIR / "lone_words.yml"
    other = {}
    for words, entries in load_yaml(path.read_text("utf-8"), path.name).items():
        for word in str(words).split(","):
            message = understand(settings, word.strip())
            reply = try_question(
                message, "en", library, thresholds, False, actions, TODAY
            ).reply
            offered = reply and (*reply.options, *reply.entries)
            # "Lawyer" and "phone" may as well be a wish for the office.
            meant = {*entries, PERSON}
            if not offered or not meant & set(offered):
                other[word.strip()] = reply and (reply.kind, offered)
    assert other == {}
