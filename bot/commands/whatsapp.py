"""python -m bot whatsapp check: asks the providers whether the settings are right."""

from __future__ import annotations

import asyncio
from typing import Any, Final
from urllib.parse import urlencode

import aiohttp

from bot.channels.whatsapp_errors import meaning
from bot.core.errors import BotError
from bot.settings import Settings, load_settings

_SECONDS: Final = 15.0
_MANAGEMENT: Final = "whatsapp_business_management"


class _Refused(BotError):
    """The provider did not answer as it does where a setting is right."""


def check() -> int:
    """Print what is right and wrong with WhatsApp; return 1 if anything is wrong."""
    settings = load_settings()
    if not (settings.WHATSAPP_TOKEN or settings.TWILIO_AUTH_TOKEN):
        print("WhatsApp is off: its settings are empty. See docs/whatsapp.md.")
        return 0
    problems = asyncio.run(find_problems(settings))
    for problem in problems:
        print(f"error: {problem}")
    if not problems:
        print("WhatsApp: the provider knows the number and takes the token.")
        if settings.WHATSAPP_TEMPLATE or settings.TWILIO_TEMPLATE_SID:
            print("WhatsApp: the template is approved.")
    return 1 if problems else 0


async def find_problems(settings: Settings) -> list[str]:
    """Return what is wrong, in words that say what to do."""
    timeout = aiohttp.ClientTimeout(total=_SECONDS)
    problems = []
    async with aiohttp.ClientSession(timeout=timeout) as session:
        for is_on, ask in (
            (settings.WHATSAPP_TOKEN, _ask_meta),
            (settings.TWILIO_AUTH_TOKEN, _ask_twilio),
        ):
            try:
                problems += await ask(session, settings) if is_on else []
            except _Refused as refused:
                problems.append(str(refused))
    if settings.PUBLIC_URL and not settings.PUBLIC_URL.startswith("https://"):
        problems.append("PUBLIC_URL: providers call only addresses with https://")
    return problems


async def _ask_meta(session: aiohttp.ClientSession, settings: Settings) -> list[str]:
    base = settings.WHATSAPP_API_URL.rstrip("/")
    headers = {"Authorization": f"Bearer {settings.WHATSAPP_TOKEN}"}

    async def get(setting: str, path: str, **params: str) -> dict[str, Any]:
        url = f"{base}/{path}?{urlencode(params)}"
        return await _get(session, setting, url, headers=headers)

    number = settings.WHATSAPP_PHONE_NUMBER_ID
    await get("WHATSAPP_TOKEN", number, fields="display_phone_number")
    name = settings.WHATSAPP_TEMPLATE
    if not name:
        return []
    # Meta names the account of a token only here; templates belong to the account.
    token = settings.WHATSAPP_TOKEN
    about = await get("WHATSAPP_TOKEN", "debug_token", input_token=token)
    states: dict[str, str] = {}
    for account in _accounts(about):
        path = f"{account}/message_templates"
        found = await get("WHATSAPP_TEMPLATE", path, name=name, limit="100")
        states.update(_states(found, name))
    problems = []
    for language in settings.template_languages:
        state = states.get(language, "missing")
        if state != "APPROVED":
            problems.append(
                f"WHATSAPP_TEMPLATE: in the language {language} it is {state.lower()}:"
                " have it approved in Meta's WhatsApp Manager"
                " or change WHATSAPP_TEMPLATE_LANGUAGES"
            )
    return problems


def _accounts(about: dict[str, Any]) -> list[str]:
    scopes = about.get("data", {}).get("granular_scopes", [])
    for scope in scopes:
        if scope.get("scope") == _MANAGEMENT and scope.get("target_ids"):
            return [str(account) for account in scope["target_ids"]]
    raise _Refused(
        f"WHATSAPP_TOKEN: it lacks the permission {_MANAGEMENT} for one account:"
        " the template was not checked"
    )


def _states(found: dict[str, Any], name: str) -> dict[str, str]:
    """Return the state of a template by language; Meta gives others named alike."""
    return {
        str(each.get("language")): str(each.get("status"))
        for each in found.get("data", [])
        if each.get("name") == name
    }


async def _ask_twilio(session: aiohttp.ClientSession, settings: Settings) -> list[str]:
    account, template = settings.TWILIO_ACCOUNT_SID, settings.TWILIO_TEMPLATE_SID
    auth = aiohttp.BasicAuth(account, settings.TWILIO_AUTH_TOKEN)
    url = f"{settings.TWILIO_API_URL.rstrip('/')}/2010-04-01/Accounts/{account}.json"
    await _get(session, "TWILIO_AUTH_TOKEN", url, auth=auth)
    if not template:
        return []
    url = f"{settings.TWILIO_CONTENT_URL.rstrip('/')}/v1/Content/{template}"
    about = await _get(
        session, "TWILIO_TEMPLATE_SID", f"{url}/ApprovalRequests", auth=auth
    )
    state = (about.get("whatsapp") or {}).get("status", "unsubmitted")
    if state == "approved":
        return []
    return [
        f"TWILIO_TEMPLATE_SID: WhatsApp has it as {state}:"
        " have it approved in Twilio's Content Template Builder"
    ]


async def _get(
    session: aiohttp.ClientSession, name: str, url: str, **how: Any
) -> dict[str, Any]:
    """Return the answer to a question about a setting.

    Raises:
        _Refused: naming the setting and what to do about it.
    """
    try:
        async with session.get(url, **how) as response:
            data = await response.json(content_type=None)
            status = response.status
    except (aiohttp.ClientError, asyncio.TimeoutError, ValueError) as error:
        kind = type(error).__name__
        raise _Refused(f"{name}: the provider was not reached ({kind})") from None
    if not isinstance(data, dict):
        data = {}
    if status == 200:
        return data
    told_us = data.get("error", data)
    code = told_us.get("code") if isinstance(told_us, dict) else None
    told = meaning(code if isinstance(code, int) else None)
    raise _Refused(f"{name}: refused with status {status}, error {code}: {told}")
