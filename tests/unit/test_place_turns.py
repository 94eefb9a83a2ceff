"""What a message wants of the list is told, and what is of another subject is not."""

from __future__ import annotations

import pytest

from bot.services.context import Context
from bot.services.place_turns import Turn, turn_of
from tests.builders import message

# What happened, and other subjects: by the group of the entry that answers.
OTHER = {
    "ask_detained": [
        "ice arrested my brother in newark nj",
        "my husband is in the essex county jail, ice picked him up",
        "bond hearing in elizabeth nj",
        "how much is bond in collier county",
        "where is my cousin, ICE took him in Tampa Florida",
        "ice agarro a mi hermano en newark nj",
        "mi esposo esta en la carcel del condado de essex, se lo llevo ice",
        "audiencia de fianza en elizabeth nj",
        "cuanto es la fianza en el condado de collier",
        "visiting hours at the orange county jail, ice floor",
        "trasladaron a mi tio de nueva jersey a texas, lo tiene ice",
        "can i send money to someone in the essex county jail for ice",
        "la policia de tampa le entrego a mi hijo a ice, donde esta detenido",
        "mi hermano esta con ice en tulsa",
        "la policia de tulsa entrego a mi tio a ice",
        "ice transferred my son from newark to louisiana",
        "which hospital do they take people detained by ice in tampa",
    ],
    "ask_rights": [
        "police stopped me in tampa and asked for papers",
        "ice raid in paterson today",
        "ICE is in Brooklyn now",
        "la policia me paro en tampa y me pidio papeles",
        "redada de ice en paterson hoy",
        "ice came to my door in newark",
        "ice toco mi puerta en newark",
        "what are my rights if police and ice come to my job in miami",
        "ice at the school in union city nj",
        "do they call ice at the hospital in tulsa",
        "checkpoint in el paso texas, border agents and police",
        "reten de la patrulla fronteriza en el paso texas",
        "ice agents at newark airport asked my mother questions",
        "can i film ice and police in jersey city",
        "puedo grabar a la policia y a ice en jersey city",
    ],
    "ask_state": [
        "do police in nyc honor ice detainers",
        "can nypd ask my status",
        "puede la policia de nueva york preguntar mi estatus",
        "can newark police ask if i am a citizen",
        "driver license in new jersey without status",
        "licencia de manejar en nueva jersey sin papeles",
        "what is the immigrant trust directive in new jersey",
        "is new york a sanctuary state",
        "es nueva york un santuario",
        "can police in new jersey turn me over to ice",
    ],
    "ask_warrants": [
        "essex county jail is holding my brother for ice over 48 hours",
        "ice warrant in hudson county",
        "orden de ice en el condado de hudson",
        "police in passaic have a warrant signed by a judge",
        "carcel de bergen lo retiene por ice",
        "does an ice detainer in nassau county expire",
    ],
    "ask_consult": [
        "is there an ice office in newark",
        "hay una oficina de ice en newark",
        "immigration lawyer in newark",
        "abogado de inmigracion en newark",
        "immigration court in newark address",
        "vivo en Queens y necesito un abogado",
        "free legal help in hempstead",
        "ayuda legal gratis en hempstead",
    ],
    "ask_misconduct": [
        "police in tampa beat my brother and called ice",
        "la policia de tampa golpeo a mi hermano y llamo a ice",
        "how do i complain about a deputy in collier county who works with ice",
        "suing the sheriff of collier county for working with ice",
        "demandar al sheriff de collier por ayudar a ice",
        "fake ice agents robbed a store in newark",
        "agentes falsos de ice en newark",
    ],
    "ask_privacy": [
        "does miami police share fingerprints with ice",
        "la policia de miami comparte huellas con ice",
        "license plate cameras in tampa and ice",
        "camaras de placas en tampa y la migra",
        "does the dmv in new york give ice my data",
    ],
    "ask_mandamus": [
        "mandamus case against the newark field office",
        "caso de mandamus en la corte de brooklyn",
        "uscis newark takes too long",
    ],
    "ask_287g": [
        "how can the agreement of collier county be cancelled, ending it",
        "cost of 287g for tampa florida",
        "who supervises 287g officers in florida",
        "is 287g legal in New York",
        "entrenamiento de los agentes 287g en florida",
    ],
    "out_of_scope": [
        "weather in tampa florida",
        "is there a good police job in tampa",
        "best pizza in naples",
        "renta en hialeah",
        "hockey ice rink in tampa",
    ],
}
ROWS = [(text, intent) for intent, texts in OTHER.items() for text in texts]
ASKED = Context(asked_place="does my county have an agreement")
TOLD = Context(told_place="Collier County, Florida", topic=("model_jail",))


