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
        self.messages = Counter(
            "rights_desk_messages",
            "Messages accepted.",
            ["channel"],
            registry=self.registry,
        )
        self.replies = Counter(
            "rights_desk_replies",
            "Replies given.",
            ["kind", "language"],
            registry=self.registry,
        )
        self.failures = Counter(
            "rights_desk_failures",
            "Turns that ended in the apology.",
            registry=self.registry,
        )
        self.turn_seconds = Histogram(
            "rights_desk_turn_seconds",
            "Seconds a turn took.",
            buckets=_TURN_BUCKETS,
            registry=self.registry,
        )
        self.sessions = Counter(
            "rights_desk_sessions", "Conversations started.", registry=self.registry
        )
        self.streams = Gauge(
            "rights_desk_streams", "Event streams open now.", registry=self.registry
        )
        self.feedback = Counter(
            "rights_desk_feedback",
            "Votes on answers: did it help?",
            ["helpful"],
            registry=self.registry,
        )
        self.deleted = Counter(
            "rights_desk_conversations_deleted",
            "Conversations deleted.",
            registry=self.registry,
        )

    def text(self) -> bytes:
        """Return all counts in Prometheus' text form."""
        return generate_latest(self.registry)
