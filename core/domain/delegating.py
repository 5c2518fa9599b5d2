"""Delegations: somebody decides in another's stead, in the own name, from a day to a day."""

from dataclasses import dataclass
from datetime import date

from core.domain.ids import UserName
from core.domain.users import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Delegation:
    """`delegate` may decide as `delegator` may: in that role and up to that limit, both days included."""

    number: int
    delegator: UserName
    delegate: UserName
    first: date
    last: date
    reason: str
    given_by: UserName
    ended_by: UserName | None = None

    def holds(self, on: date) -> bool:
        """Whether it counts on a day."""
        return self.ended_by is None and self.first <= on <= self.last


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """In which role somebody decides, and in whose stead, None for in the own."""

    role: Role
    on_behalf_of: UserName | None = None
