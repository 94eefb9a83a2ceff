"""The index finds the entry whose questions a message is like, also when misspelt."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.knowledge.coverage import Coverage
from bot.knowledge.encoder import encode
from bot.knowledge.examples import REJECTED, Example
from bot.knowledge.index import SearchIndex
from bot.knowledge.ranking import Ranking
from bot.services.held_out import held_out_report

QUESTIONS = {
    "detainer": [
        "what is an ice detainer",
        "how long does a detainer last",
        "que es un detainer",
    ],
    "mandamus_cost": [
        "how much does a mandamus cost",
        "price of a mandamus lawsuit",
        "cuanto cuesta el mandamus",
    ],
    "silence": [
        "do i have the right to remain silent",
        "can i refuse to answer the police",
        "tengo derecho a guardar silencio",
    ],
    REJECTED: [
        "where can i buy pizza",
        "who won the football game",
        "how do i renew my passport",
    ],
}
EXAMPLES = [Example(t, entry) for entry, texts in QUESTIONS.items() for t in texts]
KNOWN = [example for example in EXAMPLES if example.entry != REJECTED]
TYPOS = {
    "letter_missing": ("wht is an ice detaner", "detainer"),
    "letters_swapped": ("how mcuh does a mandmaus cost", "mandamus_cost"),
    "letter_doubled": ("rigth to remainn sillent", "silence"),
    "no_accents_capitals": ("CUÁNTO CUESTA EL MANDAMUS!!", "mandamus_cost"),
}


def _coverage() -> Coverage:
    return Coverage(QUESTIONS, [example.text for example in EXAMPLES])


@pytest.fixture(scope="module")
def index() -> SearchIndex:
    """An index of three entries and three rejected messages."""
    texts = [example.text for example in EXAMPLES]
    return SearchIndex.build(EXAMPLES, encode(texts), _coverage())


def _search(index: SearchIndex, text: str) -> Ranking:
    return index.search([text], encode([text]))[0]


@pytest.mark.parametrize("example", KNOWN, ids=[e.text for e in KNOWN])
def test_index_finds_the_entry_of_its_own_example(
    index: SearchIndex, example: Example
) -> None:
    best = _search(index, example.text).candidates[0]
    assert best.entry == example.entry
    assert best.nearest == pytest.approx(1.0, abs=1e-3)
    assert best.coverage == pytest.approx(1.0)


@pytest.mark.parametrize(("text", "entry"), TYPOS.values(), ids=TYPOS)
def test_index_finds_the_entry_when_the_message_is_misspelt(
    index: SearchIndex, text: str, entry: str
) -> None:
    assert _search(index, text).candidates[0].entry == entry


def test_candidates_stand_in_the_order_of_their_scores(index: SearchIndex) -> None:
    scores = [c.score for c in _search(index, "how long is a detainer").candidates]
    assert scores == sorted(scores, reverse=True)
    assert len(scores) == 3


def test_rejected_messages_are_never_candidates(index: SearchIndex) -> None:
    found = _search(index, "where can i buy pizza").candidates
    assert REJECTED not in [candidate.entry for candidate in found]


@pytest.mark.parametrize(
    "text", ["where can i buy pizza", "renew my pasport"], ids=["own", "misspelt"]
)
def test_message_is_rejected_when_it_is_like_a_rejected_one(
    index: SearchIndex, text: str
) -> None:
    ranking = _search(index, text)
    assert ranking.rejected > ranking.candidates[0].score


def test_message_is_not_rejected_when_it_is_like_a_question(
    index: SearchIndex,
) -> None:
    ranking = _search(index, "what is a detainer")
    assert ranking.rejected < 0.3 < ranking.candidates[0].score


def test_index_finds_the_same_when_saved_and_loaded(
    index: SearchIndex, tmp_path: Path
) -> None:
    texts = [*QUESTIONS["detainer"], "wht is mandmus", "pizza", ""]
    index.save(tmp_path / "folder" / "index.npz")
    loaded = SearchIndex.load(tmp_path / "folder" / "index.npz", _coverage())
    vectors = encode(texts)
    assert loaded.search(texts, vectors) == index.search(texts, vectors)


def test_saving_leaves_no_half_written_file(index: SearchIndex, tmp_path: Path) -> None:
    index.save(tmp_path / "index.npz")
    assert [path.name for path in tmp_path.iterdir()] == ["index.npz"]


@pytest.mark.parametrize("content", [b"", b"not an index"], ids=["empty", "garbage"])
def test_loading_raises_when_the_file_is_damaged(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "index.npz"
    path.write_bytes(content)
    with pytest.raises((OSError, ValueError, KeyError, EOFError)) as caught:
        SearchIndex.load(path, _coverage())
    assert isinstance(caught.value, OSError | ValueError | KeyError)


def test_loading_raises_when_there_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(OSError):
        SearchIndex.load(tmp_path / "none.npz", _coverage())


@pytest.mark.parametrize("left", KNOWN, ids=[e.text for e in KNOWN])
def test_a_question_left_out_is_as_near_as_to_an_index_built_without_it(
    index: SearchIndex, left: Example
) -> None:
    rest = [example for example in EXAMPLES if example != left]
    without = SearchIndex.build(
        rest, encode([example.text for example in rest]), _coverage()
    )
    found = dict(index.held_out(EXAMPLES))[left].candidates
    nearest = {candidate.entry: candidate.nearest for candidate in found}
    # The words' weights are still those of the whole, so only about the same.
    for candidate in _search(without, left.text).candidates:
        assert nearest[candidate.entry] == pytest.approx(candidate.nearest, abs=0.08)


def test_the_report_counts_each_question_of_each_entry_once(index: SearchIndex) -> None:
    report = held_out_report(index, EXAMPLES)
    assert {found.entry: found.questions for found in report} == {
        "detainer": 3,
        "mandamus_cost": 3,
        "silence": 3,
    }
    shares = [found.share for found in report]
    assert shares == sorted(shares)
    assert all(found.first <= found.among_three <= 3 for found in report)
