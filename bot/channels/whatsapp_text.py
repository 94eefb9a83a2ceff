"""Turns an entry's marks into WhatsApp's, and shortens texts between words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.channels.rich_text import Words, read_words

_BULLET: Final = "- "
_SENTENCE: Final = re.compile(r"(?<=[.!?])\s+")
# WhatsApp would read these as its own marks; it knows no way to escape them.
_MARKS: Final = re.compile(r"_{2,}|[*~`]")
_TITLE_MARKS: Final = re.compile(r"[*~`]|(?<![^\W_])_+|_+(?![^\W_])")  # not a_b
_MORE: Final = "…"
_JOINER: Final = "\u200d"  # makes one emoji of two
# Kinds of characters by Unicode's names for them.
_TAILS: Final = frozenset({"Mn", "Mc", "Me", "Cf", "Sk"})
_EMOJI: Final = frozenset({"So", "Sk", "Me", "Cf", "Cs", "Co", "Cn"})


@dataclass(frozen=True)
class Piece:
    """A paragraph of a message, and whether it may lose its end for want of room."""

    text: str
    may_be_cut: bool = False


def size(text: str) -> int:
    """Return a text's length as WhatsApp may count it.

    >>> size("año"), size("🙂")
    (3, 2)
    """
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def marked(text: str) -> str:
    """Return an entry's text with its strong words as WhatsApp marks them.

    >>> marked("Do **not** sign.")
    'Do *not* sign.'
    """
    return "\n".join(_marked_line(line) for line in text.splitlines()).strip()


def bold(text: str) -> str:
    """Return a text in bold; WhatsApp wants no space inside the marks.

    >>> bold("Bond")
    '*Bond*'
    """
    inner = text.strip()
    if not inner:
        return text
    before, after = text[: text.index(inner)], text[text.index(inner) + len(inner) :]
    return f"{before}*{inner}*{after}"


def joined(pieces: Sequence[Piece]) -> str:
    """Return the pieces that say something, with blank lines between them."""
    return "\n\n".join(piece.text for piece in pieces if piece.text)


def fitted(pieces: Sequence[Piece], most: int) -> str:
    """Return the pieces as one text of at most so many characters.

    The longest piece that may be cut loses its last line, again and again; a piece
    of one line loses sentences, and of one sentence goes as a whole.
    """
    left = list(pieces)
    while size(joined(left)) > most:
        places = [n for n, piece in enumerate(left) if piece.may_be_cut and piece.text]
        if not places:
            return cut_between_words(joined(left), most)
        longest = max(places, key=lambda n: size(left[n].text))
        left[longest] = replace(left[longest], text=_shorter(left[longest].text))
    return joined(left)


def cut_between_words(text: str, most: int) -> str:
    """Return a text of at most so many characters, cut after a word if there is one.

    >>> cut_between_words("What is a detainer?", 12)
    'What is a…'
    """
    if size(text) <= most:
        return text
    kept = text[:most]
    while kept and (
        size(kept) > most - size(_MORE)
        or _is_tail(text[len(kept) : len(kept) + 1])
        or kept.endswith(_JOINER)
    ):
        kept = kept[:-1]
    head, space, _ = kept.rpartition(" ")
    whole = text[len(kept) : len(kept) + 1].isspace()
    return (kept if whole or not space else head).rstrip(" ,;:-") + _MORE


def as_title(text: str) -> str:
    """Return a text fit for a button: no emoji, no marks, no control characters.

    >>> as_title("⚖️ *Bond* money")
    'Bond money'
    """
    composed = _TITLE_MARKS.sub("", unicodedata.normalize("NFC", text))
    kept = "".join(
        " " if char.isspace() else char for char in composed if _is_plain(char)
    )
    while kept and _is_tail(kept.lstrip()[:1]):
        kept = kept.lstrip()[1:]
    return " ".join(kept.split())


def _marked_line(line: str) -> str:
    is_item = line.startswith(_BULLET)
    words = read_words(line[len(_BULLET) :] if is_item else line)
    text = "".join(_marked_words(run) for run in words)
    return _BULLET + text if is_item and text else text


def _marked_words(run: Words) -> str:
    text = "".join(
        part if "://" in part else _MARKS.sub(_unmarked, part)
        for part in re.split(r"(\s+)", run.text)
    )
    return bold(text) if run.is_strong else text


def _unmarked(mark: re.Match[str]) -> str:
    return _MORE if mark[0].startswith("_") else ""


def _shorter(text: str) -> str:
    text = text.removesuffix(f"\n{_MORE}")
    head, line, _ = text.rpartition("\n")
    if line:
        return f"{head.rstrip()}\n{_MORE}"
    sentences = _SENTENCE.split(text.removesuffix(f" {_MORE}"))[:-1]
    while " ".join(sentences).count("*") % 2:  # Bold that would never end.
        sentences.pop()
    return " ".join((*sentences, _MORE)) if sentences else ""


def _is_tail(char: str) -> bool:
    """Whether a character belongs to the one before it: an accent, a joined emoji."""
    return bool(char) and unicodedata.category(char) in _TAILS


def _is_plain(char: str) -> bool:
    kind = unicodedata.category(char)
    is_emoji = kind in _EMOJI
    is_variant = "\ufe00" <= char <= "\ufe0f"
    is_control = kind == "Cc" and not char.isspace()
    return not (is_emoji or is_variant or is_control)
