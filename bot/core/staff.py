"""Who of the office may do what in the console: one table for all of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, get_args

from bot.core.languages import Language

Role = Literal["intake", "editor", "reviewer", "admin"]
ROLES: Final[tuple[Role, ...]] = get_args(Role)

Permission = Literal[
    "see_own_account",
    "see_numbers",
    "see_requests",
    "change_requests",
    "export_requests",
    "talk",
    "manage_staff",
    "see_audit",
    "edit_knowledge",
    "approve_knowledge",
    "see_misses",
]
_EVERYBODY: Final = frozenset(ROLES)
# Every route of the console names one of these; tests try each route by each role.
PERMISSIONS: Final[Mapping[Permission, frozenset[Role]]] = {
    "see_own_account": _EVERYBODY,
    "see_numbers": _EVERYBODY,
    "see_requests": frozenset({"intake", "admin"}),
    "change_requests": frozenset({"intake", "admin"}),
    "export_requests": frozenset({"intake", "admin"}),
    "talk": frozenset({"intake", "admin"}),
    "manage_staff": frozenset({"admin"}),
    "see_audit": frozenset({"admin"}),
    "edit_knowledge": frozenset({"editor", "reviewer", "admin"}),
    "approve_knowledge": frozenset({"reviewer", "admin"}),
    # Who publishes an answer need not read what visitors wrote, and the reverse.
    "see_misses": frozenset({"editor", "admin"}),
}


@dataclass(frozen=True)
class Staff:
    """Somebody who is signed in."""

    id: int
    login: str
    name: str
    role: Role
    language: Language

    def may(self, permission: Permission) -> bool:
        """Return whether this person's role allows something.

        >>> Staff(1, "ana", "Ana", "editor", "es").may("see_requests")
        False
        """
        return self.role in PERMISSIONS[permission]
