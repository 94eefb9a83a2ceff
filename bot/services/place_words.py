"""Takes a message apart into words, with what around a name says what it names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from bot.core.matching import fold
from bot.services.place_names import shorter, word_set

Marker = Literal["county", "sheriff", "town", "police", ""]

_INITIALS: Final = re.compile(r"\b([A-Za-z])\.\s?([A-Za-z])\b\.?(?!\w)")
_PIECES: Final = re.compile(r"[^\W_]+|[^\w\s]")
_INVISIBLE: Final = re.compile("['\u2019\u02bc`]")
_MAY_HAVE_DOT: Final = frozenset({"st", "ste", "ft", "mt", "co", "twp", "cty", "dept"})
_JOINERS: Final = frozenset('-/()"“”*#_+=~«»')

_COUNTY: Final = word_set(
    "county cnty cty co countys counties condado condados parish conty countey"
)
_SHERIFF: Final = word_set(
    "sheriff sheriffs sherif sheriif sherrif sherriff shreiff so deputies deputy"
    " deputys alguacil alguaciles jail jails"
)
_TOWN_AFTER: Final = word_set("town township twp village borough boro city")
_TOWN_BEFORE: Final = word_set(
    "town township twp village borough boro city ciudad pueblo pueblito villa municipio"
)
_POLICE: Final = word_set(
    "police pd cops cop policia policias policemen polis officers department"
)
_LINKS: Final = word_set(
    "of de del the is es la el se llama llamada llamado called named"
)
_WITHIN: Final = _LINKS | {"in", "en"}
BEFORE_PLACE: Final = word_set(
    "in en at from de del near around over outside cerca desde por para about sobre"
    " is es for with con do does did has have are and y or o hay"
)
_STRONG_BEFORE: Final = word_set("in en at from de del near around for about sobre")
_NEXT_DOOR: Final = [
    phrase.split()
    for phrase in (
        "al lado",
        "right next door",
        "next door",
        "just over the border",
        "over the border",
        "just across the border",
        "across the border",
    )
]
_OF_BESIDE: Final = frozenset({"de", "del", "to", "in", "of"})
_ARTICLES: Final = word_set("the el la los las")
# Words that are no part of a town's name: of questions, and of this subject.
ORDINARY: Final = word_set(
    "a about acuerdo acuerdos afraid again against agencies agency agreement"
    " agreements ahi ahora algo alguien alguna alguno all also america an and ante"
    " any anyone anything aqui are area arrest arrested as ask at ayuda ayudan"
    " barrio be because both but by can carcel cars casa case ciudad city como con"
    " contra convenio convenios cooperar cooperate cooperates cooperating coopera"
    " cooperan cop cops corte could county condado counties court cual cuando"
    " custody cuidado danger daca de del deportation deputies deputy detention did"
    " do does donde dont driving el ella ellos en english entre es esa ese espanol"
    " esta estado estados este esto estan family favor federal find firmado firmo"
    " firmaron for from funciona general get gobierno gracias had has hay have he"
    " hello help her here hi his home hola hospital house how i ice if illegal im"
    " immigration in inmigracion ins is it its jail jails job jurisdiction know la"
    " las ley lista list live living lo local los llama map maybe me mi migra mis"
    " model mucho my name near new nearby no nos not now nuestro of office official"
    " officials on one or order our out papers particular partner partnership"
    " partnered people person place please police policia policias por program"
    " programa prison public que question quiero real really right rights saber san"
    " school se seguro sheriff sheriffs she should si sign signed so sobre some soy"
    " spanish state states su sus system task force that the their them there they"
    " this thing things tiene tienen to today town township trabaja trabajan trabajo"
    " truck tell trump trouble u un una unidos united up us usa ustedes vecindario"
    " view village vivo vive vivimos want was we were what when where which who why"
    " will with work working works would y ya yes yo you your zona 287g 287 highway"
    " patrol trooper troopers national guard guardia nacional center university"
    " college corrections correcciones universidad patrulla happens happen two three"
    " four five dos tres cuatro monday tuesday wednesday thursday friday saturday"
    " sunday lunes martes miercoles jueves viernes sabado domingo january february"
    " march april june july august september october november december enero febrero"
    " marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
    " uscis dhs cbp ero eoir ead tps alguacil agente agentes oficial oficiales gente"
    " mismo misma parte meant mean sorry pues porfa porfavor perdon disculpa disculpe"
    " quise quisiera decir digo"
)
# Words of agencies' names that are no part of a place's.
_OFFICES: Final = word_set(
    "department dept departement dpt safety enforcement commission services division"
    " attorney attorneys trustees training judicial judicic circuit bureau authority"
    " board agency marshal marshals constable constables prosecutor prosecutors"
    " district precinct pct narcotics investigation investigations criminal"
    " conservation wildlife"
    " gaming lottery tobacco alcohol financial environmental agricultural military fire"
    " auditor homeland metropolitan regional cooperative standards information justice"
    " sixth eighth"
)
FILLER: Final = (
    ORDINARY | _OFFICES | BEFORE_PLACE | _WITHIN | _COUNTY | _TOWN_BEFORE | _SHERIFF
)


@dataclass(frozen=True)
class Word:
    """A word as typed, as compared, and the sign right after it that parts phrases."""

    raw: str
    folded: str
    after: str = ""

    @property
    def key(self) -> str:
        """The word as part of a place's name."""
        return shorter(self.folded)

    @property
    def is_capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.raw[:1].isupper()


