"""Actions on sales order lines: other dates, split, another item or service, holds, reships."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from core.domain.ids import ItemCode, LocationCode, OrderNo
from core.domain.plans.predicates import Predicate, at_least, equal
from core.domain.plans.resolutions import Resolution
from core.domain.plans.step import Step


@dataclass(frozen=True, slots=True, kw_only=True)
class RePromise(Step):
    """Give an order line another promised date and tell the customer."""

    kind: ClassVar[str] = "re_promise"
    resolution: ClassVar[Resolution] = Resolution.RE_PROMISE

    order: OrderNo
    line: int
    old: date
    new: date
    quantity: int

    @property
    def needs(self) -> tuple[Predicate, ...]:
        """The line open and promised as it was."""
        return _promised(self.order, self.line, self.quantity, self.old)

    @property
    def sentence(self) -> str:
        """The new date instead of the old one."""
        return f"promise order line {self.order}/{self.line} for {self.new} instead of {self.old} and tell the customer"

    @property
    def way_back(self) -> str:
        """The date of before."""
        return f"give order line {self.order}/{self.line} the promised date of before and tell the customer"

    @property
    def turn(self) -> tuple[str, ...]:
        """By order line."""
        return ("promise", self.order, f"{self.line:09}")


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitLine(Step):
    """Ship what is there on `now_on` and the rest on `new`, where the customer takes parts."""

    kind: ClassVar[str] = "split_line"
    resolution: ClassVar[Resolution] = Resolution.SPLIT

    order: OrderNo
    line: int
    item: ItemCode
    now_quantity: int
    now_on: date
    rest_quantity: int
    old: date
    new: date
    cost: Decimal

    @property
    def needs(self) -> tuple[Predicate, ...]:
        """The line open and promised as it was, for a customer that takes parts."""
        subject = f"{self.order}/{self.line}"
        return (
            equal("line_open_quantity", subject, self.now_quantity + self.rest_quantity),
            equal("line_due", subject, self.old.isoformat()),
            equal("line_splittable", subject, "yes"),
        )

    @property
    def charge(self) -> Decimal:
        """The extra shipment."""
        return self.cost

    @property
    def sentence(self) -> str:
        """Both parts with their dates."""
        return (
            f"ship {self.now_quantity:,} {self.item} of order line {self.order}/{self.line} on {self.now_on} and the"
            f" other {self.rest_quantity:,} on {self.new} instead of {self.old}, for {self.cost:,.2f}, and tell the"
            " customer"
        )

    @property
    def way_back(self) -> str:
        """One date again."""
        return (
            f"promise all of order line {self.order}/{self.line} for {self.old} again before the first part ships,"
            " and tell the customer"
        )

    @property
    def turn(self) -> tuple[str, ...]:
        """By order line."""
        return ("line", self.order, f"{self.line:09}", self.kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Substitute(Step):
    """Send another item that does the same work, in the ratio of the alternates, at the same total price or less."""

    kind: ClassVar[str] = "substitute"
    resolution: ClassVar[Resolution] = Resolution.SUBSTITUTE

    order: OrderNo
    line: int
    item: ItemCode
    quantity: int
    unit_price: Decimal
    alternate: ItemCode
    new_quantity: int
    new_price: Decimal
    cost: Decimal

    @property
    def needs(self) -> tuple[Predicate, ...]:
        """The line as it was, for a customer that accepts it, by an alternate that is still valid."""
        subject = f"{self.order}/{self.line}"
        return (
            equal("line_item", subject, self.item),
            equal("line_open_quantity", subject, self.quantity),
            equal("line_substitutable", subject, "yes"),
            equal("alternate_valid", f"{self.item}>{self.alternate}", "yes"),
        )

    @property
    def charge(self) -> Decimal:
        """What the other item costs more, and what is charged less."""
        return self.cost

    @property
    def sentence(self) -> str:
        """What instead of what."""
        return (
            f"send {self.new_quantity:,} {self.alternate} at {self.new_price:,.4f} instead of {self.quantity:,}"
            f" {self.item} at {self.unit_price:,.4f} for order line {self.order}/{self.line}, for {self.cost:,.2f}"
        )

    @property
    def way_back(self) -> str:
        """The item of before."""
        return (
            f"order line {self.order}/{self.line} is for {self.quantity:,} {self.item} again, before the"
            f" {self.alternate} are picked"
        )

    @property
    def turn(self) -> tuple[str, ...]:
        """By order line."""
        return ("line", self.order, f"{self.line:09}", self.kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShipQuicker(Step):
    """Release an order line that missed its cut-off by a quicker service than its `usual` one. `carbon` is grams of CO2
    more."""

    kind: ClassVar[str] = "ship_quicker"
    resolution: ClassVar[Resolution] = Resolution.SHIP_MODE

    order: OrderNo
    line: int
    item: ItemCode
    quantity: int
    location: LocationCode
    usual: str
    service: str
    ship_on: date
    old_arrival: date
    arrive_on: date
    carbon: int
    cost: Decimal

    @property
    def needs(self) -> tuple[Predicate, ...]:
        """All of it still to be sent, and by that service from there on these days."""
        subject = f"{self.order}/{self.line}"
        leaves = f"{self.location} {self.ship_on.isoformat()} {self.arrive_on.isoformat()}"
        return (
            equal("line_open_quantity", subject, self.quantity),
            equal("line_leaves", f"{subject} {self.service}", leaves),
        )

    @property
    def charge(self) -> Decimal:
        """The freight difference."""
        return self.cost

    @property
    def sentence(self) -> str:
        """Which service instead of which."""
        return (
            f"release {self.quantity:,} {self.item} of order line {self.order}/{self.line} at {self.location} by"
            f" {self.service} instead of {self.usual}, leaving {self.ship_on}: there {self.arrive_on} instead of"
            f" {self.old_arrival}, for {self.cost:,.2f} and {self.carbon:,} g CO2 more"
        )

    @property
    def way_back(self) -> str:
        """Until it is picked."""
        return f"call off the shipment of order line {self.order}/{self.line} by {self.service} before it is picked"

    @property
    def turn(self) -> tuple[str, ...]:
        """By order line."""
        return ("line", self.order, f"{self.line:09}", self.kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reship(Step):
    """Send again, at no charge, what was in a shipment that was lost or damaged on the way."""

    kind: ClassVar[str] = "reship"
    resolution: ClassVar[Resolution] = Resolution.RESHIP

    shipment: str
    problem: str
    order: OrderNo
    line: int
    item: ItemCode
    location: LocationCode
    quantity: int
    ship_on: date
    arrive_on: date
    cost: Decimal

    @property
    def needs(self) -> tuple[Predicate, ...]:
        """The shipment still in trouble and not made good, and nothing more of the line to send."""
        return (
            equal("shipment_problem", self.shipment, self.problem),
            equal("shipment_made_good", self.shipment, "no"),
            equal("line_open_quantity", f"{self.order}/{self.line}", 0),
        )

    @property
    def draws(self) -> tuple[str, int] | None:
        """The goods."""
        return f"{self.item}@{self.location}", self.quantity

    @property
    def charge(self) -> Decimal:
        """The goods and the freight."""
        return self.cost

    @property
    def sentence(self) -> str:
        """What is sent again."""
        return (
            f"send {self.quantity:,} {self.item} of order line {self.order}/{self.line} again at no charge from"
            f" {self.location} on {self.ship_on}, there {self.arrive_on}, because shipment {self.shipment} is"
            f" {self.problem}, for {self.cost:,.2f}"
        )

    @property
    def way_back(self) -> str:
        """Until it is picked."""
        return f"call off the shipment that makes {self.shipment} good before it is picked"

    @property
    def turn(self) -> tuple[str, ...]:
        """By order line."""
        return ("line", self.order, f"{self.line:09}", self.kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseHold(Step):
    """Release a hold of an order, so that it goes on."""

    kind: ClassVar[str] = "release_hold"
    resolution: ClassVar[Resolution] = Resolution.RELEASE

    order: OrderNo
    hold: str
    what: str
    reason: str

    @property
    def needs(self) -> tuple[Predicate, ...]:
        """The hold still there."""
        return (equal("hold_open", self.hold, "yes"),)

    @property
    def sentence(self) -> str:
        """Which hold of what."""
        return f"release the {self.what} hold of order {self.order}: {self.reason}"

    @property
    def way_back(self) -> str:
        """A new hold."""
        return f"hold order {self.order} again; what was shipped meanwhile stays shipped"

    @property
    def turn(self) -> tuple[str, ...]:
        """By order."""
        return ("hold", self.order, self.hold)


def _promised(order: OrderNo, line: int, quantity: int, due: date) -> tuple[Predicate, ...]:
    subject = f"{order}/{line}"
    return at_least("line_open_quantity", subject, quantity), equal("line_due", subject, due.isoformat())
