"""The office on WhatsApp: a stand-in for Meta, the line to us, our assistant."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bench.assistant import Assistant
from tests.standins.graph_api import Accepted, GraphApi
from tests.standins.lines import MetaLine, redelivered
from tests.standins.phone import Event, Phone
from tests.standins.serving import wait_until
from tests.standins.twilio_api import TwilioApi

PATH = "/webhooks/whatsapp/cloud"
TWILIO_PATH = "/webhooks/whatsapp/twilio"
PUBLIC = "https://chat.office.example"


@dataclass
class WhatsApp:
    """The office on WhatsApp: Meta, the line to us, and our assistant."""

    graph: GraphApi
    twilio: TwilioApi
    line: MetaLine
    assistant: Assistant
    folder: Path

    def tell(self, *events: Event, times: int = 1) -> list[int]:
        """Let Meta deliver events, each a call of its own; return our answers."""
        calls = [self.line.carry(event) for event in events]
        url = self.assistant.address + PATH
        return [call.post(url).status_code for call in redelivered(calls, times)]

    def replies(self, phone: Phone, count: int, seconds: float = 20) -> list[str]:
        """Wait until a person has got so many messages, and return them."""
        wait_until(lambda: len(self.to(phone)) >= count, seconds)
        return self.to(phone)

    def to(self, phone: Phone) -> list[str]:
        """Return what a person has got, by whichever of their ids."""
        known = {phone.number, phone.user_id}
        return [m.body for m in self.graph.accepted if m.person in known]

    def last(self) -> Accepted:
        """Return the message that Meta took on last."""
        return self.graph.accepted[-1]
