"""Templates at Twilio: the approved one by its sid, others made again when gone."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.core.errors import ProviderError
from bot.core.whatsapp import Choice, Outgoing, Person
from bot.gateway.providers import TwilioApi
from bot.settings import Settings
from tests.standins import twilio_api
from tests.standins.serving import serve

pytestmark = pytest.mark.asyncio
ANA = Person("US.1", "15555550123")
CHOICES = (Choice("1.0", "Yes"), Choice("1.1", "No"))


@pytest.fixture
def twilio() -> twilio_api.TwilioApi:
    """Twilio's control."""
    return twilio_api.TwilioApi()


@pytest_asyncio.fixture
async def sender(
    settings: Settings, twilio: twilio_api.TwilioApi
) -> AsyncIterator[TwilioApi]:
    """Our way to Twilio, with a template that it has."""
    sid = f"HX{7:032}"
    body = {"twilio/text": {"body": "We replied."}}
    twilio.templates[sid] = {"language": "en", "types": body}
    with serve(twilio.app()) as url:
        sender = TwilioApi(
            settings.copy(
                update={
                    "PUBLIC_URL": "https://desk.example",
                    "TWILIO_ACCOUNT_SID": twilio.account,
                    "TWILIO_AUTH_TOKEN": twilio.token,
                    "TWILIO_NUMBER": twilio.own_number,
                    "TWILIO_API_URL": url,
                    "TWILIO_CONTENT_URL": url,
                    "TWILIO_TEMPLATE_SID": sid,
                }
            )
        )
        yield sender
        await sender.close()


async def test_twilios_template_goes_by_its_sid(
    sender: TwilioApi, twilio: twilio_api.TwilioApi
) -> None:
    assert sender.has_template
    await sender.send_template("es", ANA, "template")
    (message,) = twilio.accepted
    assert (message.to, message.body) == (f"whatsapp:+{ANA.phone}", "We replied.")


async def test_choices_whose_template_was_deleted_at_twilio_arrive_all_the_same(
    sender: TwilioApi, twilio: twilio_api.TwilioApi
) -> None:
    question = Outgoing("Really?", CHOICES)
    await sender.send(question, ANA, "1")
    kept = [sid for sid in twilio.templates if sid.endswith("7")]
    twilio.templates = {sid: twilio.templates[sid] for sid in kept}
    await sender.send(question, ANA, "2")
    assert [message.body for message in twilio.accepted] == ["Really?"] * 2
    assert twilio.refused == [21655]


async def test_approved_template_that_is_gone_is_not_made_up(
    sender: TwilioApi, twilio: twilio_api.TwilioApi
) -> None:
    twilio.templates.clear()
    with pytest.raises(ProviderError):
        await sender.send_template("en", ANA, "template")
    assert (twilio.accepted, twilio.templates) == ([], {})