def words_of(text: str) -> list[Word]:
    """Return the words of a message.

    >>> [(w.folded, w.after) for w in words_of("St. Paul, N.Y.")]
    [('st', ''), ('paul', ','), ('ny', '')]
    """
    joined = _INITIALS.sub(r"\1\2", _INVISIBLE.sub("", text))
    words: list[Word] = []
    for piece in _PIECES.findall(joined):
        folded = fold(piece)
        if folded:
            words.append(Word(piece, folded))
        elif words and piece not in _JOINERS and not words[-1].after:
            last = words[-1]
            if piece != "." or last.folded not in _MAY_HAVE_DOT:
                words[-1] = Word(last.raw, last.folded, piece)
    return without_beside(_without_last_dot(words))


def _without_last_dot(words: list[Word]) -> list[Word]:
    if words and words[-1].after:
        words[-1] = Word(words[-1].raw, words[-1].folded)
    return words


def without_beside(words: list[Word]) -> list[Word]:
    """Return the words without those that only say how near a place is.

    >>> said = words_of("y el condado de al lado, Hall?")
    >>> [w.folded for w in said], [w.after for w in said]
    (['y', 'el', 'condado', 'de', 'hall'], ['', '', '', '', ''])
    """
    folded = [word.folded for word in words]
    for phrase in _NEXT_DOOR:
        for start in range(len(words) - len(phrase), -1, -1):
            end = start + len(phrase)
            following = folded[end] if end < len(words) else ""
            is_link = following in _OF_BESIDE and not words[end - 1].after
            if folded[start:end] == phrase and not is_link:
                return without_beside(words[:start] + words[end:])
    return words


def is_shouted(words: Sequence[Word]) -> bool:
    """Return whether the message is all in capitals, so that they say nothing."""
    longer = [word.raw for word in words if len(word.raw) > 3]
    return bool(longer) and all(raw.isupper() for raw in longer)


def is_joined(words: Sequence[Word], start: int, end: int) -> bool:
    """Return whether no sign parts the words from start to end."""
    return not any(word.after for word in words[start : end - 1])


def marker_of(words: Sequence[Word], start: int, end: int) -> Marker:
    """Return what the words around a name say that it is."""
    follows = _at(words, end) if is_joined(words, start, end + 1) else ""
    before = _before(words, start)
    if follows == "counties":
        return "county"
    if follows in _COUNTY and not _is_state_code(words, end):
        return "county"
    if before and before[-1] in {"condado", "parroquia"}:
        return "county"
    if _introduced(
        before,
        frozenset({"condado", "condados", "county", "counties", "parroquia", "parish"}),
    ):
        return "county"
    if follows in _TOWN_AFTER or _introduced(before, _TOWN_BEFORE):
        return "town"
    if follows in _SHERIFF or _introduced(before, _SHERIFF, _WITHIN):
        return "sheriff"
    if follows in _POLICE or _introduced(before, _POLICE, _WITHIN):
        return "police"
    return ""


def is_placed(words: Sequence[Word], start: int) -> bool:
    """Return whether a word such as "in" stands before a name."""
    place = start - 1
    while place >= 0 and words[place].folded in _ARTICLES:
        place -= 1
    return (
        place >= 0
        and not words[place].after
        and (words[place].folded in _STRONG_BEFORE)
    )


def follows_condado(words: Sequence[Word], start: int) -> bool:
    """Return whether "condado" or "condado de" stands right before a name."""
    before = _before(words, start)
    while before and before[-1] in {"de", "del"}:
        before.pop()
    return bool(before) and before[-1] in {"condado", "condados", "parroquia"}


def _is_state_code(words: Sequence[Word], place: int) -> bool:
    """Whether "CO" is Colorado: in capitals where the rest is not."""
    return words[place].raw == "CO" and not is_shouted([w for w in words if w.key])


def _introduced(
    before: Sequence[str], by: frozenset[str], links: frozenset[str] = _LINKS
) -> bool:
    """Whether one of these words comes before, with little words between at most."""
    rest = list(before)
    while rest and rest[-1] in links:
        rest.pop()
    return len(rest) < len(before) and bool(rest) and rest[-1] in by


def _before(words: Sequence[Word], start: int) -> list[str]:
    before: list[str] = []
    for word in reversed(words[max(0, start - 4) : start]):
        if word.after and word.after != ":":
            break
        before.insert(0, word.folded)
    return before


def _at(words: Sequence[Word], place: int) -> str:
    return words[place].folded if place < len(words) else ""
