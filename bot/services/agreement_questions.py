"""Recognises the question whether a place has an agreement; rather not than wrongly."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final, Literal

from bot.core.matching import fold
from bot.services import agreement_words as said
from bot.services.agreement_asked import names_agency
from bot.services.place_foreign import foreign_name
from bot.services.place_matches import Match, find_matches
from bot.services.place_names import Place, is_ordinary, place_key
from bot.services.place_typos import near_places
from bot.services.place_unknown import find_unknown, has_short_name, sheriff_named
from bot.services.place_words import FILLER, words_of
from bot.services.places import names_place, read_place

# How surely a message is such a question: "plain" whatever its intent, "likely" unless
# another intent is sure, "perhaps" only where the intent agrees.
Weight = Literal["none", "perhaps", "likely", "plain"]
Named = Literal["no", "likely", "surely"]
Towns = Mapping[str, Sequence[Place]]
_BEFORE_NAME: Final = (
    r"\b(?:in|en|at|near|cerca de|about|llama|called|is|es) (?:the |el |la )?"
)
_NO_TOWNS: Final[Towns] = {}
_MOST_WORDS: Final = 200
_LIKELY: Final = 2
_SHORTEST: Final = 4
_FEW_WORDS: Final = 5
_MANY_WORDS: Final = 25
# People tell of their family beside a question; what is longer is a story.
_MOST_TOLD: Final = 60
_SENTENCE: Final = re.compile(r"[.?!;\n]+(?=\s|$)")
_PHRASE: Final = re.compile(r"[.?!;,\n]+(?=\s|$)")
_OWN: Final = frozenset({"NY", "NJ"})
_CITY: Final = "New York City"


def asks_about_place(text: str) -> bool:
    """Return whether a message asks if a place's police have an agreement with ICE.

    >>> asks_about_place("do the cops in collier county work with ice")
    True
    >>> asks_about_place("¿Hay acuerdo en el condado de Nassau?")
    True
    >>> asks_about_place("What is a 287(g) agreement?")
    False
    """
    return weigh_question(text) != "none"


def weigh_question(text: str, towns: Towns = _NO_TOWNS, meant: str = "") -> Weight:
    """Return how surely a message asks if a place's police work with ICE.

    It needs a place, named or "my town", and a word of agreeing or working together;
    for a named place police and ICE are enough. `meant`: the text without misspellings.
    """
    folded = fold(f"{text} . {meant}" if meant and meant != text else text)
    if said.ABOUT_LAW.search(folded):
        return "none"
    named = how_named(text, towns)
    agrees = said.AGREEMENT.search(folded) is not None
    if named != "surely" and agrees and _asks_of_agency(text, folded):
        return "likely"
    if named != "surely" and misspelt_town(text):
        return "likely"
    if named == "no":
        if not _may_mean_place(folded, agrees=agrees):
            return "none"
        return "likely" if agrees and _is_of_own_police(text, folded) else "perhaps"
    if named == "likely":
        weight = _weigh_unknown(text, folded, agrees=agrees)
        is_abroad = weight == "perhaps" and foreign_name(words_of(text)[:_MOST_WORDS])
        return "likely" if is_abroad else weight
    return _weigh_named(text, folded, towns, agrees=agrees)


def _weigh_named(text: str, folded: str, towns: Towns, *, agrees: bool) -> Weight:
    """Weigh a question with a place's name."""
    is_other = said.OTHER_SUBJECT.search(folded) is not None
    is_long = _is_long(text, towns)
    if agrees and is_other and not is_long and _ends_plainly(text, towns):
        return "likely"
    if agrees and (is_other or is_long):
        return "likely" if said.NAMED_PROGRAM.search(folded) else "perhaps"
    if is_other or is_long:
        return "none"
    states = _states_of(text)
    if agrees and states is None and _is_city(text):
        # The program by its name is asked of the list, whatever New York's law says.
        return "plain" if said.NAMED_PROGRAM.search(folded) else "likely"
    if agrees:
        # "la policia estatal de Nueva Jersey colabora con la migra": one agency.
        is_agency = names_agency(text) and said.MAY.search(folded) is None
        return "plain" if states is not None or is_agency else "likely"
    has_ice = said.ICE.search(folded) is not None
    if has_ice and _tells_of_police(folded):
        # The entries about the office's own states tell what their jails may do.
        is_jail = said.JAIL.search(folded) and not states - _OWN if states else False
        if states is None or is_jail:
            return "perhaps"
        return "plain" if states and not states & _OWN else "likely"
    if said.THEY.search(folded) and is_only_place(said.THEY.sub(" ", folded), towns):
        # With other words beside it, "they" may be neighbours or an employer.
        return "likely"
    if not said.LISTED.search(folded):
        return "none"
    return "likely" if has_ice or said.THE_LIST.search(folded) else "perhaps"


