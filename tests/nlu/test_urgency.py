"""Emergencies are heard when they happen now, and only then; despair always."""

from __future__ import annotations

import pytest

from bot.nlu.urgency import find_signals

NOW = {
    "at_the_door": "ICE is at my door",
    "right_now": "ice is outside my house right now",
    "knocking": "they are knocking on my door help",
    "inside": "agents are in my house",
    "pulled_over": "the police pulled me over right now",
    "being_arrested": "im being arrested by ice",
    "searching": "officers are searching my car",
    "outside": "the sheriff is outside",
    "taking": "ICE agents are taking my dad",
    "three_words": "they're here",
    "en_la_puerta": "la migra está en mi puerta",
    "sin_acentos": "la migra esta afuera",
    "tocando_duro": "tan afuera tocando duro la puerta la migra",
    "tocando": "estan tocando la puerta agentes de inmigracion",
    "llevando": "se están llevando a mi esposo los agentes",
    "deteniendo": "me estan deteniendo la policia",
    "acaban_de_llegar": "acaban de llegar los agentes",
    "ya_entraron": "agentes de ice ya entraron",
    "dos_palabras": "están aquí",
    "how_to_act_now": "ice is at my door right now, can they come in?",
    "help_ice": "help ice",
    "auxilio": "auxilio la migra",
    "me_sigue": "una patrulla nos sigue desde el mercado",
    "behind_me": "there is a police car behind me with its lights on",
    "ya_vienen": "ayudenme por favor ya vienen",
    "que_hago_ahora": "la migra esta en mi casa ahora mismo, pueden entrar?",
}
NOT_NOW = {
    "what_if": "what if ice is at my door",
    "what_happens_if": "what happens if agents are outside my house",
    "if": "if they are at my door do i have to open",
    "when": "what do i do when ice is at my door",
    "suppose": "suppose ice is at my door, what should i say",
    "can_they": "can ice come to my house",
    "past_yesterday": "ice came to my house yesterday",
    "past_last_week": "they arrested my brother last week",
    "past_was": "ice was at my door last night",
    "past_ago": "the police stopped me two days ago",
    "past_were_banging": "last night agents were banging on my door",
    "past_were_knocking": "yesterday they were knocking on my door",
    "que_pasa_si": "que pasa si la migra esta en mi puerta",
    "si_la_migra": "si la migra está en mi casa que hago",
    "si_los_agentes": "que debo hacer si los agentes estan en mi casa",
    "si_agentes": "que hago si agentes de ice estan en mi puerta",
    "cuando": "cuando la migra está tocando la puerta que hago",
    "puede_entrar": "puede la policia entrar a mi casa",
    "ayer_vino": "la migra vino ayer a mi casa",
    "ayer_estaba": "ayer la migra estaba en mi puerta",
    "anoche": "anoche se llevaron a mi hermano",
    "anoche_tocando": "anoche estaban tocando la puerta los agentes",
    "hace_semanas": "arrestaron a mi papa hace dos semanas",
    "gone_now": "they just left, they were at my door",
    "goes_on_asking": "la policia me sigue pidiendo los papeles",
    "gone_again": "la migra ya no esta aqui, que hago",
    "plain_question": "what is a 287g agreement",
    "pregunta": "que es un acuerdo 287g",
    "somebody_else": "my lawyer is here",
    "help_with": "help with immigration",
    "ayuda_con": "ayuda con migracion",
}
CRISIS = {
    "kill_myself": "i want to kill myself",
    "die": "I want to die.",
    "suicide": "im thinking about suicide",
    "no_reason": "no reason to live anymore",
    "dont_want": "I don't want to live like this",
    "no_reason_seen": "since they took my mom i dont see a reason to live",
    "no_point": "whats the point of living now",
    "own_life": "i think about taking my own life",
    "wish_dead": "i wish i was dead",
    "asleep": "i dont want to wake up tomorrow",
    "morir": "me quiero morir",
    "sin_ganas": "ya no tengo ganas de vivir",
    "ganas_de_no_vivir": "me dan ganas de ya no vivir",
    "sin_razon": "no encuentro razon para vivir",
    "sin_sentido": "no le veo sentido a la vida sin ella",
    "mejor_muerta": "estaria mejor muerta",
    "acabar": "quiero acabar con mi vida",
    "no_quiero_vivir": "ya no quiero vivir",
    "matarme": "quiero matarme",
    "suicidio": "pienso en el suicidio",
    "con_acento": "quiero hacerme daño",
}
NO_CRISIS = {
    "scared": "im so scared",
    "figure_of_speech": "the waiting is killing me",
    "belongings": "can they take it all from him",
    "ending_an_agreement": "can they end it",
    "rather_die": "i would rather die than go back to that country",
    "the_point": "what is the point of a bond hearing",
    "live_here": "i want to live here with my kids",
    "donde_vivir": "no quiero vivir en ese pais, puedo pedir asilo",
    "a_death": "my uncle died in detention",
    "miedo": "tengo mucho miedo",
    "una_muerte": "mi abuelo se murió en la cárcel",
}


