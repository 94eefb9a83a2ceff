"""The two ways from a phone to the office: Meta's own line, and Twilio's."""

from __future__ import annotations

from dataclasses import dataclass

from tests.standins import forms, payloads
from tests.standins.calls import Call, meta_call, twilio_call
from tests.standins.luck import luck
from tests.standins.phone import Event


@dataclass(frozen=True)
class MetaLine:
    """Carries events as Meta does: signed, in batches, at least once, in any order."""

    secret: str
    phone_number_id: str = "106540352242922"

    def carry(self, *events: Event) -> Call:
        """Return one call with all of the events, in the given order."""
        entries = [
            payloads.envelope(payloads.heard(event), self.phone_number_id)
            for event in events
        ]
        return meta_call(payloads.webhook(entries), self.secret)

    def carry_together(self, *events: Event) -> Call:
        """Return one call with the events of one person in one single change."""
        value = payloads.heard(events[0])
        value["messages"] = [payloads.message(event) for event in events]
        entry = payloads.envelope(value, self.phone_number_id)
        return meta_call(payloads.webhook([entry]), self.secret)

    def carry_shuffled(self, *events: Event, seed: int = 1) -> Call:
        """Return one call with the events in another order."""
        return self.carry(*luck(seed).sample(events, len(events)))


@dataclass(frozen=True)
class TwilioLine:
    """Carries events as Twilio does: one call for each, signed for an address."""

    token: str
    url: str
    own_number: str = payloads.OWN_NUMBER

    def carry(self, event: Event) -> Call:
        """Return the call for an event."""
        return twilio_call(forms.heard(event, self.own_number), self.url, self.token)


def redelivered(calls: list[Call], times: int, seed: int | None = None) -> list[Call]:
    """Return every call several times, shuffled if a seed is given."""
    repeated = calls * times
    return repeated if seed is None else luck(seed).sample(repeated, len(repeated))
