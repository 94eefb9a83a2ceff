"""Questions whether a place has an agreement are told from questions about the law."""

from __future__ import annotations

import pytest

from bot.services.agreement_questions import (
    asks_about_place,
    misspelt_town,
    weigh_question,
)

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
    "hay acuerdo en el condado de collier? estoy sin papeles y tengo hijos",
    "la policia de hialeah florida trabaja con ice? como puedo saber",
    "is it safe to call 911 in collier county florida or do the cops work with ice",
    "quien trabaja con ice en tampa florida",
    "stopped by orange county deputy in florida. have they a 287g? how do i find out",
    "fort worth cops w ice?",
    "paterson nj police ice",
    "tucson az la policia llama a la migra?",
    "el sheriff de bergen le avisa a la migra?",
    "condado de palm beach la policia le entrega gente a la migra?",
    "hempstead ny my town. cops told me they have a deal w ICE",
    "rensselaer county jail ice?",
    "is naples in the ice list",
    "gwinnett county ga is it still on it",
    "does teller county have one",
    "anything in washington state?",
    "do cops here work with ice",
    "hay acuerdo aqui con la migra",
    "does fhp do immigration now? florida highway patrol",
    "hay acuerdo en mi condado? tengo miedo, estoy sin papeles",
    "what about tampa florida, do police report to immigration",
    "is there a 287g agreement in hogwarts",
    "hay acuerdo en guatemala",
    "does law enforcement in tampa fl cooperate with ICE",
    "im illegal in tampa fl, does the sheriff work with ice",
    "what about greenville sc, do they call ice",
    "en rogers arkansas ellos le avisan a ice?",
    "la policia entrega a ice en 72756",
    "72756 la policia entrega a ice?",
    "condado de Wake carolina del norte esta con ice?",
    "do the cops in my city help ice",
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
    "what does 287g mean in collier county",
    "is it legal for collier county to work with ice",
    "como funciona el acuerdo en el condado de collier",
    "queremos terminar el acuerdo en el condado de collier",
    "who pays for 287g in collier county",
    "quien supervisa el 287g en tampa florida",
    "mi esposo esta con ice en tampa",
    "my neighbors in tulsa, do they call ice",
    "my boss has a shop in tulsa oklahoma, would they tell ice",
    "condado de essex mi esposo esta con ice",
    "la policia de tampa le entrego a mi hijo a ice",
    "puede la policia entregar gente a ice",
    "do american police work with immigrants",
    "hello",
    "",
]


@pytest.mark.parametrize("text", ASKS)
def test_a_question_about_a_place_is_recognised(text: str) -> None:
    assert asks_about_place(text)


@pytest.mark.parametrize("text", DOES_NOT)
def test_another_question_is_left_to_the_entries(text: str) -> None:
    assert not asks_about_place(text)


PLAIN = [
    "do the cops in homestead fl work with ice",
    "does columbus ohio have an agreement",
    "does tyler texas work with ice",
    "moving from tulsa to wichita ks which ones work with ice",
    "do the cops in collier county work with ice",
    "los constables en texas precinto 3 bexar tienen acuerdo?",
    "la policia de tampa florida avisa a la migra?",
    "el condado de Wake carolina del norte esta con la migra?",
    "la policia de springdale arkansas entrega gente a ice",
    "la poli de Rome GA esta en esa lista de ice? mi tia vive aya y tiene mucho miedo",
]


@pytest.mark.parametrize("text", PLAIN)
def test_a_plain_question_of_a_named_place_needs_no_intent(text: str) -> None:
    assert weigh_question(text) == "plain"


@pytest.mark.parametrize(
    "text",
    ["does nypd work with ice", "new jersey police ice", "does my town help ice"],
)
def test_a_question_that_the_entries_answer_better_needs_its_intent(text: str) -> None:
    assert weigh_question(text) in ("perhaps", "likely")


@pytest.mark.parametrize(
    "text", ["rutgers campus police ice agreement", "does fhp work with ice"]
)
def test_an_agency_asked_for_by_name_stands_for_its_place(text: str) -> None:
    assert weigh_question(text) == "likely"


TAIL = "my aunt lives there with the kids and she is so scared of going to the store"


@pytest.mark.parametrize("dot", ["?", ".", ""])
def test_a_long_tail_does_not_hide_a_plain_question(dot: str) -> None:
    text = f"do the cops in Rome GA work with ice{dot} {TAIL} and of driving alone"
    assert weigh_question(text) == "plain"
    assert weigh_question(f"{text}. {TAIL}. {TAIL}. {TAIL}") == "perhaps"


@pytest.mark.parametrize("dot", ["?", ".", ""])
def test_what_happened_in_a_long_tail_is_heard(dot: str) -> None:
    text = f"do the cops in Rome GA work with ice{dot} {TAIL}, they arrested him"
    assert weigh_question(text) == "perhaps"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("does murfresboro police have 287g", "murfresboro"),
        ("do chatanooga cops work w ice", "chatanooga"),
        ("la policia de murfresboro coopera con ice", "murfresboro"),
        ("do chatanooga cops arrest people for ice", ""),
        ("do local cops work w ice", ""),
        ("do corrupt cops help ice", ""),
        ("does murfresboro police have parking", ""),
    ],
)
def test_a_town_with_a_mistyped_name_is_asked_about(text: str, name: str) -> None:
    assert misspelt_town(text) == name
    assert not name or weigh_question(text) == "likely"


@pytest.mark.parametrize(
    ("text", "weight"),
    [
        ("do the cops in my city help ice", "likely"),
        ("el sheriff de mi condado ayuda a ice", "likely"),
        ("can the cops in my city help ice", "perhaps"),
        ("the cops here are helping ice at my door", "perhaps"),
        ("the cops here work with ice and they took my son", "perhaps"),
    ],
)
def test_ones_own_police_are_asked_about_where_nothing_happens(
    text: str, weight: str
) -> None:
    assert weigh_question(text) == weight


def test_misspelt_words_count_as_what_is_meant() -> None:
    typed = "el sherif de tampa florida le abisa a la mijra"
    meant = "el sheriff de tampa florida le avisa a la migra"
    assert weigh_question(typed) == "none"
    assert weigh_question(typed, {}, meant) == "plain"


def test_a_message_is_no_longer_for_being_respelt() -> None:
    text = "la poli de Rome GA esta en esa lista de ice? mi tia vive aya y tiene miedo"
    assert weigh_question(text, {}, text.replace("aya", "haya")) == "plain"


def test_a_hostile_message_takes_no_time() -> None:
    assert not asks_about_place("work " * 5000 + "with " * 5000)
