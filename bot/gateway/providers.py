"""The two ways to WhatsApp: calls to Meta's Cloud API and to Twilio."""

from __future__ import annotations

import asyncio
from typing import Any, Final, Protocol

import aiohttp

from bot.channels import whatsapp_cloud, whatsapp_twilio
from bot.core.errors import ProviderError
from bot.core.languages import Language
from bot.core.messages import Channel
from bot.core.whatsapp import Outgoing, Person
from bot.settings import Settings

_SECONDS: Final = 15.0
_TEMPLATES_KEPT: Final = 1_000
# Twilio: the content does not exist (any more).
_CONTENT_GONE: Final = 21655


class Provider(Protocol):
    """Sends messages to people on WhatsApp."""

    channel: Channel
    # Whether people can be written to who have not written for a day.
    has_template: bool

    async def send(self, outgoing: Outgoing, person: Person, callback: str) -> str:
        """Send a message and return the provider's id of it.

        Raises:
            ProviderError: it was refused, or nobody knows.
        """

    async def send_template(
        self, language: Language, person: Person, callback: str
    ) -> str:
        """Send the approved template and return the provider's id of the message.

        Raises:
            ProviderError: it was refused, or nobody knows.
        """

    async def mark_read(self, provider_id: str) -> None:
        """Show the person that their message is being read and answered.

        Raises:
            ProviderError: it was refused, or nobody knows.
        """

    async def close(self) -> None:
        """Give the connections back."""


class _Caller:
    """Calls an API and turns every failure into a ProviderError."""

    def __init__(self, headers: dict[str, str], auth: aiohttp.BasicAuth | None) -> None:
        self._headers = headers
        self._auth = auth
        self._session: aiohttp.ClientSession | None = None

    async def call(self, method: str, url: str, **body: Any) -> dict[str, Any]:
        """Return the API's JSON answer."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                headers=self._headers,
                auth=self._auth,
                timeout=aiohttp.ClientTimeout(total=_SECONDS),
            )
        try:
            async with self._session.request(method, url, **body) as response:
                data = await response.json(content_type=None)
                status = response.status
        except asyncio.TimeoutError:
            raise ProviderError(None, 0, is_unsure=True) from None
        except (aiohttp.ClientConnectorError, aiohttp.InvalidURL):
            raise ProviderError(None, 0) from None
        except (aiohttp.ClientError, ValueError):
            # It may have been taken before the line broke.
            raise ProviderError(None, 0, is_unsure=True) from None
        if not isinstance(data, dict):
            raise ProviderError(None, status)
        if status >= 300:
            error = data.get("error", data)
            code = error.get("code") if isinstance(error, dict) else None
            raise ProviderError(code if isinstance(code, int) else None, status)
        return data

    async def close(self) -> None:
        """Give the connections back."""
        if self._session is not None:
            await self._session.close()


class CloudApi:
    """Meta's Cloud API."""

    channel: Channel = "whatsapp_cloud"

    def __init__(self, settings: Settings) -> None:
        number = settings.WHATSAPP_PHONE_NUMBER_ID
        self._url = f"{settings.WHATSAPP_API_URL.rstrip('/')}/{number}/messages"
        self._template = settings.WHATSAPP_TEMPLATE
        self._languages = settings.template_languages
        self.has_template = bool(self._template)
        headers = {"Authorization": f"Bearer {settings.WHATSAPP_TOKEN}"}
        self._caller = _Caller(headers, None)

    async def send(self, outgoing: Outgoing, person: Person, callback: str) -> str:
        """Send a message; see Provider."""
        return await self._post(
            whatsapp_cloud.message_payload(outgoing, person, callback)
        )

    async def send_template(
        self, language: Language, person: Person, callback: str
    ) -> str:
        """Send the approved template in a language, or in the first that it has."""
        fitting = [code for code in self._languages if code.startswith(language)]
        code = [*fitting, *self._languages][0]
        return await self._post(
            whatsapp_cloud.template_payload(self._template, code, person, callback)
        )

    async def _post(self, payload: dict[str, Any]) -> str:
        data = await self._caller.call("POST", self._url, json=payload)
        try:
            return str(data["messages"][0]["id"])
        except (KeyError, IndexError, TypeError):
            raise ProviderError(None, 200, is_unsure=True) from None

    async def mark_read(self, provider_id: str) -> None:
        """Show the read mark and the typing sign."""
        payload = whatsapp_cloud.read_payload(provider_id, typing=True)
        await self._caller.call("POST", self._url, json=payload)

    async def close(self) -> None:
        """Give the connections back."""
        await self._caller.close()


