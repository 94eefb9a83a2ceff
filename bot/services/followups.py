"""Understands the short messages that only mean something after an earlier answer."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from bot.core.languages import Language
from bot.core.matching import fold
from bot.core.understanding import Understanding
from bot.services.context import Context
from bot.services.finding import Leaning
from bot.services.place_matches import find_matches
from bot.services.place_meant import is_in_office_state, likeliest
from bot.services.place_ordinary import word_set
from bot.services.place_words import words_of
from bot.services.places import read_place

_GOES_ON: Final = re.compile(
    r"^(?:and|also|but|so|then|what about|how about|what if|ok and|y|pero|entonces|"
    r"tambien|que hay de|y que|ok y)\b"
)
# "How long?" after an answer asks of that answer.
_ASKS_ON: Final = re.compile(
    r"^(?:(?:for |so )?how (?:much|long|many|soon)(?: is it| does it (?:cost|take))?|"
    r"when|where|why|who|how|(?:por )?cuanto(?: (?:cuesta|tarda|tiempo|es|cobran))?|"
    r"cuando|donde|por que|quien|como|"
    r"(?:and )?what (?:do|should|must) (?:i|we) (?:bring|say|do|need|take|wear|show)|"
    r"(?:y )?que (?:llevo|digo|hago|necesito|muestro|enseno|le digo|les digo|firmo))$"
)
# Spanish leaves "he" and "it" out: "donde esta", "a quien demando".
_ASKS_BARELY: Final = re.compile(
    r"^(?:a |con |de |para |y )?(?:donde|cuando|quien|como|cuanto)(?: \w+){1,2}$"
)
# "Can I sue?" is said of what was told before.
_ACTS_ON: Final = re.compile(
    r"^(?:y |and |so )?(?:(?:can|could|may) (?:i|we|he|she) (?:sue|appeal|complain)|"
    r"(?:se )?(?:puedo|podemos|puede) (?:demandar|apelar|quejarme|quejarse))$"
)
# "La" and "los" before a verb are somebody or something told of before.
_POINTS_BACK: Final = re.compile(
    r"\b(?:it|its|that|this|those|these|them|one|there|he|him|his|hes|she|her|hers|shes|"
    r"they|their|theyre|eso|esa|ese|esto|esos|esas|lo|le|les|ello|alli|ahi|"
    r"ambos|ellos|ella|\w+(?:ar|er|ir|ando|iendo)l[oa]s?)\b|"
    r"(?:^|\b(?:que|quien|como|donde|no|si|y|ya|cuando|nunca|me|se|juez|el) )"
    r"(?:la|los|las) (?:\w+(?:an?|en?|o|ar|er|ir)|puedo|podemos|van)\b"
)
_FIRST: Final = re.compile(
    r"^(?:the |la |el |opcion |number |numero |no |#)?"
    r"(?:1|first|one|primer[oa]?|uno|una)(?: one| opcion)?$"
)
_SECOND: Final = re.compile(
    r"^(?:the |la |el |opcion |number |numero |#)?"
    r"(?:2|second|two|segund[oa]|dos)(?: one| opcion)?$"
)
_THIRD: Final = re.compile(
    r"^(?:the |la |el |opcion |number |numero |#)?"
    r"(?:3|third|three|last|tercer[oa]?|tres|ultim[oa])(?: one| opcion)?$"
)
_ADVICE: Final = re.compile(
    r"\b(?:should (?:i|we|he|she|they)|do (?:i|we) qualify|am i eligible|my chances|"
    r"do i have a case|is it worth|debo|deberia|deberiamos|me conviene|califico|"
    r"soy elegible|que posibilidades)\b"
)
_CASE: Final = re.compile(
    r"\b(?P<party>[\w'-]{3,40}) (?:v|vs|versus|contra)\.? (?:the )?[\w'-]{2,}",
    re.IGNORECASE,
)
_NO_PARTIES: Final = frozenset(
    {"mandamus", "apa", "ice", "police", "warrant", "model", "jail"}
)
_CORRECTION: Final = re.compile(
    r"\b(?:not (?:what|my|that|it|the one)|thats not|that is not|wrong|different|meant|"
    r"misunderst\w+|no es eso|eso no|asi no|no pregunte|no es lo que|otra cosa|"
    r"equivocad[oa]|me refer\w+|no me entend\w+)\b"
)
_ENGLISH: Final = re.compile(r"\b(?:english|ingles)\b")
_SPANISH: Final = re.compile(r"\b(?:spanish|espanol|castellano)\b")
_SHORT_WORDS: Final = 7
_STATE_WORDS: Final = 7
# Of what nothing answered, the last of it is kept.
_MOST_LETTERS: Final = 500
_PLACE_WORDS: Final = 6
_BESIDE_A_PLACE: Final = word_set(
    "a am and aqui are at ciudad city condado county de el en esta estamos estoy from"
    " he here i im in is la live nj ny of she somos soy the they town vive viven"
    " vivimos vivo we y"
)


def leaning(text: str) -> Leaning:
    """Return how much a message leans on what was said before.

    >>> leaning("how much?"), leaning("and who pays for it"), leaning("what is an NTA")
    ('wholly', 'partly', 'not')
    """
    folded = fold(text)
    if _ASKS_ON.search(folded):
        return "wholly"
    patterns = (_GOES_ON, _POINTS_BACK, _ASKS_BARELY, _ACTS_ON)
    points = any(pattern.search(folded) for pattern in patterns)
    return "partly" if is_short(text) and points else "not"


def is_short(text: str) -> bool:
    """Return whether a message is so short that the last answer may explain it."""
    return len(fold(text).split()) <= _SHORT_WORDS


def goes_on(text: str) -> bool:
    """Return whether a message begins like one that goes on, or only asks "when?".

    >>> goes_on("what about money"), goes_on("cuánto cuesta?"), goes_on("the cost")
    (True, True, False)
    """
    folded = fold(text)
    return bool(_GOES_ON.search(folded) or _ASKS_ON.search(folded))


def unanswered(message: Understanding, context: Context) -> str:
    """Return what was typed since the last answer, when nothing answers a message.

    A short message goes on from what was typed before it, a long one begins anew.
    """
    if message.text.startswith("/") or not any(map(str.isalpha, message.text)):
        return context.unanswered
    if not is_short(message.meant):
        return message.meant
    return f"{context.unanswered} {message.meant}".strip()[-_MOST_LETTERS:]


def named_state(understanding: Understanding) -> str | None:
    """Return NY or NJ if the message names just one of them, by state or county."""
    named = set(understanding.entities.get("state", ()))
    named |= {
        value.rsplit(", ", 1)[-1] for value in understanding.entities.get("county", ())
    }
    mine = named & {"NY", "NJ"}
    return mine.pop() if len(mine) == 1 else None


def state_of_place(text: str) -> str | None:
    """Return NY or NJ if a message is only the name of a place that lies there.

    >>> state_of_place("en Paterson"), state_of_place("a man from Paterson")
    ('NJ', None)
    """
    words = words_of(text)
    named = {at for m in find_matches(words, {}) for at in range(m.start, m.end)}
    beside = {word.folded for at, word in enumerate(words) if at not in named}
    if not named or len(words) > _PLACE_WORDS or not beside <= _BESIDE_A_PLACE:
        return None
    reading = read_place(text, {})
    most = likeliest(reading)
    places = reading.places if most is None else (most,)
    # "Hope" alone is no town; "in Hope" is.
    if len(text.split()) == 1 and any(place.is_word for place in places):
        return None
    ours = {place.state for place in places if is_in_office_state(place)}
    return ours.pop() if len(ours) == 1 else None


def heard(message: Understanding, context: Context) -> Context:
    """Return what is remembered, with the language and the state of a message."""
    language: Language = message.language or context.language
    state = named_state(message) or state_of_place(message.text)
    state = state or context.jurisdiction
    return replace(context, language=language, jurisdiction=state)


def asks_only_for_state(understanding: Understanding) -> bool:
    """Return whether a message only asks for the last topic in another state."""
    if state_of_place(understanding.text) is not None:
        return True
    short = len(understanding.text.split()) <= _STATE_WORDS
    goes_on = _GOES_ON.search(fold(understanding.text)) is not None
    few = len(understanding.text.split()) <= 3
    return named_state(understanding) is not None and short and (goes_on or few)


def is_correction(text: str) -> bool:
    """Return whether a message says that the last answer was not what was asked.

    >>> is_correction("no, that's not what I asked"), is_correction("no thanks")
    (True, False)
    """
    return _CORRECTION.search(fold(text)) is not None


def chosen_place(text: str) -> int | None:
    """Return which of the offered choices a message names (0 is the first), or None.

    >>> chosen_place("the second one"), chosen_place("2"), chosen_place("two men came")
    (1, 1, None)
    """
    folded = fold(text)
    for place, pattern in enumerate((_FIRST, _SECOND, _THIRD)):
        if pattern.match(folded):
            return place
    return None


def asks_for_advice(text: str) -> bool:
    """Return whether a message asks what this person should do or may hope for."""
    return _ADVICE.search(fold(text)) is not None


def named_case(text: str) -> str | None:
    """Return the first party of a court case that a message names, or None.

    >>> named_case("what happened in Alvarez v. ICE?"), named_case("mandamus vs apa")
    ('alvarez', None)
    """
    match = _CASE.search(text)
    party = fold(match["party"]) if match else ""
    return party if party and party not in _NO_PARTIES else None


def named_language(text: str) -> Language | None:
    """Return the language that a message asks for by name, or None."""
    folded = fold(text)
    english, spanish = _ENGLISH.search(folded), _SPANISH.search(folded)
    if bool(english) == bool(spanish):
        return None
    return "en" if english else "es"
