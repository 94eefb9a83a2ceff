"""WhatsApp by Twilio from end to end: a stand-in for Twilio, everything else real."""

from __future__ import annotations

from tests.e2e.whatsapp_office import PUBLIC, TWILIO_PATH, WhatsApp
from tests.standins.faults import down
from tests.standins.lines import TwilioLine, redelivered
from tests.standins.phone import Event, Phone
from tests.standins.serving import wait_until

ANA = Phone("15558880001", None)
LUIS = Phone("15558880002", None)


def tell(office: WhatsApp, *events: Event, times: int = 1) -> set[int]:
    """Let Twilio deliver events; return our answers."""
    line = TwilioLine(office.twilio.token, PUBLIC + TWILIO_PATH)
    calls = redelivered([line.carry(event) for event in events], times)
    url = office.assistant.address + TWILIO_PATH
    return {call.post(url).status_code for call in calls}


def replies(office: WhatsApp, phone: Phone, count: int) -> list[str]:
    """Wait until a person has got so many messages, and return them."""
    to = f"whatsapp:+{phone.number}"
    wait_until(lambda: len(office.twilio.said_to(to)) >= count, 30)
    return office.twilio.said_to(to)


def test_question_and_button_are_answered_once_each(whatsapp: WhatsApp) -> None:
    assert tell(whatsapp, ANA.says("what is an ICE detainer"), times=3) == {204}
    (short,) = replies(whatsapp, ANA, 1)
    assert "8 C.F.R." in short
    choices = whatsapp.twilio.accepted[-1].choices
    assert tell(whatsapp, ANA.presses(choices[0][0], choices[0][1])) == {204}
    details = replies(whatsapp, ANA, 2)[1]
    assert details != short
    whatsapp.twilio.postman.settle()
    assert len(replies(whatsapp, ANA, 2)) == 2


def test_failing_twilio_is_tried_again(whatsapp: WhatsApp) -> None:
    whatsapp.twilio.faults.add(down(times=2))
    tell(whatsapp, LUIS.says("cuánto cuesta la fianza"))
    assert "fianza" in replies(whatsapp, LUIS, 1)[0].lower()