@pytest.mark.parametrize(("text", "intent"), ROWS)
def test_what_is_of_another_subject_is_left_to_the_entries(
    text: str, intent: str
) -> None:
    assert turn_of(message(text, intent, intents={intent: 0.8}), Context(), {}) is None


@pytest.mark.parametrize(
    ("text", "intent"), [row for row in ROWS if row[1].startswith("ask_")]
)
def test_another_subject_is_heard_after_the_list_was_asked(
    text: str, intent: str
) -> None:
    said = message(text, intent, intents={intent: 0.9})
    for context in (ASKED, TOLD):
        turn = turn_of(said, context, {})
        assert turn is None or turn.kind == "meaning"


def test_there_are_many_examples_of_other_subjects() -> None:
    assert len(ROWS) >= 60


@pytest.mark.parametrize(
    ("asked", "text", "looked"),
    [
        (
            "is there 287g in my town",
            "vivo en el condado de osceola cerca de orlando",
            "",
        ),
        ("hay acuerdo", "es mi vecino el que tiene miedo, vive en tampa", ""),
        ("hay acuerdo", "no se el condado, es homestead en miami", ""),
        ("do cops in orange county help", "sorry i meant pasco county florida", ""),
        ("hay acuerdo en el condado de lee", "no, perdon, en collier", ""),
        ("does orange county have one", "texas", "Orange County, TX"),
        ("condado de lee", "el de florida", "Lee County, FL"),
        ("hay acuerdo en washington?", "el estado", "hay acuerdo en washington state"),
        ("monroe county", "do the cops work with ice", "monroe county"),
        ("does my county have one", "33880", ""),
    ],
)
def test_an_answer_to_the_question_for_the_place_is_looked_up(
    asked: str, text: str, looked: str
) -> None:
    said = message(text, "out_of_scope", intents={"out_of_scope": 0.9})
    turn = turn_of(said, Context(asked_place=asked), {})
    assert turn is not None
    assert (turn.kind, turn.text) == ("look", looked or text)


@pytest.mark.parametrize(
    "text",
    ["no se como se llama", "neither", "i dont know the county", "ninguno", "idk"],
)
def test_who_cannot_name_the_place_is_helped(text: str) -> None:
    said = message(text, "deny", intents={"deny": 0.9})
    assert turn_of(said, ASKED, {}) == Turn("lost")
    assert turn_of(said, Context(), {}) is None


@pytest.mark.parametrize(
    ("text", "looked", "hint"),
    [
        ("and in texas?", "and in texas?", "FL"),
        ("and lee county?", "and lee county?", "FL"),
        ("y en el de essex?", "y en el de essex?", "FL"),
        ("what about st pete", "what about st pete", "FL"),
        ("y en orlando?", "y en orlando?", "FL"),
        ("Orlando", "Orlando", "FL"),
        ("is there a 287g agreement there", "Collier County, Florida", ""),
    ],
)
def test_a_further_place_after_an_answer_is_looked_up(
    text: str, looked: str, hint: str
) -> None:
    said = message(text, "out_of_scope", intents={"out_of_scope": 0.9})
    assert turn_of(said, TOLD, {}) == Turn("look", looked, hint)


