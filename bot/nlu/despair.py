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