def _is_long(text: str, towns: Towns) -> bool:
    """Whether a message is long, and neither its start nor a sentence asks plainly."""
    count = len(text.split())
    if count <= _MANY_WORDS or count > _MOST_TOLD:
        return count > _MANY_WORDS
    start = " ".join(text.split()[:_MANY_WORDS])
    return not any(
        len(part.split()) <= _MANY_WORDS and weigh_question(part, towns) == "plain"
        for part in (start, *_SENTENCE.split(text))
    )


def _ends_plainly(text: str, towns: Towns) -> bool:
    """Whether the last part asks plainly: "held in Troy, does Troy help ICE"."""
    parts = [part for part in _PHRASE.split(text) if part.strip()]
    return len(parts) > 1 and weigh_question(parts[-1], towns) in ("plain", "likely")


def misspelt_town(text: str) -> str:
    """Return the mistyped name of a town whose police are asked about, or "".

    >>> misspelt_town("do chatanooga cops work w ice")
    'chatanooga'
    >>> misspelt_town("do local cops work w ice")
    ''
    """
    folded = fold(text)
    if len(folded.split()) > _MANY_WORDS or said.AGREEMENT.search(folded) is None:
        return ""
    if said.OTHER_SUBJECT.search(folded) or said.ABOUT_LAW.search(folded):
        return ""
    for match in said.WHOSE.finditer(folded):
        name = match["before"] or match["after"]
        key = place_key(name)
        if name in FILLER or is_ordinary(key):
            continue
        if near_places(key, "", {}, True):
            return name
    return ""


def _weigh_unknown(text: str, folded: str, *, agrees: bool) -> Weight:
    """Weigh a question with a name that may be a place's."""
    if said.OTHER_SUBJECT.search(folded) or len(text.split()) > _MANY_WORDS:
        return "none"
    if agrees:
        return "perhaps"
    has_ice = said.ICE.search(folded) is not None
    is_of_police = has_ice and _tells_of_police(folded)
    return "perhaps" if is_of_police or said.LISTED.search(folded) else "none"


def _asks_of_agency(text: str, folded: str) -> bool:
    """Whether it asks of one agency by its work or initials: "does FHP help ICE"."""
    rest = said.BESIDE.sub(" ", folded)
    is_law = said.OFTEN_OF_LAW.search(rest) or said.OTHER_SUBJECT.search(rest)
    count = min(len(rest.split()), len(text.split()))
    words = words_of(text)
    is_agency = names_agency(text) or has_short_name(words)
    is_agency = is_agency or bool(sheriff_named(words))
    return not is_law and count <= _MANY_WORDS and is_agency


def _tells_of_police(folded: str) -> bool:
    rest = said.OF_ICE_ITSELF.sub(" ", folded)
    return said.POLICE.search(rest) is not None


