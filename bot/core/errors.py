"""The errors of Rights Desk: each names who must act and what to do."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_BLANK: Final = re.compile(r"\{([a-z_]+)\}")


class BotError(Exception):
    """Parent of every error that Rights Desk raises on purpose."""


class Wording(str):
    """A text whose blanks are filled; it can be said in another language as well.

    >>> told = Wording("longer than {most} characters", most=70)
    >>> told, told.template, told.blanks
    ('longer than 70 characters', 'longer than {most} characters', {'most': 70})
    """

    template: str
    blanks: dict[str, object]

    def __new__(cls, template: str, **blanks: object) -> Wording:
        """Return the filled text, which remembers what it was made of."""
        filled = _BLANK.sub(lambda found: str(blanks[found[1]]), template)
        made = super().__new__(cls, filled)
        made.template, made.blanks = template, blanks
        return made


@dataclass(frozen=True)
class Fault:
    """One thing wrong in a knowledge file, in words for the person who edits it.

    `problem` and `remedy` are English; whatever is filled in is a Wording, so that
    the console finds the Spanish words by the English ones.
    """

    file: str
    field: str
    problem: str
    remedy: str
    line: int | None = None
    is_warning: bool = False

    def __str__(self) -> str:
        """Return the fault as one line: place, problem, remedy."""
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.field}: {self.problem}. {self.remedy}"


class ContentError(BotError):
    """The knowledge folder has faults; staff must mend the files named."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        super().__init__("\n".join(str(fault) for fault in faults))


class SettingsError(BotError):
    """Settings are wrong; the operator must change the ones named."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


class SetupError(BotError):
    """Something that the set-up installs is missing or not the one we know."""


class StorageError(BotError):
    """The database did not answer or refused; nothing was saved."""


class DialogueError(BotError):
    """The dialogue engine gave no usable reply in time."""


class UnknownConversation(BotError):
    """A message came for a conversation that was deleted or never begun."""


class UnknownAnswer(BotError):
    """A vote came for an answer that was not given in this conversation."""


class TooManyMessages(BotError):
    """A visitor or a network sent more than the limits allow."""

    def __init__(self, retry_after_seconds: int) -> None:
        self.retry_after_seconds = retry_after_seconds
        super().__init__(f"retry after {retry_after_seconds} s")


class ProviderError(BotError):
    """WhatsApp's provider refused a message, or did not say whether it took it."""

    def __init__(self, code: int | None, status: int, is_unsure: bool = False) -> None:
        self.code = code
        self.status = status
        self.is_unsure = is_unsure
        super().__init__(f"provider error {code}, status {status}")


class RequestGone(BotError):
    """A consultation request was deleted, or there never was one of that name."""


class ChangedByOther(BotError):
    """Somebody else changed it in the meantime; nothing of this change was kept."""


class NotAllowed(BotError):
    """The change does not fit the state that the thing is in; nothing was kept."""
