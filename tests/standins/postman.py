"""Brings a stand-in's webhooks to the office, again and again until it takes them."""

from __future__ import annotations

import queue
import threading
import time
from dataclasses import dataclass

import httpx

from tests.standins.calls import Call
from tests.standins.serving import local_client

_TRIES, _PAUSE = 6, 0.05


@dataclass(frozen=True)
class Delivery:
    """One try: where, what, and the answer's status (0: nobody was there)."""

    url: str
    call: Call
    answer: int


class Postman:
    """Posts calls from a thread of his own, in the order in which he got them."""

    def __init__(self) -> None:
        self.deliveries: list[Delivery] = []
        self._bag: queue.Queue[tuple[str, Call]] = queue.Queue()
        self._client = local_client()
        threading.Thread(target=self._work, daemon=True).start()

    def take(self, url: str, call: Call) -> None:
        """Take a call along."""
        self._bag.put((url, call))

    def settle(self) -> None:
        """Wait until the bag is empty."""
        self._bag.join()

    def _work(self) -> None:
        while True:
            url, call = self._bag.get()
            try:
                self._bring(url, call)
            finally:
                self._bag.task_done()

    def _bring(self, url: str, call: Call) -> None:
        for attempt in range(_TRIES):
            try:
                answer = call.post(url, self._client).status_code
            except httpx.HTTPError:
                answer = 0
            self.deliveries.append(Delivery(url, call, answer))
            if 200 <= answer < 300:
                return
            time.sleep(_PAUSE * 2**attempt)
