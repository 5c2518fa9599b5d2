"""Actions on stock that exists: move it, use what was kept for safety, give it to another line, ship from elsewhere."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from core.domain.ids import ItemCode, LocationCode, OrderNo, TransferOrderNo
from core.domain.plans.predicates import Predicate, at_least, equal
from core.domain.plans.resolutions import Resolution
from core.domain.plans.step import Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer(Step):
    """Move stock between locations under a new transfer order; the units are reserved at the origin at once."""

    kind: ClassVar[str] = "transfer"
    resolution: ClassVar[Resolution] = Resolution.TRANSFER

    reference: TransferOrderNo
    item: ItemCode
    origin: LocationCode
    destination: LocationCode
    quantity: int
    ship_on: date
    arrive_on: date
    cost: Decimal

    @property
    def draws(self) -> tuple[str, int] | None:
        """The units, at the origin."""
        return f"{self.item}@{self.origin}", self.quantity

    @property
    def charge(self) -> Decimal:
        """The freight."""
        return self.cost

    @property
    def sentence(self) -> str:
        """The transfer order in words."""
        return (
            f"transfer order {self.reference}: {self.quantity:,} {self.item} from {self.origin} to"
            f" {self.destination}, leaving {self.ship_on}, there {self.arrive_on}, for {self.cost:,.2f}"
        )

    @property
    def way_back(self) -> str:
        """Until it has left."""
        return f"cancel transfer order {self.reference} before it ships on {self.ship_on.isoformat()}"

    @property
    def turn(self) -> tuple[str, ...]:
        """By item and place."""
        return ("transfer", self.item, self.origin)


@dataclass(frozen=True, slots=True, kw_only=True)
class UseSafetyStock(Transfer):
    """A transfer that takes units kept for safety; supply due on `repaid_on` makes the safety stock whole again."""

    kind: ClassVar[str] = "use_safety_stock"
    resolution: ClassVar[Resolution] = Resolution.USE_SAFETY_STOCK

    repaid_on: date

    @property
    def sentence(self) -> str:
        """The transfer order in words, and when the safety stock is whole again."""
        return (
            f"transfer order {self.reference}: {self.quantity:,} {self.item} of the safety stock from {self.origin} to"
            f" {self.destination}, leaving {self.ship_on}, there {self.arrive_on}, for {self.cost:,.2f};"
            f" repaid by supply due {self.repaid_on}"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Reallocate(Step):
    """Hold units on stock for one order line that another, less important line only counted on."""

    kind: ClassVar[str] = "reallocate"
    resolution: ClassVar[Resolution] = Resolution.REALLOCATE

    reference: str
    item: ItemCode
    location: LocationCode
    quantity: int
    from_order: OrderNo
    from_line: int
    to_order: OrderNo
    to_line: int

    @property
    def needs(self) -> tuple[Predicate, ...]:
        """The line that gives is not on its way out and may lose, the other still wants the units, and from there."""
        victim, taker = f"{self.from_order}/{self.from_line}", f"{self.to_order}/{self.to_line}"
        return (
            equal("line_pickable", victim, "yes"),
            equal("line_may_lose", victim, "yes"),
            at_least("line_open_quantity", taker, self.quantity),
            equal("line_item", taker, self.item),
            equal("line_location", taker, self.location),
        )

    @property
    def draws(self) -> tuple[str, int] | None:
        """The units, which nobody has reserved."""
        return f"{self.item}@{self.location}", self.quantity

    @property
    def sentence(self) -> str:
        """Who gives to whom."""
        return (
            f"hold {self.quantity:,} {self.item} at {self.location} for order line {self.to_order}/{self.to_line},"
            f" on which {self.from_order}/{self.from_line} counted"
        )

    @property
    def way_back(self) -> str:
        """Until they are picked."""
        return (
            f"release the {self.quantity:,} {self.item} held for {self.to_order}/{self.to_line} before they are picked"
        )

    @property
    def turn(self) -> tuple[str, ...]:
        """With what else draws stock."""
        return ("transfer", self.item, self.location)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShipFrom(Step):
    """Ship an order line from another location that has the stock."""

    kind: ClassVar[str] = "ship_from"
    resolution: ClassVar[Resolution] = Resolution.SHIP_FROM

    order: OrderNo
    line: int
    item: ItemCode
    quantity: int
    old: LocationCode
    new: LocationCode
    cost: Decimal

    @property
    def needs(self) -> tuple[Predicate, ...]:
        """The line still ships from where it was, all of it, nobody picks it and nothing is reserved for it there."""
        subject = f"{self.order}/{self.line}"
        return (
            at_least("line_open_quantity", subject, self.quantity),
            equal("line_location", subject, self.old),
            equal("line_pickable", subject, "yes"),
            at_least("stock_available", f"{self.item}@{self.new}", self.quantity),
        )

    @property
    def charge(self) -> Decimal:
        """The freight difference."""
        return self.cost

    @property
    def sentence(self) -> str:
        """From where instead of where."""
        return (
            f"ship order line {self.order}/{self.line} ({self.quantity:,} {self.item}) from {self.new} instead of"
            f" {self.old}, for {self.cost:,.2f}"
        )

    @property
    def way_back(self) -> str:
        """Until it is picked."""
        return f"ship order line {self.order}/{self.line} from {self.old} again, before it is picked"

    @property
    def turn(self) -> tuple[str, ...]:
        """With the other changes of order lines."""
        return ("line", self.order, f"{self.line:09}", self.kind)
