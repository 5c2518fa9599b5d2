"""Amendments: what a customer wants changed, and its consequences in words and numbers before anything is taken."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from core.domain.ids import ItemCode, LocationCode, OrderNo, UserName
from core.domain.items import Item
from core.domain.order_life import OrderState
from core.domain.orders import SalesOrderLine

BEFORE_PICKING = frozenset(
    {
        OrderState.DRAFT,
        OrderState.VALIDATED,
        OrderState.ON_HOLD,
        OrderState.CONFIRMED,
        OrderState.ALLOCATED,
        OrderState.RELEASED,
    }
)
"""The states in which a line can still be changed or cancelled."""
COMMITTED = frozenset({OrderState.CONFIRMED, OrderState.ALLOCATED, OrderState.RELEASED})
"""The states in which we have given our word, so that a change needs a new confirmation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeQuantity:
    """Another ordered quantity of a line, in base units."""

    line: int
    quantity: int
    kind: Literal["quantity"] = "quantity"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeDate:
    """Another requested date of a line."""

    line: int
    requested: date
    kind: Literal["date"] = "date"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeItem:
    """Another item for what is still open of a line: the line is cancelled, and a new one takes its place."""

    line: int
    item: ItemCode
    kind: Literal["item"] = "item"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeAddress:
    """Another place the whole order goes to."""

    address: str
    kind: Literal["address"] = "address"


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelOpen:
    """What is open of a line, or of every line, is not wanted any more."""

    line: int | None = None
    kind: Literal["cancel"] = "cancel"


Change = ChangeQuantity | ChangeDate | ChangeItem | ChangeAddress | CancelOpen


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """What a customer wants changed of an order, and why; at most one change of a line."""

    order: OrderNo
    changes: tuple[Change, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FreedClaim:
    """Stock that would be given back."""

    reference: str
    item: ItemCode
    location: LocationCode
    quantity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Consequence:
    """What one change does to a line, or to the whole order when `line` is None.

    `state` is where the line is afterwards, `price` its unit price. `dropped` are orders that were planned for it and
    that nobody has placed yet. `fence` is the last frozen day when the change is inside it.
    """

    line: int | None
    words: str
    state: OrderState | None = None
    price: Decimal | None = None
    freed: tuple[FreedClaim, ...] = ()
    dropped: tuple[str, ...] = ()
    fence: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendmentPreview:
    """Everything an amendment would do; nothing of it has happened. `digest` stands for all of it."""

    order: OrderNo
    version: int
    currency: str
    consequences: tuple[Consequence, ...]
    value_before: Decimal
    value_after: Decimal
    needs_person: bool
    state_after: OrderState
    digest: str = ""

    def sealed(self) -> "AmendmentPreview":
        """The preview with the digest of all its other fields."""
        fields = asdict(replace(self, digest=""))
        text = json.dumps(fields, sort_keys=True, ensure_ascii=False, default=str)
        return replace(self, digest=hashlib.sha256(text.encode()).hexdigest())


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendmentDone:
    """An amendment that was carried out on an order at `version`. `agreed_by` is who agreed to it inside the fence."""

    order: OrderNo
    version: int
    amendment: Amendment
    preview: AmendmentPreview
    agreed_by: UserName | None = None


def fence_of(line: SalesOrderLine, item: Item, *, today: date, due: Iterable[date] = ()) -> date | None:
    """The last day of the item's freeze fence when the line, or one of the further dates, lies inside it.

    Only a line we have given our word for is frozen.
    """
    state = line.held_from if line.state is OrderState.ON_HOLD else line.state
    if state not in COMMITTED or item.demand_fence_days <= 0:
        return None
    last = today + timedelta(days=item.demand_fence_days)
    return last if min((line.due, *due)) <= last else None


def state_after_change(line: SalesOrderLine) -> OrderState:
    """Where a line is after a change that voids our word: to be confirmed again, and still held if it was."""
    return OrderState.VALIDATED if line.state in COMMITTED else line.state


def state_after_cancelling(line: SalesOrderLine) -> OrderState:
    """Where a line is when nothing of it is open any more."""
    return OrderState.SHIPPED if line.shipped else OrderState.CANCELLED