class TwilioApi:
    """Twilio's API; choices go as content templates that need no approval."""

    channel: Channel = "whatsapp_twilio"

    def __init__(self, settings: Settings) -> None:
        account = settings.TWILIO_ACCOUNT_SID
        base = settings.TWILIO_API_URL.rstrip("/")
        self._messages = f"{base}/2010-04-01/Accounts/{account}/Messages.json"
        self._contents = f"{settings.TWILIO_CONTENT_URL.rstrip('/')}/v1/Content"
        self._number = settings.TWILIO_NUMBER
        self._status = f"{settings.PUBLIC_URL.rstrip('/')}/webhooks/whatsapp/twilio"
        auth = aiohttp.BasicAuth(account, settings.TWILIO_AUTH_TOKEN)
        self._caller = _Caller({}, auth)
        # Messages that read alike share a template.
        self._made: dict[str, str] = {}
        self._template_sid = settings.TWILIO_TEMPLATE_SID
        self.has_template = bool(self._template_sid)

    async def send(self, outgoing: Outgoing, person: Person, callback: str) -> str:
        """Send a message; see Provider."""
        try:
            return await self._send_as_made(outgoing, person, callback)
        except ProviderError as error:
            if error.code != _CONTENT_GONE or not outgoing.choices:
                raise
        # Somebody deleted the template at Twilio: it is made again, once.
        self._forget_made(outgoing)
        return await self._send_as_made(outgoing, person, callback)

    async def send_template(
        self,
        language: Language,  # noqa: ARG002
        person: Person,
        callback: str,
    ) -> str:
        """Send the approved template, whose language Twilio knows."""
        return await self._post(
            whatsapp_twilio.template_fields(
                person, self._number, self._status_url(callback), self._template_sid
            )
        )

    async def _send_as_made(
        self, outgoing: Outgoing, person: Person, callback: str
    ) -> str:
        return await self._post(
            whatsapp_twilio.message_fields(
                outgoing,
                person,
                self._number,
                self._status_url(callback),
                await self._template(outgoing),
            )
        )

    def _status_url(self, callback: str) -> str:
        # The callback's number comes back with each status, as part of its address.
        return f"{self._status}?callback={callback}"

    def _forget_made(self, outgoing: Outgoing) -> None:
        template = whatsapp_twilio.content_template(outgoing)
        if template is not None:
            self._made.pop(str(template["friendly_name"]), None)

    async def _post(self, fields: dict[str, str]) -> str:
        data = await self._caller.call("POST", self._messages, data=fields)
        if not data.get("sid"):
            raise ProviderError(None, 200, is_unsure=True)
        return str(data["sid"])

    async def _template(self, outgoing: Outgoing) -> str | None:
        template = whatsapp_twilio.content_template(outgoing)
        if template is None:
            return None
        name = str(template["friendly_name"])
        if name not in self._made:
            made = await self._caller.call("POST", self._contents, json=template)
            if not made.get("sid"):
                raise ProviderError(None, 200)
            if len(self._made) >= _TEMPLATES_KEPT:
                self._made.clear()
            self._made[name] = str(made["sid"])
        return self._made[name]

    async def mark_read(self, provider_id: str) -> None:
        """Do nothing: Twilio has no read mark for WhatsApp."""

    async def close(self) -> None:
        """Give the connections back."""
        await self._caller.close()


def open_providers(settings: Settings) -> dict[str, Provider]:
    """Return the providers that the settings name, by channel."""
    found: list[Provider] = []
    if settings.WHATSAPP_TOKEN:
        found.append(CloudApi(settings))
    if settings.TWILIO_AUTH_TOKEN:
        found.append(TwilioApi(settings))
    return {provider.channel: provider for provider in found}
