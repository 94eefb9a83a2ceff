"""Hears what cannot wait: agents at the door, despair, a deportation that is near."""

from __future__ import annotations

import re
from typing import Final

from bot.core.matching import fold
from bot.core.understanding import CRISIS, DEPORTATION, NOW
from bot.nlu.deportation import is_deported_soon
from bot.nlu.despair import is_in_despair

_ACTOR: Final = re.compile(
    r"\b(?:ice|la migra|migra|immigration|inmigracion|agents?|agentes?|officers?|"
    r"oficial(?:es)?|police|policias?|cops?|feds?|sheriffs?|alguacil(?:es)?|"
    r"deput(?:y|ies)|chota|patrulla|they|ellos|men|hombres|vans?)\b"
)
# Each phrase says by itself that somebody is present at this moment.
_PRESENT: Final = re.compile(
    r"\b(?:(?:is|are|r|s|re) (?:at|outside|inside|in|by) (?:my|our|the|his|her) "
    r"(?:door|house|home|apartment|building|work|job|car|window|porch|workplace|room|"
    r"yard|store)|"
    r"(?:is|are|r|theyre|they re|s) (?:here|outside|inside|knocking|banging|pounding|"
    r"yelling|coming in|breaking|entering|taking|arresting|detaining|searching|"
    r"handcuffing|pulling|asking me|surrounding|following me|waiting outside)|"
    r"(?:at|outside|inside) (?:my|the) (?:door|house|apartment) (?:right )?now|"
    r"knocking (?:on|at) (?:my|our|the) door|banging on|pulled? me over (?:right )?now|"
    r"(?:im|i am|we are|were) (?:being )?(?:pulled over|getting arrested|"
    r"getting pulled over|being arrested|being detained|being stopped|"
    r"getting detained)|"
    r"stopp(?:ed|ing) me (?:right )?now|"
    r"(?:esta|estan|tan|andan|anda) (?:aqui|afuera|adentro|dentro|tocando|golpeando|"
    r"entrando|gritando|rompiendo|llevando(?:se)?|arrestando|deteniendo|revisando|"
    r"pidiendo|esposando|rodeando|parando|en (?:mi|la|el|nuestra|su) (?:puerta|casa|"
    r"trabajo|carro|edificio|apartamento|tienda|yarda))|"
    r"(?:me|nos|lo|la|los) (?:estan|esta) (?:deteniendo|arrestando|llevando|parando|"
    r"siguiendo|esposando|sacando|quitando)|"
    r"(?:tocan|golpean|tocando|golpeando)(?: \w+)? (?:a |en )?(?:la|mi) puerta|"
    r"ya entraron|"
    r"(?:se (?:lo|la|los|me) )?(?:estan )?llevando(?:se)? a mi|"
    r"acaban de (?:llegar|entrar))\b"
)
_RIGHT_NOW: Final = re.compile(
    r"\b(?:right now|rn|this minute|at this moment|just (?:came|walked|broke|pulled|"
    r"arrived|knocked|took|grabbed|arrested|detained|picked)|"
    r"acaban de (?:llevar|agarrar|arrestar|detener)\w*|ahora mismo|ahorita|"
    r"en este momento|en este instante|apurese|help me now)\b"
)
_ALONE_ENOUGH: Final = re.compile(
    r"^(?:help )?(?:they(?: a|)re|theyre|they are|ice is|estan|ya estan|la migra esta) "
    r"(?:here|aqui|outside|afuera)(?: now| ahora| ya)?(?: help| ayuda)?$"
)
_SCENE: Final = re.compile(
    r"\b(?:guys|somebody|someone|alguien|tipos|guns?|armados|raid|redada|checkpoint|"
    r"reten|handcuffs?|handcuffed|esposas|esposado|door|puerta|knocks?|lights|truck|"
    r"camioneta|surrounded|rodearon|uniforms?|uniformados|vests?|chalecos|arrest\w*|"
    r"deten\w*|llev\w*|agarr\w+|took|taken|grabbed|stopped|pulled|paro|pararon)\b"
)
_SUPPOSED: Final = re.compile(
    r"\b(?:if|when|in case|what happens|can they|could they|are they allowed|can ice|"
    r"can police|do they|suppose|imagine|si (?:la|ice|vienen|viene|llegan|llega|me|nos|"
    r"un|una|los|el|ellos|inmigracion|tocan|agentes|alguien|policias?|oficiales|entran)|"
    r"cuando|en caso de|que pasa si|supong\w+|pueden|puede ice|puede la)\b"
)
_PAST: Final = re.compile(
    r"\b(?:yesterday|last (?:night|week|month|year)|"
    r"(?:days?|weeks?|months?|years?) ago|"
    r"ayer|anoche|antier|la semana pasada|el mes pasado|"
    r"hace (?:\w+ )?(?:dias?|semanas?|mes(?:es)?|anos?))\b"
)
_OVER: Final = re.compile(
    r"\b(?:already left|ha(?:ve|s) left|(?:they|ice|agents) (?:just )?left|went away|"
    r"are gone|is gone|theyre gone|no longer (?:here|outside)|not here any ?more|"
    r"ya no (?:esta|estan)|ya se (?:fue|fueron|retiraron)|se acaban de ir)\b"
)


