"""python -m bot ask: asks the running assistant from a terminal."""

from __future__ import annotations

import json
import time
import uuid
from pathlib import Path
from typing import Any, Final

import httpx
from rich.console import Console
from rich.markdown import Markdown
from rich.panel import Panel
from rich.text import Text

from bot.core.errors import BotError
from bot.settings import Settings, load_settings

# Asked again within this time, the conversation goes on.
_KEPT_SECONDS: Final = 600


def ask(text: str, as_json: bool, language: str | None, is_new: bool) -> int:
    """Ask, print the answer, and return 0; 1 if there was none.

    Raises:
        BotError: the assistant does not run or refuses.
    """
    settings = load_settings()
    address = f"http://127.0.0.1:{settings.PORT}"
    with httpx.Client(base_url=address, timeout=15, trust_env=False) as client:
        try:
            message = _send(client, settings, text, language, is_new)
        except httpx.HTTPError:
            raise BotError(
                f"Nobody answers at {address}. Start the assistant with: make run"
            ) from None
    if as_json:
        print(json.dumps(message, ensure_ascii=False, indent=2))
    else:
        _print(message)
    return 0 if message["kind"] != "notice" else 1


def _send(
    client: httpx.Client,
    settings: Settings,
    text: str,
    language: str | None,
    is_new: bool,
) -> dict[str, Any]:
    kept = settings.DATA_DIR / "ask-session"
    token = None if is_new or language else _kept_token(kept)
    body = {"id": str(uuid.uuid4()), "text": text}
    for attempt in (1, 2):
        if token is None:
            started = client.post("/api/chat/sessions", json={"language": language})
            token = started.raise_for_status().json()["token"]
        response = client.post(
            "/api/chat/messages",
            json=body,
            headers={"Authorization": f"Bearer {token}"},
        )
        if response.status_code == 401 and attempt == 1:
            token = None
            continue
        break
    data = response.json()
    if "error" in data:
        raise BotError(data["error"]["message"])
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.touch(mode=0o600)
    kept.write_text(token or "", encoding="ascii")
    message: dict[str, Any] = data["messages"][-1]
    return message


def _kept_token(path: Path) -> str | None:
    try:
        if time.time() - path.stat().st_mtime > _KEPT_SECONDS:
            return None
        return path.read_text(encoding="ascii") or None
    except OSError:
        return None


def _print(message: dict[str, Any]) -> None:
    console = Console()
    style = "bold red" if message["kind"] == "emergency" else "bold"
    answers = message["answers"]
    if not answers:
        console.print(Text(message["text"]))
    for line in message["lead"] if answers else []:
        console.print(Text(line, style=style))
    for answer in answers:
        console.print(
            Panel(_card(answer, message["part"]), title=answer["title"], expand=True)
        )
    for line in message["closing"] if answers else []:
        console.print(Text(line))
    entries = ", ".join(answer["entry"] for answer in answers) or "-"
    console.print(Text(f"[{message['kind']}; entries: {entries}]", style="dim"))


def _card(answer: dict[str, Any], part: str) -> Markdown:
    lines = [answer["short"]]
    if part == "details":
        lines.append(answer["details"])
    lines.append(f"**→** {answer['next_step']}")
    lines += [f"- {s['title']}, {s['citation']}: {s['url']}" for s in answer["sources"]]
    lines.append(f"*{answer['checked']}*")
    if answer["notice"]:
        lines.append(f"*{answer['notice']}*")
    return Markdown("\n\n".join(lines[:-2]) + "\n\n" + "\n\n".join(lines[-2:]))
