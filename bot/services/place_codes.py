"""Finds the two letters of a state in a message, where they are no ordinary word."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from bot.services.place_names import gazetteer, word_set
from bot.services.place_typos import near_places
from bot.services.place_words import FILLER, Word, follows_condado, is_shouted

# Codes of states that are words in one of the two languages.
_WORD_CODES: Final = word_set(
    "al as ca co de hi ia id in la ma me mi mo mp ne oh ok or pa va vi"
)
# Short forms that are words or names, too: they count after a name, or at the end.
SHORT_STATES: Final = {"mass": "MA", "wash": "WA", "penn": "PA"}
_NEVER_ALONE: Final = frozenset({"AS", "HI", "IN", "ME", "OK", "OR"})
_KINDS: Final = word_set(
    "county co town township village borough city parish police pd sheriff"
)
# What follows a state in a question, and never the word that is spelt like it.
_AFTER_STATE: Final = word_set(
    "police cops cop pd sheriff sheriffs jail ice 287g 287 agreement agreements deal"
    " do does did is has have are can with work works working 287 county y hay list on"
    " in part"
    " tiene tienen trabaja trabajan coopera cooperan ayuda ayudan avisa avisan policia"
    " policias alguacil que"
)
# After these codes, which are Spanish words, only an English word shows a state.
_ALSO_BEFORE_NOUNS: Final = frozenset({"la", "mi", "al", "de", "me"})
# These are no words of a question, so that the name before may be mistyped.
_SELDOM_WORDS: Final = frozenset({"pa", "mo", "ma", "va", "oh", "ca", "ne", "ia", "id"})
_SHORT: Final = 2
_FEW: Final = 6
_SPANISH: Final = word_set(
    "y hay tiene tienen trabaja trabajan coopera cooperan ayuda ayudan avisa avisan"
    " policia policias alguacil que on in part"
)
_COUNTY: Final = frozenset({"county", "parish", "condado", "co", "cnty", "cty"})
_TOWNSHIP: Final = frozenset({"township", "twp", "borough", "boro"})
# "lake county in ice's list" is not about Indiana.
_SELDOM_AFTER_COUNTY: Final = frozenset({"in", "de", "or"})


def state_codes(
    words: Sequence[Word], taken: Collection[int], names: Sequence[tuple[int, str]]
) -> list[tuple[int, str]]:
    """Return where states are named by their letters: place among the words, and code.

    `taken`: the places of words that are names. `names`: where each name of a place
    ends, and its key.
    """
    shouted = is_shouted(words)
    ends = dict(names)
    found = [
        (place, word.folded.upper())
        for place, word in enumerate(words)
        if place not in taken
        and word.folded.upper() in gazetteer().codes
        and _is_state(words, place, ends, shouted)
    ]
    return found + [
        (place, SHORT_STATES[word.folded])
        for place, word in enumerate(words)
        if word.folded in SHORT_STATES
        and place not in taken
        and (
            place in ends
            or len(words) == 1
            or (place and words[place - 1].after)
            or _ends_answer(words, place)
        )
    ]


def _ends_answer(words: Sequence[Word], place: int) -> bool:
    """Whether "the one in mass" ends so."""
    is_last = place + 1 == len(words) <= _FEW
    return is_last and words[place - 1].folded in ("in", "en", "de", "of")


def is_named_county(words: Sequence[Word], place: int) -> bool:
    """Return whether an ordinary word is a county's name: "person county nc"."""
    if follows_condado(words, place):
        return True
    following = [word.folded for word in words[place + 1 : place + 3]]
    if following[:1] not in (["county"], ["parish"]):
        return False
    is_state = following[-1].upper() in gazetteer().codes or (
        following[-1] in gazetteer().states
    )
    return is_state or (len(words) == len(following) + 1 == _SHORT)


def _is_state(
    words: Sequence[Word], place: int, names: dict[int, str], shouted: bool
) -> bool:
    word = words[place]
    code = word.folded.upper()
    if word.folded not in _WORD_CODES or (word.raw.isupper() and not shouted):
        return True
    is_last = place + 1 == len(words) or bool(word.after)
    comma = place > 0 and words[place - 1].after == ","
    before = words[place - 1].folded if place else ""
    may_stand = code not in _NEVER_ALONE
    after_name = (
        (place in names and _has_town(names[place], code))
        or place - 1 in names
        or (may_stand and (before in _KINDS or before not in FILLER))
    )
    # "douglas co" is a county.
    is_county = word.folded == "co"
    if is_last and (after_name or comma) and not is_county:
        return True
    county = _is_after_county(words, place, names)
    if county or is_county or not _precedes_question(words, place):
        return county
    if place not in names:
        return word.folded in _SELDOM_WORDS and before not in FILLER and bool(before)
    return _has_town(names[place], code)


def _is_after_county(
    words: Sequence[Word], place: int, names: Mapping[int, str]
) -> bool:
    """Whether "lancaster county pa", or a township, names the state anywhere."""
    word, before = words[place].folded, words[place - 1].folded if place else ""
    is_after = before in _COUNTY | _TOWNSHIP
    end = place - 1 if is_after else place
    start = max(0, place - 4)
    if not is_after and not {w.folded for w in words[start:place]} & _COUNTY:
        return False
    going = words[place + 1].folded if place + 1 < len(words) else ""
    if words[place - 1].after not in ("", ",") or (word, going) == ("va", "a"):
        # "el condado de lee va a firmar"
        return False
    is_seldom = word in _SELDOM_WORDS or (word == "co" and is_after)
    if end in names:
        is_clear = is_seldom or _precedes_question(words, place)
        is_clear = is_clear and word not in _SELDOM_AFTER_COUNTY
        # No list has all townships.
        is_there = before in _TOWNSHIP or _has_county(names[end], word.upper())
        return is_clear and is_there
    is_name = end > 0 and words[end - 1].folded not in FILLER
    return is_after and is_name and word in _SELDOM_WORDS


def _has_county(key: str, code: str) -> bool:
    return key in gazetteer().counties.get(code, {})


def _has_town(key: str, code: str) -> bool:
    """Whether a state has a place of the name: "deport me" is not Deport in Maine.

    Before letters that are no word of a question it may be mistyped: "hazelton pa".
    """
    if any(p.state == code for p in gazetteer().places.get(key)):
        return True
    return code.lower() in _SELDOM_WORDS and bool(near_places(key, code, {}, True))


def _precedes_question(words: Sequence[Word], place: int) -> bool:
    """Whether "hazleton pa police" goes on so."""
    following = words[place + 1].folded if place + 1 < len(words) else ""
    if following not in _AFTER_STATE:
        return False
    is_article = words[place].folded in _ALSO_BEFORE_NOUNS
    return not (is_article and following in _SPANISH)
