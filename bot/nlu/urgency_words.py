"""The words by which an emergency is heard, or heard not to be one."""

from __future__ import annotations

import re
from typing import Final

ACTOR: Final = re.compile(
    r"\b(?:ice|la migra|migra|immigration|inmigracion|migracion|"
    r"agents?|agentes?|officers?|"
    r"oficial(?:es)?|police|policias?|cops?|feds?|sheriffs?|alguacil(?:es)?|"
    r"deput(?:y|ies)|chota|patrulla|they|ellos|men|hombres|vans?)\b"
)
HARD_ACTOR: Final = re.compile(
    r"\b(?:ice|migra|immigration|inmigracion|migracion|"
    r"agents?|agentes?|officers?|oficial(?:es)?|"
    r"police|policias?|cops?|feds?|sheriffs?|alguacil(?:es)?|chota|patrulla)\b"
)
# Each phrase says by itself that somebody is present at this moment.
PRESENT: Final = re.compile(
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
    r"(?:me|nos) (?:persiguen?|viene siguiendo|vienen siguiendo|"
    r"siguen?(?! \w+(?:ando|iendo)))|"
    r"behind (?:me|us|my car)|(?:atras|detras) de (?:mi|nosotros)|"
    r"(?:tocan|golpean|tocando|golpeando)(?: \w+)? (?:a |en )?(?:la|mi) puerta|"
    r"ya entraron|"
    r"(?:se (?:lo|la|los|me) )?(?:estan )?llevando(?:se)? a mi|"
    r"acaban de (?:llegar|entrar))\b"
)
RIGHT_NOW: Final = re.compile(
    r"\b(?:right now|rn|this minute|at this moment|just (?:came|walked|broke|pulled|"
    r"arrived|knocked|took|grabbed|arrested|detained|picked)|"
    r"acaban de (?:llevar|agarrar|arrestar|detener)\w*|ahora mismo|ahorita|"
    r"en este momento|en este instante|apurese|help me now)\b"
)
ALONE_ENOUGH: Final = re.compile(
    r"^(?:help )?(?:they(?: a|)re|theyre|they are|ice is|estan|ya estan|la migra esta) "
    r"(?:here|aqui|outside|afuera)(?: now| ahora| ya)?(?: help| ayuda)?$"
)
SCENE: Final = re.compile(
    r"\b(?:guys|somebody|someone|alguien|tipos|guns?|armados|raid|redada|checkpoint|"
    r"reten|handcuffs?|handcuffed|esposas|esposado|door|puerta|knocks?|lights|truck|"
    r"camioneta|surrounded|rodearon|uniforms?|uniformados|vests?|chalecos|arrest\w*|"
    r"deten\w*|llev\w*|agarr\w+|took|taken|grabbed|stopped|pulled|paro|pararon|"
    r"drag\w*|arrastr\w*|emergenc(?:y|ia)|auxilio|socorro|hurry|rapido|apur\w+|"
    r"window|ventana|stairs|escaleras?|lobby|sala|piso|marqueta|encapuchad\w*|masked|"
    r"linternas?|flashlights?|perros|brinc\w+|escondid\w+|encerrad\w+|hiding|"
    r"bajar del|out of the car|huellas|fingerprints?|interrog\w+|patrullas|"
    r"esposar\w*|(?:estan|andan|theyre|they are) (?:\w+ )?\w+(?:ando|iendo|ing))\b"
)
SUPPOSED: Final = re.compile(
    r"\b(?:if|when|in case|what happens|can they|could they|are they allowed|can ice|"
    r"can police|do they|"
    r"suppose|imagine|si (?:la|ice|vienen|viene|llegan|llega|me|nos|"
    r"un|una|los|el|ellos|inmigracion|tocan|agentes|alguien|policias?|oficiales|entran)|"
    r"cuando|en caso de|que pasa si|supong\w+|pueden|puede ice|puede la)\b"
)
PAST: Final = re.compile(
    r"\b(?:yesterday|last (?:night|week|month|year)|"
    r"(?:days?|weeks?|months?|years?) ago|"
    r"ayer|anoche|antier|la semana pasada|el mes pasado|"
    r"hace (?:\w+ )?(?:dias?|semanas?|mes(?:es)?|anos?))\b"
)
# What happened today, or is complained of, is seldom happening at this minute.
LATELY: Final = re.compile(
    r"\b(?:this morning|today|esta manana|hoy|esta tarde|complain\w*|complaint|"
    r"queja\w*|denunci\w+|demand\w+|sue|nadie contesta|nobody answers)\b"
)
OVER: Final = re.compile(
    r"\b(?:already left|ha(?:ve|s) left|(?:they|ice|agents) (?:just )?left|went away|"
    r"are gone|is gone|theyre gone|no longer (?:here|outside)|not here any ?more|"
    r"ya no (?:esta|estan)|ya se (?:fue|fueron|retiraron)|se acaban de ir)\b"
)
# Whoever was born here, lives here or is here on a visa is no emergency.
SETTLED: Final = re.compile(
    r"\b(?:(?:naci\w*|born|viv(?:o|e|en|imos|ia|iendo)|liv(?:e|es|ed|ing)|criad[oa]s?|"
    r"creci\w*|raised|grew up|been|llev(?:o|a|amos|an)|estudi\w*|trabaj\w*|works?|"
    r"escuela|school|anos?|years?|mes(?:es)?|months?|familia|family)"
    r"(?: \w+){0,4}? (?:aqui|aca|here)|"
    r"(?:(?:is|are|am|im|theyre|hes|shes|esta|estan|estoy|estamos) )?(?:aqui|here) "
    r"(?:conmigo|con (?:nosotros|mi \w+)|with (?:me|us|my \w+)|"
    r"(?:on|con|with|sin|without)(?: \w+)? (?:visas?|papeles|papers|status|permiso|"
    r"permit|tps|daca)|i?l?legal\w*|ilegal\w*|since|desde (?:hace |el |nin)))\b"
)
CRY: Final = re.compile(
    r"\b(?:afuera|adentro|tocando|golpeando|entrando|aqui|ahora|aora|outside|inside|"
    r"knocking|banging|here|now|rn)\b"
)
# What police do in general: "do the cops in my town help ice", "do agents have to".
HABIT: Final = re.compile(
    r"\b(?:must (?:i|we) say|i must say|should i teach|"
    r"(?:do|does) (?:the )?(?:ice|agents?|police|cops?)(?: \w+)? (?:have|need|got) to|"
    r"(?:do|does|are|is) (?:the |my |our |your |local )*(?:cops?|police|sheriffs?|"
    r"deput(?:y|ies)|pd|troopers?)\b(?: \w+){0,6}? (?:help|helps|helping|work|works|"
    r"working|cooperat\w+|collaborat\w+|partner\w*) (?:with |for )?(?:the )?"
    r"(?:ice|immigration|la migra)|"
    r"(?:la |el |los )?(?:policias?|poli|sheriff|alguacil(?:es)?) (?:de |del |en )?"
    r"(?:\w+ ){0,4}?(?:ayudan?|trabajan?|cooperan?|colaboran?) (?:a |con )?(?:la )?"
    r"(?:ice|migra|inmigracion))\b"
)
# "Help ice", "auxilio migracion", "ayudenme por favor ya vienen".
HELP: Final = re.compile(
    r"\b(?:(?:please |pls |por favor |porfavor )?(?:help(?: me| us)?|sos|911|"
    r"ayud(?:a|en|enme|eme|enos|ame)|auxilio|socorro)"
    r"(?: please| pls| por favor| porfavor| x favor)?)\b"
)
AGAINST: Final = re.compile(
    r"(?:ya |its |it s |es )?(?:the |la |el )?(?:ice|migra|immigration|inmigracion|"
    r"migracion|police|cops|policia)(?: here| aqui| now| ahora| ya)?|"
    r"(?:they(?: a|)re |theyre |they are |ya |ahi |alli )?"
    r"(?:coming|vienen|estan aqui|here)"
)
