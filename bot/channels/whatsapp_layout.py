"""Lays a reply out for WhatsApp: one message with all that was asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from bot.channels.card_texts import CardTexts, numbered_options, texts_of
from bot.channels.whatsapp_limits import (
    MAX_BODY_WITH_CHOICES,
    MAX_BUTTON_TITLE,
    MAX_BUTTONS,
    MAX_LIST_LABEL,
    MAX_ROW_DESCRIPTION,
    MAX_ROW_TITLE,
    MAX_ROWS,
    MAX_TEXT,
)
from bot.channels.whatsapp_text import (
    Piece,
    as_title,
    bold,
    cut_between_words,
    fitted,
    joined,
    marked,
    size,
)
from bot.core.cards import ShownReply, SourceLine
from bot.core.whatsapp import Choice, Outgoing

_MORE: Final = "/ask_more"


def lay_out(reply: ShownReply, seq: int, longest: int = MAX_TEXT) -> Outgoing:
    """Return a reply as one message; its choices have the ids that the web's have.

    Buttons leave room for a quarter of the text only. Where what was asked for does
    not fit beside them they go, not the words: they can be typed, and they stand
    under the short answer still. A question to choose from keeps its choices.
    `longest`: how many characters a message without choices may have.
    """
    choices = _choices(reply, seq)
    label = _list_label(reply) if len(choices) > MAX_BUTTONS else ""
    if choices:
        with_choices = [_pieces(reply, *room) for room in _rooms(reply)]
        for pieces in with_choices:
            if 0 < size(joined(pieces)) <= MAX_BODY_WITH_CHOICES:
                return Outgoing(joined(pieces), choices, label)
        if reply.options:
            body = fitted(with_choices[-1], MAX_BODY_WITH_CHOICES)
            return Outgoing(body or choices[0].title, choices, label)
    pieces = _pieces(reply)
    if size(joined(pieces)) > longest:
        pieces = _pieces(reply, sources=1)
    return Outgoing(fitted(pieces, longest))


def _rooms(reply: ShownReply) -> Iterator[tuple[int, bool]]:
    """How many sources and whether the next step is shown, from most to least."""
    yield 2, True
    yield 1, True
    if any(button.payload == _MORE for button in reply.buttons):
        yield 1, False


def _pieces(
    reply: ShownReply, sources: int = 2, with_next_step: bool = True
) -> list[Piece]:
    pieces = [Piece(lead) for lead in reply.lead]
    cards = [texts_of(card, reply) for card in reply.cards]
    for card, after in zip(cards, [*cards[1:], None]):
        pieces += [
            Piece(bold(marked(card.title))),
            Piece(card.warning),
            Piece(marked(card.short), may_be_cut=True),
            Piece(marked(card.details), may_be_cut=True),
            Piece(marked(card.next_step) if with_next_step else ""),
            _sources(card, reply, sources),
            # Answers checked on one day say so once, after the last of them.
            Piece(
                "" if after and after.checked == card.checked else card.checked,
            ),
            Piece(card.late_warning),
        ]
    if len(reply.options) <= MAX_BUTTONS:  # The rows of a list have the titles.
        pieces += [Piece(title) for title in numbered_options(reply)]
    return pieces + [Piece(closing) for closing in reply.closing]


def _sources(card: CardTexts, reply: ShownReply, most: int) -> Piece:
    if not card.sources:
        return Piece("")
    heading = reply.labels["sources"]
    if reply.part == "sources":
        lines = [f"{s.title}, {s.citation}: {s.url}" for s in card.sources]
        return Piece("\n".join((f"{heading}:", *lines)), may_be_cut=True)
    first, *others = card.sources[:most]
    names = [f"{_name(first)}: {first.url}", *map(_name, others)]
    return Piece(f"{heading}: {' · '.join(names)}")


def _name(source: SourceLine) -> str:
    names = [name for name in (source.citation, source.title) if name]
    return min(names, key=len, default="")


def _choices(reply: ShownReply, seq: int) -> tuple[Choice, ...]:
    buttons = reply.buttons[:MAX_ROWS]
    most = MAX_BUTTON_TITLE if len(buttons) <= MAX_BUTTONS else MAX_ROW_TITLE
    titles = _titles([button.label for button in buttons], most)
    full = [title for _, title in reply.options]
    return tuple(
        Choice(
            id=f"{seq}.{place}",
            title=title,
            description=cut_between_words(
                as_title("".join(full[place : place + 1])), MAX_ROW_DESCRIPTION
            ),
        )
        for place, title in enumerate(titles)
    )


def _titles(labels: Sequence[str], most: int) -> list[str]:
    """Return labels cut to size; those that are alike get a number."""
    titles: list[str] = []
    taken: set[str] = set()
    for place, label in enumerate(labels, start=1):
        whole = as_title(label) or str(place)
        title, number = cut_between_words(whole, most), 2
        while title.casefold() in taken:
            ending = f" {number}"
            title = cut_between_words(whole, most - len(ending)) + ending
            number += 1
        taken.add(title.casefold())
        titles.append(title)
    return titles


def _list_label(reply: ShownReply) -> str:
    label = reply.labels.get("options") or reply.labels["details"]
    return cut_between_words(as_title(label), MAX_LIST_LABEL)
