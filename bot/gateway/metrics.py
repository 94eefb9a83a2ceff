"""Counts for Prometheus: how much, how fast; never what was said or by whom."""

from __future__ import annotations

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)

_TURN_BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0)


class Metrics:
    """The gateway's own counters, in a registry of their own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.messages = self._counter("messages", "Messages accepted.", "channel")
        self.replies = self._counter("replies", "Replies given.", "kind", "language")
        self.failures = self._counter("failures", "Turns that ended in the apology.")
        self.turn_seconds = Histogram(
            "rights_desk_turn_seconds",
            "Seconds a turn took.",
            buckets=_TURN_BUCKETS,
            registry=self.registry,
        )
        self.sessions = self._counter("sessions", "Conversations started.")
        self.streams = Gauge(
            "rights_desk_streams", "Event streams open now.", registry=self.registry
        )
        self.feedback = self._counter(
            "feedback", "Votes on answers: did it help?", "helpful"
        )
        self.delivered = self._counter("delivered", "Messages sent.", "channel")
        self.undelivered = self._counter("undelivered", "Messages given up.", "reason")
        self.provider_errors = self._counter(
            "provider_errors", "Errors of a provider.", "code", "verdict"
        )
        self.unknown_events = self._counter(
            "unknown_events", "Webhook events of unknown kinds.", "channel"
        )
        self.sent_this_month = self._gauge(
            "whatsapp_sent_this_month", "WhatsApp messages sent in the present month."
        )
        self.notices = self._counter(
            "notices", "Messages to staff, by what became of them.", "result"
        )
        self.notices_waiting = self._gauge(
            "notices_waiting_seconds", "How long staff have not been told of something."
        )
        self.deleted = self._counter("conversations_deleted", "Conversations deleted.")

    def text(self) -> bytes:
        """Return all counts in Prometheus' text form."""
        return generate_latest(self.registry)

    def _gauge(self, name: str, meaning: str) -> Gauge:
        return Gauge(f"rights_desk_{name}", meaning, registry=self.registry)

    def _counter(self, name: str, meaning: str, *labels: str) -> Counter:
        return Counter(f"rights_desk_{name}", meaning, labels, registry=self.registry)
