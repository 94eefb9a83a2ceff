"""What the language understanding found in a message, as the services read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from bot.core.languages import Language, as_language

GROUP_INTENT_PREFIX: Final = "ask_"
OUT_OF_SCOPE: Final = "out_of_scope"
# Something told of oneself that is no question yet.
TOLD: Final = "tell_about_self"


@dataclass(frozen=True)
class Part:
    """One question of a message, with how likely each intent is for it."""

    text: str
    intents: Mapping[str, float]


@dataclass(frozen=True)
class Understanding:
    """A message after language understanding.

    `language` is None when the words do not tell (a name, a number);
    `is_foreign` when they are in neither language. `entities` maps an entity to
    its values in order; `signals` are among those named below; `vector` is the
    packed meaning of the text, so that it need not be computed again; `respelt` is
    the text without its misspellings, for searching (empty if there is none).
    """

    text: str
    language: Language | None = None
    is_foreign: bool = False
    intent: str | None = None
    intents: Mapping[str, float] = field(default_factory=dict)
    entities: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    signals: frozenset[str] = frozenset()
    parts: tuple[Part, ...] = ()
    vector: str = ""
    respelt: str = ""

    @property
    def meant(self) -> str:
        """The text to search with."""
        return self.respelt or self.text


# It happens now, or may; a person is in despair; somebody is to be deported soon.
NOW: Final = "now"
PERHAPS_NOW: Final = "perhaps_now"
# Beside NOW: no word says so, the classifier alone takes it for an emergency.
GUESSED: Final = "guessed"
CRISIS: Final = "crisis"
DEPORTATION: Final = "deportation"


def understanding_from_parse(parse: Mapping[str, Any]) -> Understanding:
    """Return the Understanding in what Rasa parsed (its `latest_message`)."""
    entities: dict[str, list[str]] = {}
    for entity in parse.get("entities") or ():
        entities.setdefault(str(entity["entity"]), []).append(str(entity["value"]))
    found = parse.get("language") or {}
    return Understanding(
        text=str(parse.get("text") or ""),
        language=as_language(found.get("code")),
        is_foreign=bool(found.get("foreign")),
        intent=(parse.get("intent") or {}).get("name"),
        intents={
            str(row["name"]): float(row["confidence"])
            for row in parse.get("intent_ranking") or ()
        },
        entities={name: tuple(values) for name, values in entities.items()},
        signals=frozenset(parse.get("signals") or ()),
        parts=tuple(
            Part(str(part["text"]), dict(part.get("intents") or {}))
            for part in parse.get("parts") or ()
        ),
        vector=str(parse.get("vector") or ""),
        respelt=str(parse.get("respelt") or ""),
    )
