"""python -m bot notify test: sends one test notice to every address of NOTIFY_URLS."""

from __future__ import annotations

from datetime import datetime, timezone

from bot.services.notices import compose, tell
from bot.settings import load_settings
from bot.storage.notices import Notice


def test() -> int:
    """Print what became of the notice at each address; return 1 if one failed."""
    settings = load_settings()
    if not settings.notify_urls:
        print("Notices are off: NOTIFY_URLS is empty.")
        return 0
    notice = Notice(0, "test", None, 0, datetime.now(timezone.utc))
    told = tell(settings.notify_urls, *compose([notice], settings.PUBLIC_URL))
    for number, one in enumerate(told, 1):
        print(f"{number}. {one.scheme}: {one.problem or 'sent'}")
    return int(any(one.problem for one in told))