def _is_of_own_police(text: str, folded: str) -> bool:
    """Whether it asks no more than if the visitor's own police work with ICE."""
    is_other = said.OTHER_SUBJECT.search(folded) or said.MAY.search(folded)
    is_short = len(text.split()) <= _MANY_WORDS
    has_both = _tells_of_police(folded) and said.ICE.search(folded)
    is_own = said.OWN_PLACE.search(said.BESIDE.sub(" ", folded))
    return bool(is_short and has_both and is_own and not is_other)


def _states_of(text: str) -> frozenset[str] | None:
    """Return the states of the places that are named.

    None where it is a whole state, or New York City, whose own law the entries tell.
    """
    places = read_place(text, {}).places
    is_own = [
        place.name == _CITY or (place.kind == "state" and place.state in _OWN)
        for place in places
    ]
    if is_own and all(is_own):
        return None
    return frozenset(place.state for place in places)


def _is_city(text: str) -> bool:
    return all(place.name == _CITY for place in read_place(text, {}).places)


def asks_of_agreement(text: str) -> bool:
    """Return whether a message asks of agreements or working with ICE, place or not."""
    folded = fold(text)
    if said.ABOUT_LAW.search(folded) or said.OTHER_SUBJECT.search(folded):
        return False
    return bool(said.AGREEMENT.search(folded) or said.LISTED.search(folded))


def tells_of_other(text: str) -> bool:
    """Return whether a message tells what happened, or is of another subject."""
    folded = fold(text)
    return bool(said.OTHER_SUBJECT.search(folded) or said.ABOUT_LAW.search(folded))


def is_afraid(text: str) -> bool:
    """Return whether the words are those of a frightened person."""
    return said.AFRAID.search(fold(text)) is not None


def how_named(text: str, towns: Towns = _NO_TOWNS) -> Named:
    """Return how surely a message names a place."""
    words = words_of(text)[:_MOST_WORDS]
    matches = find_matches(words, towns)
    if names_place(text):
        # Of a name that nobody knows the marks of a place are no proof.
        is_known = any(match.strength or match.is_state for match in matches)
        is_known = is_known or bool(read_place(text, {}).zip_code)
        return "surely" if is_known else "likely"
    keys = ["".join(w.key for w in words[m.start : m.end]) for m in matches]
    if any(_is_own_name(match, key) for match, key in zip(matches, keys)):
        return "likely"
    if foreign_name(words):
        return "likely"
    unknown = find_unknown(words, matches)
    if unknown is None or unknown.strength < _LIKELY:
        return "no"
    name = re.escape(fold(unknown.name))
    is_placed = re.search(_BEFORE_NAME + name, fold(text)) is not None
    return "likely" if unknown.marker or is_placed else "no"


def is_only_place(text: str, towns: Towns = _NO_TOWNS) -> bool:
    """Return whether a message holds a place's name, and little words beside it."""
    words = words_of(text)[:_MOST_WORDS]
    matches = find_matches(words, towns)
    taken = {i for m in matches for i in range(m.start, m.end)}
    unknown = find_unknown(words, matches)
    of_name = set(unknown.name.casefold().split()) if unknown else set()
    return (bool(matches) or bool(unknown)) and all(
        place in taken
        or word.folded in FILLER
        or word.raw.casefold() in of_name
        or word.folded.isdigit()
        for place, word in enumerate(words)
    )


def _is_own_name(match: Match, key: str) -> bool:
    if match.is_state or match.end - match.start > 1:
        return not match.is_state
    return len(key) >= _SHORTEST and not is_ordinary(key)


def _may_mean_place(folded: str, *, agrees: bool) -> bool:
    """Whether it asks of the visitor's own place, or of a name that nobody knows."""
    rest = said.BESIDE.sub(" ", folded)
    if said.OFTEN_OF_LAW.search(rest):
        return False
    if agrees:
        return bool(said.OWN_PLACE.search(rest) or said.SOMEWHERE.search(rest))
    is_short = len(folded.split()) <= _FEW_WORDS
    has_both = _tells_of_police(folded) and said.ICE.search(folded)
    return is_short and bool(has_both) and not said.OTHER_SUBJECT.search(folded)