@pytest.mark.parametrize("text", NOW.values(), ids=NOW)
def test_emergency_is_heard_when_it_happens_now(text: str) -> None:
    assert find_signals(text) == {"now"}


@pytest.mark.parametrize("text", NOT_NOW.values(), ids=NOT_NOW)
def test_emergency_is_not_heard_when_it_is_past_or_supposed(text: str) -> None:
    assert find_signals(text) == frozenset()


@pytest.mark.parametrize("text", CRISIS.values(), ids=CRISIS)
def test_despair_is_heard_when_it_is_said(text: str) -> None:
    assert find_signals(text) == {"crisis"}


@pytest.mark.parametrize("text", NO_CRISIS.values(), ids=NO_CRISIS)
def test_despair_is_not_heard_when_only_fear_or_grief_is_said(text: str) -> None:
    assert find_signals(text) == frozenset()


def test_both_signals_are_heard_when_both_are_said() -> None:
    text = "ice is at my door and i want to die"
    assert find_signals(text) == {"now", "crisis"}


CLASSIFIER = {
    "sure_of_a_scene": ("they came with guns", 0.9, {"now", "guessed"}),
    "just_taken": ("they just took my husband outside the store help", 0.5, {"now"}),
    "taken_a_moment_ago": ("acaban de llevarse a mi tio en la calle", 0.4, {"now"}),
    "raid_this_minute": ("hay redada en la fabrica ahora mismo", 0.4, {"now"}),
    "grabbed": ("agarraron a mi tio en dallas", 0.8, {"now", "guessed"}),
    "grabbed_long_ago": ("agarraron a mi tio hace dos meses", 0.8, set()),
    "sure_but_past": ("yesterday they came with guns", 0.9, set()),
    "sure_but_supposed": ("what if they came with guns", 0.9, set()),
    "sure_but_nobody_there": ("i am so afraid", 0.7, set()),
    "very_sure_though_nobody_is_named": (
        "my cousin is cornered",
        0.85,
        {"now", "guessed"},
    ),
    "likely_and_right_now": ("ice just came to my job", 0.4, {"now"}),
    "ahorita": ("ahorita esta la migra en mi trabajo", 0.4, {"now"}),
    "unlikely_though_right_now": ("ice just came to my job", 0.1, set()),
    "perhaps": ("they came with guns", 0.5, {"perhaps_now"}),
    "perhaps_but_past": ("they came with guns last week", 0.5, set()),
    "not_sure_enough": ("they came with guns", 0.15, set()),
}


@pytest.mark.parametrize(
    ("text", "emergency", "expected"), CLASSIFIER.values(), ids=CLASSIFIER
)
def test_classifier_is_believed_when_the_words_bear_it_out(
    text: str, emergency: float, expected: set[str]
) -> None:
    assert find_signals(text, emergency=emergency) == expected


@pytest.mark.parametrize(
    "text",
    [
        "mi hija nacio aqui",
        "llevo diez años aqui",
        "mi esposo esta aqui conmigo",
        "mi hijo va a la escuela aqui",
        "ellos estan aqui con visa",
        "they are here on a visa",
        "my son goes to school here",
    ],
)
def test_whoever_lives_here_is_no_emergency_however_sure_the_classifier_is(
    text: str,
) -> None:
    assert find_signals(text, emergency=0.9) == frozenset()


@pytest.mark.parametrize(
    "text",
    ["they have been here banging on the door", "ice is here with me and my mom"],
)
def test_agents_who_are_here_are_no_residents(text: str) -> None:
    assert find_signals(text) == {"now"}


@pytest.mark.parametrize(
    ("crisis", "expected"),
    [(0.8, {"crisis"}), (0.6, set())],
    ids=["sure", "unsure"],
)
def test_classifier_is_believed_about_despair_only_when_sure(
    crisis: float, expected: set[str]
) -> None:
    assert find_signals("i have no hope", crisis=crisis) == expected


@pytest.mark.parametrize(
    "text",
    [
        "tengo miedo de que me agarren ahi",
        "im scared they will take me",
        "tengo ansiedad",
    ],
)
def test_mere_fear_is_no_despair_however_sure_the_classifier_is(text: str) -> None:
    assert find_signals(text, crisis=0.95) == frozenset()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("do the cops in my town help ice", set()),
        ("are the police in my area working with immigration", set()),
        ("la policia de aqui ayuda a ice", set()),
        ("does the sheriff here work with ice", set()),
        # The same words in a scene stay an emergency.
        ("do the cops help ice they are at my door", {"now"}),
        ("la policia de aqui ayuda a la migra y estan tocando la puerta", {"now"}),
        ("do the police help ice right now im being arrested", {"now"}),
        ("the police are here with ice", {"now"}),
    ],
)
def test_what_police_do_in_general_is_no_emergency_however_sure_the_classifier_is(
    text: str, expected: set[str]
) -> None:
    assert find_signals(text, emergency=0.9) == expected
