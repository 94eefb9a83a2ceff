"""Recognises the question whether a place has an agreement; rather not than wrongly."""

from __future__ import annotations

import re
from typing import Final

from bot.core.matching import fold
from bot.services.places import names_place

_AGREEMENT: Final = re.compile(
    r"\b(?:287g|287|agreements?|acuerdos?|convenios?|contratos? con (?:ice|la migra)"
    r"|(?:work|works|working|cooperat\w+|collaborat\w+|partner\w*|team\w* up|help|helps"
    r"|helping|deal|deals|contracts?|tied|in bed|sides?) (?:\w+ ){0,2}?with (?:the )?"
    r"(?:ice|immigration|la migra)"
    r"|(?:trabaj|cooper|colabor|ayud|jal|asoci|junt)\w+ (?:\w+ ){0,2}?(?:con|a) "
    r"(?:el |la )?(?:ice|migra|inmigracion)"
    r"|sign\w* up|signed on|signed (?:a |an )?(?:deal|contract|pact)|firm(?:o|aron|ado)"
    r"|(?:work|works) for (?:ice|immigration)|(?:coopera|cooperan|colabora|colaboran)"
    r"|ice (?:deal|pact|contract|partner\w*))\b"
)
# Questions about agreements as such: the law, a copy, the end of one.
_ABOUT_LAW: Final = re.compile(
    r"\b(?:have to|must|required|forced|mandatory|obligad\w+|obligatori\w+|obliga"
    r"|forzad\w+|end|ends|ending|cancel\w*|terminat\w+|withdraw\w*|get out|quit|rid"
    r"|stop"
    r"|terminar|acabar|salir\w*|cancelar\w*|foia|foil|opra|copy|copies|copias?"
    r"|records?|registros|documents?|documentos|cost|costs|cuesta\w*|sue|suing|lawsuit"
    r"|demand\w+|train\w*|entrena\w*|capacita\w*|supervis\w+|liable|legal|lawful|allowed"
    r"|illegal|puede negarse|refuse|ley|law|laws|mean|means|significa\w*|what is|que es"
    r"|difference|diferencia|pending|pendiente\w*|tribes?|tribus?|tribal|irs|complain\w*"
    r"|report|queja\w*|history|historia|model\w*|modelo\w*|moa|inspector|audit\w*|gao"
    r"|huellas|fingerprints|prints|bans?|banned|prohib\w+|directive|without|sin"
    r"|profiling|perfil|discrimin\w+|oversight|vigila\w*|budget|presupuesto|taxpayers?"
    r"|fondos|abol\w+|reform\w*|propuestas|proposals?|worr\w+|safe|seguros?|presidents?"
    r"|boss|jefe|decir|why|por que|how|como|who|quien\w*)\b"
)
_OWN_PLACE: Final = re.compile(
    r"\b(?:my|our|this|mi|nuestr[oa]|este|esta) (?:\w+ )?(?:county|town|township|city"
    r"|area|village|borough|parish|neighborhood|state|sheriffs?|police|cops|condado|pueblo"
    r"|ciudad|zona|barrio|estado|policia|sheriff|alguacil)\b"
    r"|\bwhere (?:i|we) live\b|\bdonde (?:yo )?viv(?:o|imos)\b|\bnear me\b"
    r"|\baround here\b|\bpor aqui\b|\bpolicia local\b"
    r"|\blocal (?:police|cops|sheriffs?)\b"
)


def asks_about_place(text: str) -> bool:
    """Return whether a message asks if a place's police have an agreement with ICE.

    It needs a word of agreeing or working together, and a place: named, or "my town".

    >>> asks_about_place("do the cops in collier county work with ice")
    True
    >>> asks_about_place("¿Hay acuerdo en el condado de Nassau?")
    True
    >>> asks_about_place("What is a 287(g) agreement?")
    False
    """
    folded = fold(text)
    if not _AGREEMENT.search(folded) or _ABOUT_LAW.search(folded):
        return False
    return bool(_OWN_PLACE.search(folded)) or names_place(text)
