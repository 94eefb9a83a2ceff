"""A near deportation is heard; one past, feared or asked about is not."""

from __future__ import annotations

import pytest

from bot.core.matching import fold
from bot.nlu.deportation import is_deported_soon
from bot.nlu.urgency import find_signals

SOON = [
    "they are deporting my husband tomorrow",
    "my dad gets deported friday, can anyone stop it",
    "my mom is being deported tonight",
    "ICE is about to deport my brother help",
    "they told her she will be deported in the morning",
    "my boyfriend's removal is set for monday",
    "deporting my wife in 2 hours",
    "he is gonna be deported any day now",
    "my cousin is on the list, they put him on a plane tomorrow",
    "they are sending my sister back to Ecuador on thursday",
    "removal flight tomorrow for my son",
    "his removal flight is scheduled",
    "im getting deported next week what can i do",
    "tomorrow they deport my uncle",
    "they deport him in 3 days",
    "he called from louisiana and said they will deport him tonight",
    "mañana deportan a mi esposo",
    "van a deportar a mi papá esta noche",
    "ya le dieron fecha para deportarlo",
    "me deportan el lunes que hago",
    "a mi hermano lo deportan mañana en la mañana ayuda",
    "deportan a mi hijo en unas horas",
    "mi mamá tiene vuelo de deportación el jueves",
    "están a punto de deportar a mi primo",
    "lo van a regresar a su pais mañana",
    "hoy en la noche suben a mi esposo al avión",
    "me van a deportar esta semana",
    "mi tio ya tiene fecha de deportacion",
    "lo mandan de regreso a honduras el viernes",
    "manana lo deportan",
    "im so scared they deport my husband tomorrow",
    "tengo mucho miedo mañana deportan a mi esposo",
    "my dad has 24 hours before they deport him",
    "she is being sent to honduras on tuesday",
    "how do i stop my moms deportation this friday",
    "they gave my brother a deportation date",
    "se lo llevan deportado mañana",
    "se llevan a mi esposo a guatemala mañana",
    "quien puede parar una deportacion de ultimo minuto",
]
NOT_SOON = [
    "can they deport me tomorrow without seeing a judge",
    "what happens if they deport my dad tomorrow",
    "i have a deportation hearing tomorrow",
    "my brother was deported last friday can he come back",
    "he got deported today",
    "they deported my cousin yesterday",
    "my deportation case is next week",
    "how soon can they deport my husband",
    "can ice deport you the same day",
    "how long until they deport someone",
    "are they deporting people in nj today",
    "i'm scared they will deport me tomorrow at my check-in",
    "what is a stay of removal",
    "can i be deported for a dui",
    "fue deportado ayer mi hermano",
    "deportaron a mi papá el lunes pasado",
    "lo deportaron hoy",
    "tengo corte de deportacion manana",
    "me pueden deportar hoy mismo si voy a la cita",
    "que pasa si me deportan mañana",
    "tengo miedo que me deporten mañana",
    "cuanto tardan en deportar a alguien",
    "hay una orden de deportacion contra mi esposo",
    "que es una orden de deportacion",
    "si me deportan que pasa con mis hijos en la escuela el lunes",
    "my lawyer says removal proceedings start monday",
    "do they deport you right away after you sign",
    "deportations are up this week",
    "mi cita con el abogado de deportacion es mañana",
    "my flight to texas is tomorrow can ice stop me",
    "mi vuelo a miami sale mañana, me puede parar la migra",
    "when i go to mexico next week can i come back",
    "does a 287g agreement mean they deport me in days",
    "my asylum was denied on monday, are they going to deport me while i appeal",
    "mejor que deportacion, se tendria que ir mi esposo en 60 dias",
]


@pytest.mark.parametrize("text", SOON)
def test_a_deportation_is_heard_when_it_is_near(text: str) -> None:
    assert is_deported_soon(fold(text))
    assert "deportation" in find_signals(text)


@pytest.mark.parametrize("text", NOT_SOON)
def test_no_deportation_is_heard_when_it_is_past_or_supposed_or_in_court(
    text: str,
) -> None:
    assert find_signals(text) == frozenset()
