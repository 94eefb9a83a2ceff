"""Makes the search index of a knowledge base, or renews the one that is kept."""

from __future__ import annotations

import hashlib
from collections import Counter
from pathlib import Path

from bot.core.entries import Entry
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.coverage import Coverage
from bot.knowledge.encoder import VectorCache
from bot.knowledge.examples import Example, examples_of
from bot.knowledge.index import SearchIndex
from bot.knowledge.renewal import MOST_CHANGED, Learned, share_of_changed
from bot.services.second_looks import KEPT, looks_after, second_looks


def coverage_of(knowledge: KnowledgeBase, examples: list[Example]) -> Coverage:
    """Return what each entry speaks about, by all its texts in both languages."""
    texts = {entry.id: _texts_of(entry) for entry in knowledge.entries.values()}
    return Coverage(texts, (example.text for example in examples))


def index_after(
    index: SearchIndex,
    before: KnowledgeBase,
    after: KnowledgeBase,
    rejected: list[str],
) -> SearchIndex | None:
    """Return the index of a knowledge base that changed a little; takes a second.

    None where the index does not know what it learned, or where too much is new.
    """
    learned, examples = index.learned, examples_of(after, rejected)
    if learned is None or share_of_changed(learned, examples) > MOST_CHANGED:
        return None
    earlier, now = Counter(examples_of(before, rejected)), Counter(examples)
    changed = {
        entry.id: _texts_of(entry)
        for entry in after.entries.values()
        if before.entries.get(entry.id) != entry
    }
    coverage = index.coverage.changed(
        changed,
        after.entries.keys(),
        [example.text for example in (now - earlier).elements()],
        [example.text for example in (earlier - now).elements()],
    )
    renewed = index.renewed(learned, examples, coverage)
    renewed.seconds = looks_after(index.seconds, after, rejected)
    return renewed


def _texts_of(entry: Entry) -> list[str]:
    return [
        text
        for words in entry.texts.values()
        for text in (
            *(words.title, words.short, words.details, words.next_step),
            *words.questions,
        )
    ]


def load_or_build_index(
    knowledge: KnowledgeBase, rejected: list[str], folder: Path
) -> SearchIndex:
    """Return the index of the knowledge base, from its file if that is still right."""
    built = built_index(knowledge, rejected, folder)
    if built is not None:
        return built
    examples = examples_of(knowledge, rejected)
    coverage = coverage_of(knowledge, examples)
    path = folder / f"{_examples_version(knowledge, rejected)}.npz"
    learned = _learned_path(path)
    vectors = VectorCache(folder / "vectors.npz")
    texts = [example.text for example in examples]
    index = SearchIndex.build(examples, vectors.encode(texts), coverage)
    vectors.save(texts)
    index.save(path)
    if index.learned is not None:
        index.learned.save(learned)
    kept = (path, learned, folder / "vectors.npz")
    for old in folder.glob("*.npz"):
        if old not in kept and not old.name.startswith(KEPT):
            old.unlink(missing_ok=True)
    index.seconds = second_looks(knowledge, rejected, folder)
    return index


def built_index(
    knowledge: KnowledgeBase, rejected: list[str], folder: Path
) -> SearchIndex | None:
    """Return the index that was built of just these questions, or None: none was."""
    path = folder / f"{_examples_version(knowledge, rejected)}.npz"
    if not path.is_file():
        return None
    try:
        # Without what it learned it could not take up edits: it is built anew.
        learned = Learned.load(_learned_path(path))
        examples = examples_of(knowledge, rejected)
        index = SearchIndex.load(path, coverage_of(knowledge, examples))
    except (OSError, ValueError, KeyError):
        return None
    index.learned = learned
    index.seconds = second_looks(knowledge, rejected, folder)
    return index


def renewed_index(
    knowledge: KnowledgeBase, rejected: list[str], folder: Path
) -> SearchIndex | None:
    """Return the index kept in a folder, brought up to the present questions.

    None where it is up to date already, or too much changed, or none is kept.
    """
    examples = examples_of(knowledge, rejected)
    if (folder / f"{_examples_version(knowledge, rejected)}.npz").is_file():
        return None
    coverage = coverage_of(knowledge, examples)
    for kept in folder.glob("*.learned.npz"):
        try:
            learned = Learned.load(kept)
            if share_of_changed(learned, examples) > MOST_CHANGED:
                continue
            before = SearchIndex.load(_index_path(kept), coverage)
        except (OSError, ValueError, KeyError):
            continue
        renewed = before.renewed(learned, examples, coverage)
        renewed.seconds = second_looks(knowledge, rejected, folder, keep=False)
        return renewed
    return None


def _learned_path(index: Path) -> Path:
    return index.with_name(f"{index.stem}.learned.npz")


def _index_path(learned: Path) -> Path:
    return learned.with_name(learned.name.replace(".learned", ""))


def _examples_version(knowledge: KnowledgeBase, rejected: list[str]) -> str:
    digest = hashlib.sha256()
    for example in examples_of(knowledge, rejected):
        digest.update(f"{example.entry}\0{example.text}\0".encode())
    return digest.hexdigest()[:16]
