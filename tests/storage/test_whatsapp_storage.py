"""Leases, ids already seen, the outbox and contacts, as several gateways use them."""

from __future__ import annotations

from datetime import timedelta

from bot.core.whatsapp import Person
from bot.storage import contacts, leases, outbox, seen
from bot.storage.conversations import delete_conversations, start_conversation
from bot.storage.engine import Storage
from tests.builders import NOON

CONVERSATION = "c" * 32
LATER = NOON + timedelta(seconds=20)


def test_message_is_new_once(storage: Storage) -> None:
    with storage.begin() as session:
        first = [seen.see(session, "whatsapp_cloud", "k", NOON) for _ in range(3)]
        other = seen.see(session, "whatsapp_twilio", "k", NOON)
    assert (first, other) == ([True, False, False], True)


def test_seen_message_is_forgotten_after_its_time(storage: Storage) -> None:
    with storage.begin() as session:
        seen.see(session, "whatsapp_cloud", "k", NOON)
        seen.forget_seen_before(session, NOON + timedelta(days=8))
        assert seen.see(session, "whatsapp_cloud", "k", NOON)


def test_only_one_gateway_has_a_lease_until_it_ends(storage: Storage) -> None:
    with storage.begin() as session:
        assert leases.take_lease(session, "in:x", "one", NOON, LATER)
        assert leases.take_lease(session, "in:x", "one", NOON, LATER)
        assert not leases.take_lease(session, "in:x", "two", NOON, LATER)
        after = LATER + timedelta(seconds=1)
        assert leases.take_lease(session, "in:x", "two", after, after)
        leases.give_back_lease(session, "in:x", "one")
        assert not leases.take_lease(session, "in:x", "one", LATER, LATER)


def _post(storage: Storage, *bodies: str) -> None:
    with storage.begin() as session:
        for body in bodies:
            content = {"body": body, "choices": [], "list_label": ""}
            outbox.post(session, CONVERSATION, "whatsapp_cloud", content, NOON)


def test_oldest_message_of_a_conversation_goes_first(storage: Storage) -> None:
    _post(storage, "first", "second")
    with storage.begin() as session:
        item = outbox.oldest_unsent(session, CONVERSATION)
        assert item is not None
        assert item.content["body"] == "first"
        outbox.set_state(session, item.id, outbox.WAITING, next_at=LATER)
        # The second must not overtake it.
        assert outbox.conversations_to_send(session, NOON, 10) == []
        assert outbox.conversations_to_send(session, LATER, 10) == [CONVERSATION]


def test_sent_message_loses_its_words_and_its_state_only_moves_forward(
    storage: Storage,
) -> None:
    _post(storage, "words")
    with storage.begin() as session:
        item = outbox.oldest_unsent(session, CONVERSATION)
        assert item is not None
        for state in ("read", "sent", "delivered"):
            assert outbox.note_status(session, state, "provider", item.id, None)
    with storage.read() as session:
        assert outbox.count_by_state(session) == {"read": 1}
        assert outbox.oldest_unsent(session, CONVERSATION) is None


def test_status_of_a_message_that_is_not_ours_changes_nothing(storage: Storage) -> None:
    with storage.begin() as session:
        assert not outbox.note_status(session, "sent", "unknown", None, None)
        assert not outbox.note_status(session, "sent", "unknown", 99, None)


def test_late_status_of_a_deleted_message_leaves_the_next_one_alone(
    storage: Storage,
) -> None:
    _post(storage, "to Ana")
    with storage.begin() as session:
        old = outbox.oldest_unsent(session, CONVERSATION)
        assert old is not None
        outbox.set_state(session, old.id, outbox.SENT)
        outbox.forget_outbox_before(session, LATER)
    _post(storage, "to Ben")
    with storage.begin() as session:
        assert outbox.note_status(session, "read", "of Ana", old.id, None) is None
        waiting = outbox.oldest_unsent(session, CONVERSATION)
        assert waiting is not None
        assert waiting.content["body"] == "to Ben"


def test_status_under_another_name_of_the_provider_is_not_taken(
    storage: Storage,
) -> None:
    _post(storage, "words")
    with storage.begin() as session:
        item = outbox.oldest_unsent(session, CONVERSATION)
        assert item is not None
        outbox.set_state(session, item.id, outbox.SENT, provider_key="second try")
        assert not outbox.note_status(session, "failed", "first try", item.id, 131047)
        assert outbox.count_by_state(session) == {"sent": 1}


def _meet(storage: Storage, key: str = "ana") -> None:
    with storage.begin() as session:
        start_conversation(session, CONVERSATION, "whatsapp_cloud", None, NOON)
        person = Person("US.1", "15555550123")
        contacts.note_contact(
            session, key, "whatsapp_cloud", CONVERSATION, person, NOON
        )


def test_window_only_moves_forward(storage: Storage) -> None:
    _meet(storage)
    with storage.begin() as session:
        earlier = NOON - timedelta(days=3)
        person = Person("US.1", "15555550123")
        contacts.note_contact(
            session, "ana", "whatsapp_cloud", CONVERSATION, person, earlier
        )
        found = contacts.find_contact(session, "ana")
    assert found is not None
    assert found.heard_at == NOON


def test_person_with_a_new_number_keeps_the_conversation(storage: Storage) -> None:
    _meet(storage)
    with storage.begin() as session:
        contacts.rename_contact(session, "ana", "ana-new")
        found = contacts.find_contact(session, "ana-new")
    assert found is not None
    assert found.conversation == CONVERSATION


def test_deleting_forgets_people_but_keeps_the_wish_for_no_more(
    storage: Storage,
) -> None:
    _meet(storage)
    _post(storage, "unsent")
    with storage.begin() as session:
        contacts.set_opted_out(session, "ana", NOON)
        delete_conversations(session, [CONVERSATION])
        found = contacts.find_contact(session, "ana")
        assert outbox.count_by_state(session) == {}
    assert found is not None
    assert (found.person, found.opted_out_at) == (None, NOON)
