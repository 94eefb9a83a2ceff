"""What staff are told outside the console, when, and by which words; no content."""

from __future__ import annotations

import hashlib
import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.core.consultations import shown_reference
from bot.core.office import DeskRules
from bot.storage import conversations, daily_counts, notices, seen
from bot.storage.engine import Transaction
from bot.storage.notices import Notice

# These go at any hour and never wait behind the others.
URGENT: Final = ("urgent_request", "waiting")
LIMIT: Final = "limit"
MOST: Final = 6
SPAN: Final = timedelta(minutes=10)
# Where a link can lead to a request: of the others there is none any more, or no one.
_OF_A_REQUEST: Final = ("new_request", "urgent_request", "waiting")
_WHATSAPP: Final = "whatsapp"
_SECONDS: Final = 15.0
# Apprise logs addresses, and with them passwords; its HTTP client logs paths.
_TALKATIVE: Final = ("apprise", "urllib3")

# Of one in English and Spanish, of several in English and Spanish.
_TEXTS: Final[dict[str, tuple[str, str, str, str]]] = {
    "new_request": (
        "New request",
        "Solicitud nueva",
        "{number} new requests",
        "{number} solicitudes nuevas",
    ),
    "urgent_request": (
        "New urgent request",
        "Solicitud urgente nueva",
        "{number} new urgent requests",
        "{number} solicitudes urgentes nuevas",
    ),
    "waiting": (
        "Somebody is waiting for a reply",
        "Alguien espera respuesta",
        "{number} people are waiting for a reply",
        "{number} personas esperan respuesta",
    ),
    "withdrawn": (
        "Request withdrawn",
        "Solicitud retirada",
        "{number} requests withdrawn",
        "{number} solicitudes retiradas",
    ),
    "undelivered": (
        "WhatsApp reply not delivered",
        "Respuesta de WhatsApp no entregada",
        "{number} WhatsApp replies not delivered",
        "{number} respuestas de WhatsApp no entregadas",
    ),
    LIMIT: (
        "More WhatsApp messages this month than your limit",
        "Más mensajes de WhatsApp este mes que su límite",
    )
    * 2,
    "knowledge_faulty": (
        "Knowledge files have faults; the last good ones stay in use",
        "Hay archivos de contenido con errores; siguen en uso los últimos buenos",
    )
    * 2,
    "review_due": (
        "Entries wait for their review",
        "Hay entradas que esperan su revisión",
    )
    * 2,
    "retraining_refused": (
        "The newly trained model was worse and is not used",
        "El modelo recién entrenado era peor y no se usa",
    )
    * 2,
    "test": ("Test notice", "Aviso de prueba") * 2,
}
_OTHER: Final = ("News in the console", "Novedades en la consola") * 2


@dataclass(frozen=True)
class Told:
    """What became of a notice at one address; `scheme` names it without its secret."""

    scheme: str
    problem: str = ""


def next_bundle(
    due: Sequence[Notice], sent: int, urgent_sent: int
) -> tuple[Notice, ...]:
    """Return the notices that make the next message; none while too many went out.

    `sent` is how many messages went out lately, `urgent_sent` how many of them were
    urgent. The last message that is allowed tells all that wait, as a number.
    """
    urgent = [notice for notice in due if notice.kind in URGENT]
    found, left = (urgent, MOST - urgent_sent) if urgent else (due, MOST - sent)
    if left < 1:
        return ()
    return tuple(found if left == 1 else found[:1])


def held_until(notice: Notice, desk: DeskRules, now: datetime) -> datetime | None:
    """Return the opening that a notice waits for, or None if it may go now."""
    if notice.kind in URGENT or desk.is_open(now) is not False:
        return None
    return desk.next_opening(now)


def compose(bundle: Sequence[Notice], public_url: str) -> tuple[str, str]:
    """Return the title and the body that tell staff of one or several notices.

    >>> new = Notice(1, "new_request", "4F2K", 0, datetime.min)
    >>> compose([new], "https://desk.example")[0]
    'New request R-4F2K / Solicitud nueva R-4F2K'
    """
    kinds = Counter(notice.kind for notice in bundle)
    reference = _reference(bundle)
    shown = f" {shown_reference(reference)}" if reference else ""
    english, spanish = [], []
    for kind, number in kinds.items():
        texts = _TEXTS.get(kind, _OTHER)
        one, other = texts[:2] if number == 1 else texts[2:]
        english.append(one.format(number=number) + shown)
        spanish.append(other.format(number=number) + shown)
    title = f"{', '.join(english)} / {', '.join(spanish)}"
    if not public_url:
        return title, "Rights Desk"
    link = f"{public_url.rstrip('/')}/staff"
    if reference and bundle[0].kind in _OF_A_REQUEST:
        link = f"{link}/requests/{reference}"
    return title, link


def _reference(bundle: Sequence[Notice]) -> str:
    """Return the request that a message is about; a limit's is a month."""
    if len(bundle) > 1 or bundle[0].kind == LIMIT:
        return ""
    return bundle[0].reference or ""


def tell(addresses: Sequence[str], title: str, body: str) -> list[Told]:
    """Send a message to every address and return what became of it at each.

    Blocks for seconds: call it in a thread.
    """
    # Slow to load, and most commands never need it.
    import apprise

    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    asset = apprise.AppriseAsset(
        app_id="Rights Desk",
        app_desc="Rights Desk",
        app_url="",
        service_timeout=_SECONDS,
    )
    told = []
    for address in addresses:
        scheme = address.split("://")[0]
        sender = apprise.Apprise(asset=asset)
        if not sender.add(address):
            told.append(Told(scheme, "the address is not of the form that is taken"))
        elif not sender.notify(body=body, title=title):
            told.append(Told(scheme, "the service refused it or did not answer"))
        else:
            told.append(Told(scheme))
    return told


def post_waiting(session: Transaction, now: datetime, after: timedelta) -> int:
    """Post a notice for everybody whom a person has let wait; return how many.

    Once for each time of waiting, however many gateways ask.
    """
    posted = 0
    for conversation, since in notices.waiting_conversations(session, now - after):
        # Hashed, as what is seen is kept for longer than a conversation.
        named = f"{conversation}:{since.isoformat()}".encode()
        if seen.see(session, "notices", hashlib.sha256(named).hexdigest(), now):
            notices.post(session, "waiting", None, now)
            posted += 1
    return posted


def post_undelivered(session: Transaction, conversation: str, now: datetime) -> bool:
    """Post a notice that a reply never arrived, if a person has the conversation."""
    found = conversations.find_conversation(session, conversation)
    if found is None or found.owner != "person":
        return False
    notices.post(session, "undelivered", None, now)
    return True


def sent_this_month(session: Transaction, desk: DeskRules, now: datetime) -> int:
    """Return how many messages went out by WhatsApp in the office's present month."""
    today = desk.local(now).date()
    counts = daily_counts.totals(session, today.replace(day=1), today)
    return sum(
        count.number
        for count in counts
        if count.kind == "sent" and count.channel.startswith(_WHATSAPP)
    )


def post_limit(session: Transaction, desk: DeskRules, now: datetime) -> bool:
    """Post, once a month, that the month's limit was passed; return whether now."""
    month = f"{desk.local(now):%y%m}"
    if notices.was_posted(session, LIMIT, month):
        return False
    # Of two gateways that ask at once, one is the first.
    if not seen.see(session, "notices", f"{LIMIT}:{month}", now):
        return False
    notices.post(session, LIMIT, month, now)
    return True
