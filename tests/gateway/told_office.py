"""An office that is told of news: the service that staff read, and the notifier."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from starlette.requests import Request
from starlette.responses import Response

from bot.core.office import DeskRules
from bot.gateway.metrics import Metrics
from bot.gateway.notifier import Notifier
from bot.gateway.wakeups import Wakeups
from bot.knowledge.base import KnowledgeBase
from bot.settings import Settings
from bot.storage import notices
from bot.storage.engine import Storage
from bot.storage.office_tables import NoticeRow
from tests.conftest import FakeClock


@dataclass
class Service:
    """A service that staff read; answers with `status`."""

    status: int = 200
    told: list[dict[str, Any]] = field(default_factory=list)
    tries: int = 0

    async def hear(self, request: Request) -> Response:
        self.tries += 1
        if self.status < 300:
            self.told.append(await request.json())
        return Response(status_code=self.status)

    @property
    def titles(self) -> list[str]:
        """What staff read, in English."""
        return [str(message["title"]).split(" / ")[0] for message in self.told]


@dataclass
class Office:
    """A gateway's notifier, its clock and its database."""

    storage: Storage
    settings: Settings
    knowledge: KnowledgeBase
    clock: FakeClock
    metrics: Metrics = field(default_factory=Metrics)
    desk: DeskRules = field(default_factory=DeskRules)

    def notifier(self, holder: str = "a", **changes: object) -> Notifier:
        """Return the notifier of one gateway."""
        return Notifier(
            self.storage,
            self.settings.copy(update=changes),
            lambda: dataclasses.replace(self.knowledge, desk=self.desk),
            self.clock,
            lambda: 1.0,
            self.metrics,
            holder,
            Wakeups(),
        )

    def post(self, *kinds: str) -> None:
        """Post notices now."""
        with self.storage.begin() as session:
            for kind in kinds:
                notices.post(session, kind, "4F2K", self.clock())

    def states(self) -> list[str]:
        """Return the state of every notice, in order."""
        with self.storage.read() as session:
            rows = session.execute(select(NoticeRow).order_by(NoticeRow.id)).scalars()
            return [row.state for row in rows]

    def metric(self, name: str, **labels: str) -> float:
        """Return the value of a metric."""
        value = self.metrics.registry.get_sample_value(f"rights_desk_{name}", labels)
        return value or 0.0