@pytest.mark.parametrize(
    ("told", "text", "looked"),
    [
        ("Lincoln County, Nevada", "sorry i meant oregon", "Lincoln County, OR"),
        ("Lincoln County, Nevada", "y en oregon?", "Lincoln County, OR"),
        ("Lincoln County, Nevada", "no, oregon", "Lincoln County, OR"),
        ("Greenville, Texas", "quise decir alabama", "town of Greenville, AL"),
        ("Washoe County, Nevada", "and in oregon?", "and in oregon?"),
        ("Lincoln County, Nevada", "what about salem oregon", ""),
        ("NV", "y en oregon?", ""),
    ],
)
def test_another_state_alone_goes_with_the_place_before(
    told: str, text: str, looked: str
) -> None:
    said = message(text, "out_of_scope", intents={"out_of_scope": 0.9})
    turn = turn_of(said, Context(told_place=told), {})
    assert turn is not None
    assert turn.text == (looked or text)


@pytest.mark.parametrize(
    ("asked", "text", "looked"),
    [
        ("does lincoln county have one", "i meant maine", "Lincoln County, ME"),
        ("hay acuerdo en lincoln county", "florida pues", "{}, florida pues"),
        ("is lincoln county nevada on it", "no, oregon", "Lincoln County, OR"),
        ("does lincoln county have one", "salem oregon", "salem oregon"),
        ("hay acuerdo en mi condado", "florida pues", "florida pues"),
    ],
)
def test_a_state_after_asking_back_goes_with_the_place_asked_for(
    asked: str, text: str, looked: str
) -> None:
    said = message(text, "out_of_scope", intents={"out_of_scope": 0.9})
    turn = turn_of(said, Context(asked_place=asked), {})
    assert turn is not None
    assert turn.text == looked.format(asked)


def test_a_county_after_a_state_is_of_that_state() -> None:
    said = message("kent county", "out_of_scope", intents={"out_of_scope": 0.9})
    assert turn_of(said, Context(told_place="DE"), {}) == Turn("look", said.text, "DE")


@pytest.mark.parametrize(
    "text", ["what does that mean for me", "y que significa eso", "y eso que significa"]
)
def test_what_an_answer_means_is_asked_right_after_it(text: str) -> None:
    said = message(text, "ask_287g", intents={"ask_287g": 0.9})
    assert turn_of(said, TOLD, {}) == Turn("meaning")
    assert turn_of(said, Context(), {}) is None


@pytest.mark.parametrize(
    ("text", "intent", "sure"),
    [
        ("saint bernard parish la", "out_of_scope", 0.38),
        ("las vegas nm", "ask_privacy", 0.41),
        ("nassau county", "ask_county", 0.9),
        ("Collier County, Florida", "ask_agreement", 0.9),
    ],
)
def test_a_place_alone_is_looked_up_unless_another_subject_is_sure(
    text: str, intent: str, sure: float
) -> None:
    said = message(text, intent, intents={intent: sure})
    assert turn_of(said, Context(), {}) == Turn("look", text)
    other = message(text, "ask_detained", intents={"ask_detained": 0.9})
    assert turn_of(other, Context(), {}) is None


def test_a_state_alone_is_no_question() -> None:
    said = message("New Jersey", "ask_county", intents={"ask_county": 0.4})
    assert turn_of(said, Context(topic=("jail_hold",)), {}) is None
    assert turn_of(said, Context(), {}) is None


def test_who_tells_the_state_before_asking_is_not_answered_from_the_list() -> None:
    text = "i live in brooklyn"
    fields = {"intents": {"choose_state": 0.4}, "entities": {"state": ("NY",)}}
    assert turn_of(message(text, "choose_state", **fields), Context(), {}) is None
    assert turn_of(message(text, "choose_state", **fields), ASKED, {}) is not None


def test_an_intent_that_is_sure_of_another_subject_counts_in_doubt() -> None:
    text = "does the nypd work with ice"
    sure = message(text, "ask_state", intents={"ask_state": 0.9, "ask_county": 0.1})
    assert turn_of(sure, Context(), {}) is None
    unsure = message(text, "ask_county", intents={"ask_county": 0.5})
    turn = turn_of(unsure, Context(), {})
    assert turn is not None
    assert turn.text == text
