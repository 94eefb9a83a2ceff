"""What is said on WhatsApp without asking the assistant: to STOP, to pictures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.core.languages import DEFAULT_LANGUAGE, Language
from bot.core.messages import Reply
from bot.core.safety import is_too_long, visitor_text
from bot.services.opt_outs import wants_more_again, wants_no_more

FIRST: Final = "whatsapp_first"
STOPPED: Final = "whatsapp_stopped"
STARTED: Final = "whatsapp_started"
TOO_LONG: Final = "about_to_be_shortened"
# These are sent to a person who opted out, too; nothing else is.
ABOUT_OPTING: Final = frozenset({STOPPED, STARTED, "whatsapp_restart"})
# A kind sentence each; nothing of it is downloaded or kept.
_NOT_READ: Final = {
    "media": "whatsapp_text_only",
    "other": "whatsapp_text_only",
    "reaction": "whatsapp_reaction",
    "edit": "whatsapp_edited",
    "revoke": "whatsapp_revoked",
    "unsupported": "whatsapp_text_only",
}


@dataclass(frozen=True)
class Said:
    """What a person did; `payload` is what a pressed choice stands for, if known."""

    kind: str
    text: str
    payload: str | None
    has_opted_out: bool
    language: Language | None
    # Whether a person of the office has the conversation; whether the form asks.
    is_with_person: bool = False
    is_form_open: bool = False


def own_reply(said: Said) -> Reply | None:
    """Return the reply that needs no assistant, or None."""
    phrase = _phrase(said)
    language = said.language or DEFAULT_LANGUAGE
    return Reply("notice", language, phrases=(phrase,)) if phrase else None


def _phrase(said: Said) -> str | None:
    if said.kind == "text" and wants_no_more(said.text, said.is_form_open):
        return STOPPED
    if said.has_opted_out:
        again = said.kind == "text" and wants_more_again(said.text)
        return STARTED if again else "whatsapp_restart"
    if said.is_with_person:
        return None
    if said.kind in _NOT_READ:
        return _NOT_READ[said.kind]
    if said.kind == "choice":
        return None if said.payload is not None else "whatsapp_choice_gone"
    if is_too_long(said.text):
        return TOO_LONG
    return None if visitor_text(said.text) else "please_type"
