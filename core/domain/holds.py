"""Holds: what stops an order, who set it and why, by when it must be settled, and who may let it go."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NewType

from core.domain.ids import OrderNo, UserName
from core.domain.users import Role, User

HoldNo = NewType("HoldNo", str)


class HoldKind(StrEnum):
    """What kind of question is open."""

    CREDIT = "credit"
    PRICE = "price"
    ADDRESS = "address"
    EXPORT = "export"
    QUALITY = "quality"
    DATA = "data"
    FRAUD = "fraud"
    MANUAL = "manual"


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldCause:
    """A reason to hold an order, or one line of it."""

    kind: HoldKind
    why: str
    line: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldRelease:
    """Who let an order go on, in which role, when and why."""

    by: UserName
    role: Role
    at: datetime
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """A hold on an order, or on one line.

    `due_at` is when it should be settled; `until` the day after which a manual one lapses and any other is looked at
    again: only people let go of what somebody has to answer for.
    """

    number: HoldNo
    order: OrderNo
    line: int | None
    kind: HoldKind
    why: str
    set_by: UserName
    set_at: datetime
    until: date | None
    due_at: datetime
    release_roles: tuple[Role, ...]
    released: HoldRelease | None = None

    @property
    def is_about_a_price(self) -> bool:
        """Whether to let go is to agree to a price: it is not the one found, or none was found for the line."""
        return self.kind is HoldKind.PRICE or (self.kind is HoldKind.DATA and self.line is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldRule:
    """How long a hold of a kind may stay open, and who may release it."""

    hours: int
    release_roles: tuple[Role, ...]

    @property
    def lasts(self) -> timedelta:
        """The time a hold may stay open."""
        return timedelta(hours=self.hours)


_OM = Role.OPERATIONS_MANAGER
HOLD_RULES: Mapping[HoldKind, HoldRule] = {
    HoldKind.CREDIT: HoldRule(hours=24, release_roles=(Role.FINANCE,)),
    HoldKind.PRICE: HoldRule(hours=24, release_roles=(Role.CUSTOMER_SERVICE, Role.FINANCE, _OM)),
    HoldKind.ADDRESS: HoldRule(hours=8, release_roles=(Role.CUSTOMER_SERVICE, _OM)),
    HoldKind.EXPORT: HoldRule(hours=72, release_roles=(_OM,)),
    HoldKind.QUALITY: HoldRule(hours=48, release_roles=(Role.QUALITY,)),
    HoldKind.DATA: HoldRule(hours=8, release_roles=(Role.CUSTOMER_SERVICE, _OM)),
    HoldKind.FRAUD: HoldRule(hours=24, release_roles=(Role.FINANCE, _OM)),
    HoldKind.MANUAL: HoldRule(hours=48, release_roles=(Role.CUSTOMER_SERVICE, _OM)),
}


def why_not_release(user: User, hold: Hold) -> str | None:
    """Why this person may not release the hold, None when the person may."""
    if not user.is_person:
        return f"{user.name!r} is a program ({user.role}); only people release holds"
    if not user.active:
        return f"{user.name!r} is no longer active"
    if user.role not in hold.release_roles:
        may = " or ".join(role.value for role in hold.release_roles)
        return f"role {user.role.value!r} may not release a {hold.kind} hold; {may} may"
    return None
