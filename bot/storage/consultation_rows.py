"""How a consultation request stands in its row, and how it is read back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timezone
from typing import Any, Final

from bot.core.consultations import Appointment, Consultation
from bot.core.languages import DEFAULT_LANGUAGE, as_language


class Unchanged:
    """Stands for a value that a change leaves as it is."""


KEEP: Final = Unchanged()


def content_of(
    answers: Mapping[str, str],
    appointment: Appointment | None = None,
    close_reason: str = "",
) -> dict[str, Any]:
    """Return what stands encrypted in a row."""
    content: dict[str, Any] = {"answers": dict(answers), "close_reason": close_reason}
    if appointment is not None:
        content["appointment"] = {
            "starts_at": appointment.starts_at.astimezone(timezone.utc).isoformat(),
            "minutes": appointment.minutes,
            "kind": appointment.kind,
        }
    return content


def consultation_of(row: Any) -> Consultation:
    """Return the request of a row."""
    content = row.content
    return Consultation(
        id=row.id,
        reference=row.reference,
        conversation=row.conversation_id,
        channel=row.channel,
        language=as_language(row.language) or DEFAULT_LANGUAGE,
        state=row.state,
        is_urgent=row.is_urgent,
        answers=content["answers"],
        created_at=row.created_at,
        changed_at=row.changed_at,
        delete_at=row.delete_at,
        version=row.version,
        consent_version=row.consent_version,
        consent_at=row.consent_at,
        submitted_at=row.submitted_at,
        staff_id=row.staff_id,
        appointment=_appointment(content.get("appointment")),
        close_reason=content.get("close_reason", ""),
    )


def _appointment(kept: Mapping[str, Any] | None) -> Appointment | None:
    if kept is None:
        return None
    starts_at = datetime.fromisoformat(kept["starts_at"])
    return Appointment(starts_at, kept["minutes"], kept["kind"])
