"""A person takes over after consent, writes, and hands back; nothing is said twice."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.core.errors import ChangedByOther, NotAllowed, RequestGone
from bot.core.staff import Staff
from bot.services import handoffs
from bot.services.handoff_messages import MAX_REPLY, clean_reply
from bot.storage import consultations, conversations, ownership
from tests.builders import NOON
from tests.live_office import (
    ANA,
    EVA,
    LUZ,
    send_request,
)
from tests.unit import handoff_office
from tests.unit.handoff_office import (
    CHAT,
    DAY,
    MINUTE,
    Office,
)

# Fixtures are found by name in the module of a test.
empty = handoff_office.empty
office = handoff_office.office


def test_the_visitor_reads_who_joined_and_that_the_assistant_is_silent(
    office: Office,
) -> None:
    office.join()
    (told,) = office.said()
    assert (told["from"], told["kind"], told["owner"]) == (
        "system",
        "handoff",
        "person",
    )
    assert "Ana Ruiz" in told["text"]
    assert "silent" in told["text"]
    assert [choice["payload"] for choice in told["choices"]] == ["/back_to_assistant"]
    assert office.hear()


def test_the_visitor_is_told_in_their_own_language(office: Office) -> None:
    with office.storage.begin() as session:
        conversations.touch_conversation(session, CHAT, NOON, "es")
    office.join()
    assert "una persona de la oficina" in office.said()[0]["text"]


def test_nobody_joins_without_a_request(empty: Office) -> None:
    with empty.storage.begin() as session:
        conversations.start_conversation(session, CHAT, "web", "en", NOON)
    with pytest.raises(NotAllowed):
        empty.join()
    assert (empty.owner(), empty.said()) == ("bot", [])


def test_nobody_joins_without_consent(empty: Office) -> None:
    with empty.storage.begin() as session:
        conversations.start_conversation(session, CHAT, "web", "en", NOON)
        send_request(session, CHAT, NOON, agrees=False)
    with pytest.raises(NotAllowed):
        empty.join()
    assert (empty.owner(), empty.said()) == ("bot", [])


def test_nobody_joins_a_conversation_that_is_gone(empty: Office) -> None:
    with pytest.raises(RequestGone):
        empty.join()


def test_of_two_people_the_second_is_refused(office: Office) -> None:
    office.join(ANA)
    with pytest.raises(ChangedByOther):
        office.join(LUZ)
    assert [message["name"] for message in office.said()] == ["Ana Ruiz"]


def test_joining_twice_is_told_once(office: Office) -> None:
    office.join()
    office.join()
    assert len(office.said()) == 1
    assert office.history() == [(ANA.id, "handoff_joined", "")]


def test_staff_write_under_their_name_with_lines_kept(office: Office) -> None:
    office.join()
    office.say(" Good day.\r\n\r\nMay I call\u202e you? ")
    said = office.said()[-1]
    assert (said["from"], said["name"]) == ("staff", "Ana Ruiz")
    assert said["text"] == "Good day.\n\nMay I call you?"


def test_words_that_look_like_markup_stay_words(office: Office) -> None:
    office.join()
    office.say("<script>alert(1)</script>")
    assert office.said()[-1]["text"] == "<script>alert(1)</script>"


@pytest.mark.parametrize("text", ["", " \n\u200b ", "a" * (MAX_REPLY + 1)])
def test_nothing_or_too_much_is_not_sent(office: Office, text: str) -> None:
    office.join()
    with pytest.raises(NotAllowed):
        office.say(text)
    assert len(office.said()) == 1


@pytest.mark.parametrize("writer", [LUZ, EVA])
def test_only_whoever_has_the_conversation_writes(
    office: Office, writer: Staff
) -> None:
    with pytest.raises(NotAllowed):
        office.say("Hello", ANA)
    office.join(ANA)
    with pytest.raises(NotAllowed):
        office.say("Hello", writer)
    assert len(office.said()) == 1


def test_a_form_sent_twice_says_it_once(office: Office) -> None:
    office.join()
    office.say("Hello")
    office.say("Hello", now=NOON + timedelta(seconds=2))
    office.say("Hello", now=NOON + 2 * MINUTE)
    assert [message["text"] for message in office.said()[1:]] == ["Hello", "Hello"]


def test_the_visitor_waits_until_staff_write(office: Office) -> None:
    office.join()
    assert office.hear(NOON + MINUTE)
    office.say("Hello", now=NOON + 2 * MINUTE)
    with office.storage.read() as session:
        assert ownership.waiting_longer_than(session, NOON + DAY) == []


def test_after_handing_back_the_assistant_answers(office: Office) -> None:
    office.join()
    assert office.hand_back(ANA)
    told = office.said()[-1]
    assert (told["kind"], told["owner"], told["choices"]) == ("handoff", "bot", [])
    assert "Ana Ruiz has left" in told["text"]
    assert not office.hear()
    assert office.history()[-1] == (ANA.id, "handoff_left", "by staff")


def test_another_person_cannot_hand_back_but_an_admin_can(office: Office) -> None:
    office.join(ANA)
    with pytest.raises(NotAllowed):
        office.hand_back(LUZ)
    assert office.owner() == "person"
    assert office.hand_back(EVA)
    assert office.history()[-1] == (EVA.id, "handoff_left", "by an admin")


def test_the_visitor_goes_back_to_the_assistant(office: Office) -> None:
    office.join()
    assert office.hand_back(None)
    assert "talk with the assistant again" in office.said()[-1]["text"]
    assert office.history()[-1] == (None, "handoff_left", "by the visitor")


def test_an_old_button_changes_nothing(office: Office) -> None:
    assert not office.hand_back(None)
    assert office.said() == []


def test_who_waits_too_long_is_given_back_with_a_notice(office: Office) -> None:
    office.join()
    office.hear(NOON)
    assert office.give_back_silent(NOON + DAY - MINUTE, DAY) == []
    assert office.give_back_silent(NOON + DAY, DAY) == [CHAT]
    assert "nobody of the office" in office.said()[-1]["text"]
    assert office.owner() == "bot"
    assert office.history()[-1] == (None, "handoff_left", "after silence")
    assert office.give_back_silent(NOON + 2 * DAY, DAY) == []


def test_who_deletes_the_request_has_the_assistant_again(office: Office) -> None:
    office.join()
    office.hear(NOON)
    with office.storage.begin() as session:
        request = handoffs.request_of(session, CHAT)
        assert request is not None
        consultations.delete(session, request.id)
    assert office.give_back_silent(NOON + MINUTE, DAY) == [CHAT]
    assert "The request was deleted" in office.said()[-1]["text"]
    assert office.owner() == "bot"
    assert office.give_back_silent(NOON + MINUTE, DAY) == []


def test_who_deletes_one_of_two_requests_keeps_the_person(office: Office) -> None:
    with office.storage.begin() as session:
        send_request(session, CHAT, NOON, reference="7XQM")
    office.join()
    with office.storage.begin() as session:
        request = handoffs.request_of(session, CHAT)
        assert request is not None
        consultations.delete(session, request.id)
    assert office.give_back_silent(NOON + MINUTE, DAY) == []
    assert office.owner() == "person"


def test_a_visitor_who_says_nothing_keeps_the_person(office: Office) -> None:
    office.join()
    assert office.give_back_silent(NOON + 3 * DAY, DAY) == []
    assert office.owner() == "person"


def test_hidden_marks_are_dropped_and_blank_lines_are_few() -> None:
    assert clean_reply("a\u200b\x00 b\n\n\n\n\n c ") == "a b\n\nc"
