"""Changes of master data: by which door they come, who may open it, and what needs the agreement of another person."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from core.domain.ids import UserName
from core.domain.users import Role


class MasterDataKind(StrEnum):
    """The door a change of master data comes through."""

    PACK = "pack"
    PRICES = "prices"
    PEOPLE = "people"
    QUOTAS = "quotas"
    FEEDS = "feeds"
    POLICY = "policy"
    CONFIGURATION = "configuration"


class RequestState(StrEnum):
    """How far a request for a change of master data is."""

    PENDING = "pending"
    AGREED = "agreed"
    REFUSED = "refused"


MAY_CHANGE: Mapping[MasterDataKind, tuple[Role, ...]] = {
    MasterDataKind.PACK: (Role.OPERATIONS_MANAGER, Role.ADMINISTRATOR),
    MasterDataKind.PRICES: (Role.OPERATIONS_MANAGER, Role.FINANCE, Role.ADMINISTRATOR),
    MasterDataKind.PEOPLE: (Role.OPERATIONS_MANAGER, Role.ADMINISTRATOR),
    MasterDataKind.QUOTAS: (Role.OPERATIONS_MANAGER, Role.PLANNER, Role.ADMINISTRATOR),
    MasterDataKind.FEEDS: (Role.OPERATIONS_MANAGER, Role.ADMINISTRATOR),
    MasterDataKind.POLICY: (Role.OPERATIONS_MANAGER, Role.ADMINISTRATOR),
    MasterDataKind.CONFIGURATION: (Role.CUSTOMER_SERVICE, Role.PLANNER, Role.OPERATIONS_MANAGER),
}
"""Who may make a change of each kind, and agree to one that another person asks for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MasterDataRequest:
    """A change somebody asked for. `command` names what it is, `digest` is the hash of what exactly is asked."""

    code: str
    kind: MasterDataKind
    subject: str
    command: str
    digest: str
    asked_by: UserName
    state: RequestState = RequestState.PENDING
    decided_by: UserName | None = None