def find_signals(
    text: str, emergency: float = 0.0, crisis: float = 0.0
) -> frozenset[str]:
    """Return the signals in a message: NOW, CRISIS, DEPORTATION, several or none.

    `emergency` and `crisis` are how likely the classifier holds those intents.

    >>> sorted(find_signals("la migra está tocando la puerta"))
    ['now']
    >>> sorted(find_signals("what if ice is at my door"))
    []
    """
    folded = fold(text)
    signals = set()
    if is_in_despair(folded) or crisis >= _SURE:
        signals.add(CRISIS)
    if _is_happening(folded, emergency):
        signals.add(NOW)
    if is_deported_soon(folded):
        signals.add(DEPORTATION)
    return frozenset(signals)


_CRY: Final = re.compile(
    r"\b(?:afuera|adentro|tocando|golpeando|entrando|aqui|ahora|aora|outside|inside|"
    r"knocking|banging|here|now|rn)\b"
)
# What police do in general: "do the cops in my town help ice".
_HABIT: Final = re.compile(
    r"\b(?:(?:do|does|are|is) (?:the |my |our |your |local )*(?:cops?|police|sheriffs?|"
    r"deput(?:y|ies)|pd|troopers?)\b(?: \w+){0,6}? (?:help|helps|helping|work|works|"
    r"working|cooperat\w+|collaborat\w+|partner\w*) (?:with |for )?(?:the )?"
    r"(?:ice|immigration|la migra)|"
    r"(?:la |el |los )?(?:policias?|poli|sheriff|alguacil(?:es)?) (?:de |del |en )?"
    r"(?:\w+ ){0,4}?(?:ayudan?|trabajan?|cooperan?|colaboran?) (?:a |con )?(?:la )?"
    r"(?:ice|migra|inmigracion))\b"
)
_CRY_WORDS: Final = 7
_SURE: Final = 0.75
_LIKELY: Final = 0.35


def _is_happening(folded: str, emergency: float) -> bool:
    if _ALONE_ENOUGH.match(folded):
        return True
    if _OVER.search(folded):
        return False
    supposed = _SUPPOSED.search(folded) is not None
    urgent = _RIGHT_NOW.search(folded) is not None
    present = _PRESENT.search(folded) is not None and _ACTOR.search(folded) is not None
    past = _PAST.search(folded) is not None
    if present and (urgent or not (supposed or past)):
        return True
    someone = _ACTOR.search(folded) or _PRESENT.search(folded) or _SCENE.search(folded)
    if urgent and someone and emergency >= _LIKELY:
        return True
    if _HABIT.search(folded) and not (present or urgent):
        return False
    # People in a hurry leave the verb out: "inmigracion afuera tocando duro".
    is_cry = len(folded.split()) <= _CRY_WORDS and _CRY.search(folded) is not None
    if is_cry and emergency >= _LIKELY and not (supposed or past):
        return True
    # The classifier alone would hear an emergency in any three frightened words.
    return emergency >= _SURE and bool(someone) and not supposed and not past
