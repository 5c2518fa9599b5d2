"""What returns tell: how much comes back of what, and what happened to a unit through sale, return and reuse."""

from collections.abc import Sequence
from datetime import date
from typing import Literal

from core.domain.errors import NotFoundError
from core.domain.ids import ItemCode, SerialNo
from core.domain.returns import ReturnRate, SerialEvent
from core.ports.storage import UnitOfWork


def return_rates(
    uow: UnitOfWork, by: Literal["item", "customer", "reason"], *, since: date | None = None
) -> Sequence[ReturnRate]:
    """How much came back, by group, each measured against what was delivered to it."""
    return uow.returns.rates(by, since=since)


def unit_history(uow: UnitOfWork, item: ItemCode, serial: SerialNo) -> tuple[SerialEvent, ...]:
    """What happened to a unit, oldest first; NotFoundError for one that never was here."""
    found = uow.returns.history(item, serial)
    if not found:
        raise NotFoundError(f"there is no serial number {serial!r} of {item!r}")
    return found
