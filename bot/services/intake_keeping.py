"""Keeps a consultation request while it is filled in, and sends it once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Final

from bot.core.consultations import REFERENCE_SIGNS, Consultation
from bot.core.errors import ChangedByOther
from bot.core.intake import THIS_NUMBER, Answers, is_urgent
from bot.core.languages import Language
from bot.core.messages import Channel
from bot.core.office import DeskRules
from bot.services.intake_replies import Consent
from bot.services.request_codes import code_key, code_of
from bot.storage import audit, consents, consultations, contacts, notices
from bot.storage.engine import Storage, Transaction

Choose = Callable[[str, int], str]
MOST_A_DAY: Final = 3
_HEX: Final = "0123456789abcdef"
_ID_LENGTH: Final = 32
_REFERENCE_LENGTH: Final = 4
_TRIES: Final = 20
# A draft goes with its conversation; this is for one whose conversation is kept long.
_DRAFT_HOURS: Final = 48
_JUST_SENT_HOURS: Final = 1


class Keeping:
    """What the form reads from the database and writes into it."""

    def __init__(
        self, storage: Storage, key: bytes, choose: Choose, kept_days: int
    ) -> None:
        self._storage = storage
        self._key = key
        self._choose = choose
        self._kept_days = kept_days

    def find(
        self, conversation: str, message_key: str
    ) -> tuple[Consultation | None, Consultation | None]:
        """Return a conversation's draft, and the request that this message sent."""
        with self._storage.read() as session:
            draft = consultations.draft_of(session, conversation)
            return draft, consultations.sent_by(session, message_key)

    def just_sent(self, conversation: str, now: datetime) -> Consultation | None:
        """Return what this conversation sent within the last hour, or None."""
        with self._storage.read() as session:
            sent = consultations.of_conversation(session, conversation)
        since = now - timedelta(hours=_JUST_SENT_HOURS)
        newest = sent[0] if sent else None
        if newest is None or newest.submitted_at is None:
            return None
        return newest if newest.submitted_at >= since else None

    def sent_too_many(self, conversation: str, now: datetime) -> bool:
        """Return whether a conversation has sent all that it may within a day."""
        with self._storage.read() as session:
            since = now - timedelta(days=1)
            count = consultations.count_submitted_since(session, conversation, since)
        return count >= MOST_A_DAY

    def begin(
        self, conversation: str, channel: Channel, language: Language, now: datetime
    ) -> Consultation:
        """Add an empty draft and return it.

        Raises:
            ChangedByOther: no free reference was found in many tries.
        """
        with self._storage.begin() as session:
            for _ in range(_TRIES):
                try:
                    return consultations.new_draft(
                        session,
                        id=self._choose(_HEX, _ID_LENGTH),
                        reference=self._choose(REFERENCE_SIGNS, _REFERENCE_LENGTH),
                        conversation=conversation,
                        channel=channel,
                        language=language,
                        now=now,
                        delete_at=now + timedelta(hours=_DRAFT_HOURS),
                    )
                except ChangedByOther:
                    continue  # The reference is in use.
        raise ChangedByOther

    def keep(
        self,
        draft: Consultation,
        answers: Answers,
        language: Language,
        desk: DeskRules,
        now: datetime,
        agreed: Consent | None = None,
    ) -> None:
        """Keep the answers so far, and the consent when it was just given.

        Raises:
            ChangedByOther: it is no draft any more, or was deleted.
        """
        with self._storage.begin() as session:
            if agreed is not None:
                version = agreed.version
                consents.keep_text(session, version, language, agreed.text, now)
                consultations.note_consent(session, draft.id, version, now)
            self._save(session, draft, answers, language, desk, now)

    def send(
        self,
        draft: Consultation,
        answers: Answers,
        message_key: str,
        language: Language,
        desk: DeskRules,
        now: datetime,
    ) -> Consultation:
        """Turn the draft into a request, tell staff and note it: all or nothing.

        Raises:
            ChangedByOther: it was sent or deleted in the meantime.
        """
        said = {key: value for key, value in answers.items() if not is_bookkeeping(key)}
        number = code_of(draft.id, draft.reference, self._key)
        with self._storage.begin() as session:
            said = _with_own_number(session, draft, said)
            self._save(session, draft, said, language, desk, now)
            sent = consultations.submit(
                session,
                draft.id,
                code_key=code_key(number, self._key),
                sent_by=message_key,
                now=now,
                delete_at=now + timedelta(days=self._kept_days),
            )
            kind = "urgent_request" if sent.is_urgent else "new_request"
            notices.post(session, kind, sent.reference, now)
            audit.note(session, now, None, "request_sent", sent.reference)
        return sent

    def drop(self, draft: Consultation) -> None:
        """Delete a draft with all that was said in it."""
        with self._storage.begin() as session:
            consultations.delete(session, draft.id)
        self._storage.forget_deleted()

    def number_of(self, sent: Consultation) -> str:
        """Return the private number of a request."""
        return code_of(sent.id, sent.reference, self._key)

    def _save(
        self,
        session: Transaction,
        draft: Consultation,
        answers: Mapping[str, str],
        language: Language,
        desk: DeskRules,
        now: datetime,
    ) -> None:
        urgent = is_urgent(answers, desk.local(now).date(), desk.urgent_days)
        consultations.save_draft(session, draft.id, answers, urgent, language, now)


def _with_own_number(
    session: Transaction, draft: Consultation, answers: dict[str, str]
) -> dict[str, str]:
    """Put the WhatsApp number itself where the person said "this number".

    The conversation, and with it the way back to them, is deleted much earlier.
    """
    if answers.get("address") != THIS_NUMBER or draft.conversation is None:
        return answers
    contact = contacts.contact_of(session, draft.conversation)
    if contact is None or contact.person is None or not contact.person.phone:
        return answers
    return {**answers, "address": f"+{contact.person.phone}"}


def is_bookkeeping(key: str) -> bool:
    """Return whether something kept beside the answers is none of them."""
    return key.startswith("_")
