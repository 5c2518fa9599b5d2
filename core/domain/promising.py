"""Promising: what is asked, and an answer of dated quantities that says what it rests on and what held it back."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core.domain.ids import ItemCode, LocationCode, SupplierCode


class ConstraintCode(StrEnum):
    """What can stand in the way of a date."""

    STOCK = "stock"
    LEAD_TIME = "lead_time"
    COMPONENT = "component"
    CAPACITY = "capacity"
    SUPPLIER_CAPACITY = "supplier_capacity"
    ORDER_SIZE = "order_size"
    NO_SOURCE = "no_source"
    NOT_VALID = "not_valid"
    PLANNING_FENCE = "planning_fence"
    AWAITING_SUPPLY = "awaiting_supply"
    MIN_SHIPMENT = "min_shipment"
    MAX_LATENESS = "max_lateness"
    DEPTH = "depth"


class PegKind(StrEnum):
    """What a promise can rest on: what is there or on order, and orders still to be placed."""

    STOCK = "stock"
    PURCHASE_ORDER = "purchase order"
    WORK_ORDER = "work order"
    TRANSFER_ORDER = "transfer order"
    NEW_PURCHASE = "new purchase"
    NEW_WORK_ORDER = "new work order"
    NEW_TRANSFER = "new transfer"


class TrialKind(StrEnum):
    """An order that would have to be placed."""

    BUY = "buy"
    MAKE = "make"
    MOVE = "move"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """Units of an item wanted at a location by a day. Parts of fewer than `minimum_shipment` are not sent; with
    `partial` false all goes on one day. `max_lateness` is days after `requested`; None takes any date."""

    item: ItemCode
    location: LocationCode
    quantity: int
    requested: date
    minimum_shipment: int = 1
    partial: bool = True
    max_lateness: int | None = None
    substitutes: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedQuantity:
    """Units that can leave a location on a day."""

    on: date
    quantity: int
    location: LocationCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Constraint:
    """What held the promise back, in words and as a code."""

    code: ConstraintCode
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Peg:
    """Units the promise rests on: `on` is the day they are there, `level` how far down the bill of materials or the
    lanes. `whole` is how much the supply holds in all, 0 where the order is still to be placed."""

    kind: PegKind
    reference: str
    item: ItemCode
    location: LocationCode
    quantity: int
    on: date
    level: int = 0
    whole: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialOrder:
    """An order to place so that the promise can be kept: begun on a day, there on another. `origin` is where a transfer
    leaves from, `supplier` whom a purchase is placed with."""

    kind: TrialKind
    item: ItemCode
    location: LocationCode
    quantity: int
    begin: date
    due: date
    origin: LocationCode | None = None
    supplier: SupplierCode | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """The answer: dated quantities, the rest nobody can date, why, what it rests on and what has to be ordered."""

    dates: tuple[DatedQuantity, ...]
    unplannable: int
    reasons: tuple[Constraint, ...]
    pegs: tuple[Peg, ...]
    commands: tuple[TrialOrder, ...]

    @property
    def complete(self) -> date | None:
        """The day all of it is there; None when that day is not known."""
        return None if self.unplannable or not self.dates else max(part.on for part in self.dates)
