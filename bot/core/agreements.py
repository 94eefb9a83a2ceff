"""ICE's list of 287(g) agreements: a line of it, a dated list, an override."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal, get_args

from bot.core.errors import BotError
from bot.core.languages import Language
from bot.core.matching import fold

Model = Literal["JEM", "TFM", "WSO"]
MODELS: Final[tuple[Model, ...]] = get_args(Model)
# ICE's own page: what people are sent to whenever our list cannot be trusted.
ICE_PAGE: Final = "https://www.ice.gov/identify-and-arrest/287g"

_WORDS: Final[Mapping[str, str]] = {
    "co": "county",
    "cty": "county",
    "dept": "department",
    "pd": "police department",
    "sheriff": "sheriffs",
    "so": "sheriffs office",
}
_INITIALS: Final = re.compile(r"\b([SPsp])\.\s?([OoDd])\.")


@dataclass(frozen=True)
class Agreement:
    """One line of the list: one agency and one model. Texts are as printed, trimmed.

    `county` is "" where the list gives none, `moa_url` "" where the agreement is signed
    but not posted ("link pending"). `signed` is None where the printed date is missing
    or cannot be true.
    """

    state: str
    agency: str
    kind: str
    county: str
    model: Model
    signed: date | None
    moa_url: str
    addendum_url: str
    flags: tuple[str, ...]


@dataclass(frozen=True)
class Snapshot:
    """The list as it stood on a day; `source` is a file's name or an address."""

    id: int
    dated: date
    imported_at: datetime
    source: str
    agreements: tuple[Agreement, ...]


@dataclass(frozen=True)
class Override:
    """What is said of a state in place of the list, kept by hand until it is reviewed.

    `agreements` are the lines that hold for the state as of that day.
    """

    state: str
    says: Mapping[Language, str]
    agreements: tuple[Agreement, ...]
    as_of: date
    review_by: date
    source_url: str


@dataclass(frozen=True)
class Remark:
    """Something to tell staff about a sheet; the console has words for each code."""

    code: str
    values: Mapping[str, str | int]


def remark(code: str, **values: str | int) -> Remark:
    """Return a remark with what stands in its blanks."""
    return Remark(code, values)


class SheetRefused(BotError):
    """A sheet cannot be the list; what was there before stays."""

    def __init__(self, *reasons: Remark) -> None:
        self.reasons = reasons
        super().__init__("sheet refused: " + ", ".join(r.code for r in reasons))


def agency_key(text: str) -> str:
    """Return an agency's name in the one form by which names are joined.

    >>> agency_key("Nassau Co.  Sheriff\u2019s Office ")
    'nassau county sheriffs office'
    >>> agency_key("Peña County S.O.") == agency_key("Pena County Sheriff's Office")
    True
    >>> agency_key("Camden Police Dept.")
    'camden police department'
    """
    joined = _INITIALS.sub(r"\1\2", text.replace("\u02bc", "'").replace("`", "'"))
    words = fold(joined).split()
    return " ".join(_WORDS.get(word, word) for word in words)
