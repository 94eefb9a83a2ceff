"""The webhooks of WhatsApp: verified over the raw bytes, kept, acknowledged at once."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from typing import Final
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.channels import whatsapp_cloud, whatsapp_twilio
from bot.core.messages import Channel
from bot.core.whatsapp import Webhook
from bot.gateway.problems import Problem
from bot.gateway.reading import read_bytes
from bot.gateway.worker import BELL
from bot.gateway.world import World, world_of
from bot.services.hearing import take_in

logger: Final = logging.getLogger(__name__)
CLOUD_PATH: Final = "/webhooks/whatsapp/cloud"
TWILIO_PATH: Final = "/webhooks/whatsapp/twilio"


async def cloud_challenge(request: Request) -> Response:
    """Prove to Meta that this address is ours."""
    settings = world_of(request).settings
    answer = whatsapp_cloud.challenge(
        dict(request.query_params), settings.WHATSAPP_VERIFY_TOKEN
    )
    if answer is None:
        raise Problem("unsigned")
    return PlainTextResponse(answer)


async def cloud_webhook(request: Request) -> Response:
    """Take what Meta tells."""
    world = world_of(request)
    body = await read_bytes(request)
    signature = request.headers.get("x-hub-signature-256", "")
    if not whatsapp_cloud.is_signed(
        body, signature, world.settings.WHATSAPP_APP_SECRET
    ):
        raise Problem("unsigned")
    try:
        webhook = whatsapp_cloud.parse(body, world.settings.WHATSAPP_PHONE_NUMBER_ID)
    except ValueError:
        raise Problem("bad_request") from None
    await _take(world, "whatsapp_cloud", webhook)
    return Response(status_code=200)


async def twilio_webhook(request: Request) -> Response:
    """Take what Twilio tells."""
    world = world_of(request)
    settings = world.settings
    body = await read_bytes(request)
    try:
        pairs = parse_qsl(
            body.decode("utf-8"), keep_blank_values=True, max_num_fields=200
        )
    except ValueError:
        raise Problem("bad_request") from None
    # The address as Twilio knows it, not as a proxy passes it on.
    url = settings.PUBLIC_URL.rstrip("/") + TWILIO_PATH
    if request.url.query:
        url = f"{url}?{request.url.query}"
    signature = request.headers.get("x-twilio-signature", "")
    if not whatsapp_twilio.is_signed(url, pairs, signature, settings.TWILIO_AUTH_TOKEN):
        raise Problem("unsigned")
    try:
        webhook = whatsapp_twilio.parse(pairs, settings.TWILIO_NUMBER, world.now())
    except ValueError:
        raise Problem("bad_request") from None
    # The number that we gave the message stands in the address that was signed.
    callback = request.query_params.get("callback")
    statuses = tuple(replace(one, callback=callback) for one in webhook.statuses)
    webhook = replace(webhook, statuses=statuses)
    await _take(world, "whatsapp_twilio", webhook)
    return Response(status_code=204)


async def _take(world: World, channel: Channel, webhook: Webhook) -> None:
    def store() -> int:
        with world.storage.begin() as session:
            taken = take_in(session, channel, webhook, world.key, world.now())
        return taken.new

    new = await asyncio.to_thread(store)
    world.metrics.messages.labels(channel).inc(new)
    if webhook.unknown:
        world.metrics.unknown_events.labels(channel).inc(webhook.unknown)
        logger.warning("%s: %d events of unknown kinds", channel, webhook.unknown)
    if new:
        world.wakeups.ring(BELL)


def routes_for(world: World) -> list[Route]:
    """Return the webhooks of the providers that are set up; none is open otherwise."""
    found = []
    if "whatsapp_cloud" in world.providers:
        found += [
            Route(CLOUD_PATH, cloud_challenge, methods=["GET"]),
            Route(CLOUD_PATH, cloud_webhook, methods=["POST"]),
        ]
    if "whatsapp_twilio" in world.providers:
        found.append(Route(TWILIO_PATH, twilio_webhook, methods=["POST"]))
    return found
