"""Knows when a person wants no more messages, and when they want them again."""

from __future__ import annotations

from typing import Final

from bot.core.matching import fold

# The whole message must be one of these: "how do I stop a deportation" is a question.
_STOP: Final = frozenset(
    {
        "stop", "quit", "end", "revoke", "opt out", "optout", "cancel", "unsubscribe",
        "stop all", "stopall", "alto", "para", "parar", "pare", "baja", "darme de baja",
        "cancelar", "no mas mensajes", "no more messages", "dejen de escribir",
        "please stop", "stop messages", "stop texting me",
    }
)  # fmt: skip
# While the consultation form asks, these end the form; the others end all messages.
_END_THE_FORM: Final = frozenset({"cancel", "cancelar", "end", "quit"})
_START: Final = frozenset(
    {"start", "unstop", "yes", "go on", "si", "empezar", "comenzar", "seguir", "alta"}
)


def wants_no_more(text: str, is_form_open: bool = False) -> bool:
    """Return whether a message only says that no more should come.

    >>> wants_no_more("STOP!"), wants_no_more("how do I stop a deportation")
    (True, False)
    >>> wants_no_more("cancel"), wants_no_more("cancel", is_form_open=True)
    (True, False)
    """
    words = _bare(text)
    return words in _STOP and not (is_form_open and words in _END_THE_FORM)


def wants_more_again(text: str) -> bool:
    """Return whether a message takes that back.

    >>> wants_more_again("Sí"), wants_more_again("yes but what about bond")
    (True, False)
    """
    return _bare(text) in _START


def _bare(text: str) -> str:
    words = "".join(c if c.isalnum() or c.isspace() else " " for c in fold(text))
    return " ".join(words.split())
