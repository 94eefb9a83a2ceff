"""Questions whether a place has an agreement are told from questions about the law."""

from __future__ import annotations

import pytest

from bot.services.agreement_questions import asks_about_place

ASKS = [
    "do the cops in collier county work with ice",
    "hay acuerdo en el condado de Nassau?",
    "my town is Danbury, is it 287g",
    "Does Nassau County have a 287(g) agreement?",
    "is suffolk county signed up with ice",
    "does my county have a 287g agreement",
    "el sheriff de mi condado trabaja con la migra?",
    "¿La policía de Newark coopera con ICE?",
    "HAY CONVENIO EN BERGEN",
    "did orange county sign up",
    "is there an agreement where i live",
    "hay 287g donde vivo",
    "coller county 287g",
    "287(g) texas",
    "Rensselaer county ice agreement",
    "my cops work with immigration in plano tx",
    "firmo mi pueblo con ice?",
    "¿Firmó el condado de Suffolk un convenio?",
    "does the bronx cooperate with ice",
    "la policia de brooklyn ayuda a la migra",
    "condado de lake coopera con inmigracion?",
    "our sheriff signed a deal with ICE?",
]
DOES_NOT = [
    "What is a 287(g) agreement?",
    "¿Qué es un acuerdo 287(g)?",
    "Does my county have to join 287(g)?",
    "¿Mi condado está obligado a firmar?",
    "how do I end the agreement in my county",
    "how do i get a copy of the agreement of nassau county",
    "what is the task force model",
    "is 287g legal in New York",
    "ICE is in Brooklyn now",
    "my brother was arrested in Nassau County",
    "where is the immigration court in Newark",
    "vivo en Queens y necesito un abogado",
    "can police work with ice without an agreement",
    "puede la policía ayudar a ice sin acuerdo",
    "how much does 287g cost my county",
    "who supervises 287g officers in florida",
    "written fee agreement",
    "firmo yo por mi esposa?",
    "I signed up for classes",
    "hello",
    "",
]


@pytest.mark.parametrize("text", ASKS)
def test_a_question_about_a_place_is_recognised(text: str) -> None:
    assert asks_about_place(text)


@pytest.mark.parametrize("text", DOES_NOT)
def test_another_question_is_left_to_the_entries(text: str) -> None:
    assert not asks_about_place(text)


def test_a_hostile_message_takes_no_time() -> None:
    assert not asks_about_place("work " * 5000 + "with " * 5000)
