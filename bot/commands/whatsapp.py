"""python -m bot whatsapp check: asks the providers whether the settings are right."""

from __future__ import annotations

import asyncio
from typing import Any, Final

import aiohttp

from bot.channels.whatsapp_errors import meaning
from bot.settings import Settings, load_settings

_SECONDS: Final = 15.0


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
    return 1 if problems else 0


async def find_problems(settings: Settings) -> list[str]:
    """Return what is wrong, in words that say what to do."""
    timeout = aiohttp.ClientTimeout(total=_SECONDS)
    problems = []
    async with aiohttp.ClientSession(timeout=timeout) as session:
        if settings.WHATSAPP_TOKEN:
            url = f"{settings.WHATSAPP_API_URL.rstrip('/')}/"
            url += f"{settings.WHATSAPP_PHONE_NUMBER_ID}?fields=display_phone_number"
            headers = {"Authorization": f"Bearer {settings.WHATSAPP_TOKEN}"}
            problems += await _ask(session, "WHATSAPP_TOKEN", url, headers=headers)
        if settings.TWILIO_AUTH_TOKEN:
            account = settings.TWILIO_ACCOUNT_SID
            url = f"{settings.TWILIO_API_URL.rstrip('/')}/2010-04-01/Accounts/"
            auth = aiohttp.BasicAuth(account, settings.TWILIO_AUTH_TOKEN)
            problems += await _ask(
                session, "TWILIO_AUTH_TOKEN", f"{url}{account}.json", auth=auth
            )
    if settings.PUBLIC_URL and not settings.PUBLIC_URL.startswith("https://"):
        problems.append("PUBLIC_URL: providers call only addresses with https://")
    return problems


async def _ask(
    session: aiohttp.ClientSession, name: str, url: str, **how: Any
) -> list[str]:
    try:
        async with session.get(url, **how) as response:
            if response.status == 200:
                return []
            data = await response.json(content_type=None)
            status = response.status
    except (aiohttp.ClientError, asyncio.TimeoutError, ValueError) as error:
        return [f"{name}: the provider was not reached ({type(error).__name__})"]
    told_us = data.get("error", data) if isinstance(data, dict) else {}
    code = told_us.get("code") if isinstance(told_us, dict) else None
    told = meaning(code if isinstance(code, int) else None)
    return [f"{name}: refused with status {status}, error {code}: {told}"]
