"""People and programs that act, their roles, and how much each may approve."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from core.domain.ids import UserName
from core.domain.scopes import WHOLE, Scope


class Role(StrEnum):
    """What somebody is here for; the permissions follow from it (core/domain/approval.py)."""

    VIEWER = "viewer"
    CUSTOMER_SERVICE = "customer_service"
    PLANNER = "planner"
    BUYER = "buyer"
    OPERATIONS_MANAGER = "operations_manager"
    FINANCE = "finance"
    QUALITY = "quality"
    ADMINISTRATOR = "administrator"
    AGENT = "agent"
    SERVICE = "service"


NOT_PEOPLE = frozenset({Role.AGENT, Role.SERVICE})


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """Somebody known to the system. `limit` is the money a single approval may commit, None for no limit. Two accounts
    of one human being name the same `person`, the one of them that came first; what may be done once, they do once.
    `scope` is how much of the books it sees."""

    name: UserName
    role: Role
    limit: Decimal | None
    active: bool = True
    demo: bool = False
    person: UserName | None = None
    scope: Scope = WHOLE

    @property
    def human(self) -> UserName:
        """Who this is, whichever account is used."""
        return self.person or self.name

    @property
    def is_person(self) -> bool:
        """Whether this is a human being; agents and services never decide."""
        return self.role not in NOT_PEOPLE


AGENT_NAME = UserName("exception-desk")
WORKER_NAME = UserName("expediter-worker")
