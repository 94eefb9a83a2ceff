"""Takes an entry's text apart into paragraphs, lists and strong words, never markup."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

_BULLET: Final = "- "
_STRONG: Final = "**"


@dataclass(frozen=True)
class Words:
    """A run of words, strong or not."""

    text: str
    is_strong: bool = False


Line = tuple[Words, ...]


@dataclass(frozen=True)
class Block:
    """A paragraph with its lines, or a list with its items."""

    kind: Literal["paragraph", "list"]
    lines: tuple[Line, ...]


def read_blocks(text: str) -> tuple[Block, ...]:
    """Return the blocks of a text; blank lines part them, "- " begins a list item.

    Whatever else stands in the text, HTML too, stays words for the page to escape.

    >>> read_blocks("- Call")[0].kind
    'list'
    """
    blocks: list[Block] = []
    for part in text.replace("\r\n", "\n").split("\n\n"):
        blocks += _blocks_of(part.strip("\n"))
    return tuple(blocks)


def _blocks_of(part: str) -> list[Block]:
    blocks: list[Block] = []
    for line in part.split("\n"):
        is_item = line.startswith(_BULLET)
        words = read_words(line[len(_BULLET) :] if is_item else line)
        if not words:
            continue
        kind: Literal["paragraph", "list"] = "list" if is_item else "paragraph"
        if blocks and blocks[-1].kind == kind:
            blocks[-1] = Block(kind, (*blocks[-1].lines, words))
        else:
            blocks.append(Block(kind, (words,)))
    return blocks


def read_words(line: str) -> Line:
    """Return a line's words, those between two pairs of asterisks as strong ones.

    >>> read_words("Do **not** sign.")[1]
    Words(text='not', is_strong=True)
    """
    pieces = line.strip().split(_STRONG)
    if len(pieces) % 2 == 0:  # The last pair opens and never closes: it stays as typed.
        pieces[-2:] = [_STRONG.join(pieces[-2:])]
    return tuple(
        Words(piece, place % 2 == 1) for place, piece in enumerate(pieces) if piece
    )
