"""Hears that a person is in despair: whoever says it reads first where help is."""

from __future__ import annotations

import re
from typing import Final

# To live somewhere, or with somebody, is another wish.
_PLACE: Final = r"(?! (?:in|with|there|here|at|en|con|alla|aqui|ahi)\b)"
_SAID: Final = "|".join(
    (
        # English.
        r"kill(?:ing)? (?:myself|my self)|kms|suicid\w*|self harm\w*",
        r"(?:end|take|ending|taking) my (?:own )?life|end(?:ing)? it all",
        r"(?:want|wanna|wish|ready) (?:to )?die|(?:hurt|harm|cut)(?:ing|ting)? myself",
        r"(?:better off|rather be|wish i (?:was|were)) dead|reasons? to (?:live|go on)",
        r"(?:no|any|a|the) point (?:in|of|to) (?:living|live|going on)",
        rf"(?:dont|do not|didnt) (?:want|wanna) (?:to )?(?:live{_PLACE}|be alive)",
        r"(?:dont|do not|didnt) (?:want|wanna) (?:to )?wake up",
        # Spanish.
        r"matarme|me (?:voy|quiero) (?:a )?(?:matar|morir)|quitarme la vida",
        r"(?:quiero|quisiera|deseo|ganas de) morir(?:me)?|hacerme dano|cortarme",
        r"acabar con (?:mi|esta) vida|acabar con todo$",
        r"no quiero (?:despertar|amanecer)",
        rf"no (?:quiero|tengo ganas de|quisiera) (?:seguir )?vi(?:vir|viendo){_PLACE}",
        r"(?:ganas|razon|razones|motivos?) (?:de|para|por que|por la que) "
        rf"(?:ya )?(?:no )?(?:seguir )?vivir{_PLACE}",
        r"(?:sentido a|no vale la pena) (?:la |mi |esta )?(?:vida|vivir)",
        r"(?:mejor|quisiera estar|estaria mejor) muert[oa]",
    )
)
_DESPAIR: Final = re.compile(rf"\b(?:{_SAID})\b")


def is_in_despair(folded: str) -> bool:
    """Return whether a folded message tells of a wish to die or to harm oneself.

    >>> is_in_despair("no le veo sentido a la vida"), is_in_despair("im so scared")
    (True, False)
    """
    return _DESPAIR.search(folded) is not None


# Fear of an arrest is no despair: the classifier is believed where such a word stands.
_DARK: Final = re.compile(
    r"\b(?:die|dying|dead|kill\w*|hurt\w*|suicid\w*|live|living|alive|life|end(?:ing)?|"
    r"hope\w*|panic\w*|breath\w*|shak\w*|cry\w*|alone|anymore|no more|giv\w+ up|"
    r"breakdown|losing|falling|miss me|without me|gone|way out|bad to myself|"
    r"being here|god|disappear\w*|done with|go on|sleep|desperate|"
    r"morir\w*|muer\w+|mat(?:ar|arme|arse|e|o)|viv(?:ir|o)|vida|dano|panico|respirar|"
    r"tiembl\w+|llor\w+|sol[oa]|aguant\w+|no puedo|loc[oa]|ahog\w+|angustia|nervios|"
    r"desesper\w+|sin salida|me rindo|desaparecer|sentido|sin mi|acab\w+|existir|"
    r"despertar|despid\w+|nacido|llevame|pensamientos|cabeza)\b"
)


def has_dark_word(folded: str) -> bool:
    """Return whether a message has a word that despair uses and mere fear does not.

    >>> has_dark_word("tengo miedo de que me agarren"), has_dark_word("im so alone")
    (False, True)
    """
    return _DARK.search(folded) is not None
