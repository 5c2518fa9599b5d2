"""Shipments and their life: what was released, picked and packed, what the carrier reported, who signed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from core.domain.ids import CarrierCode, ItemCode, LocationCode, OrderNo
from core.domain.sourcing import ShippingMethod


class ShipmentState(StrEnum):
    """Where a shipment is in its life."""

    RELEASED = "released"
    PICKED = "picked"
    PACKED = "packed"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    LOST = "lost"
    CANCELLED = "cancelled"


_S = ShipmentState
SHIPMENT_STEPS: Mapping[ShipmentState, frozenset[ShipmentState]] = {
    _S.RELEASED: frozenset({_S.PICKED, _S.CANCELLED}),
    _S.PICKED: frozenset({_S.PACKED, _S.CANCELLED}),
    _S.PACKED: frozenset({_S.SHIPPED, _S.CANCELLED}),
    _S.SHIPPED: frozenset({_S.DELIVERED, _S.LOST}),
    _S.DELIVERED: frozenset(),
    _S.LOST: frozenset({_S.DELIVERED}),
    _S.CANCELLED: frozenset(),
}


class TrackingKind(StrEnum):
    """What a carrier may report."""

    IN_TRANSIT = "in_transit"
    OUT_FOR_DELIVERY = "out_for_delivery"
    LATE = "late"
    DAMAGED = "damaged"
    LOST = "lost"
    DELIVERED = "delivered"
    REFUSED = "refused"


class ShortfallKind(StrEnum):
    """Why fewer units were picked than released."""

    SHORT = "short"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShipmentLine:
    """Units of an order line, of one lot where the item has lots, in a shipment."""

    position: int
    line: int
    item: ItemCode
    lot: str = ""
    quantity: int
    picked: int = 0
    serials: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PackedLine:
    """How many units of a shipment line a package holds."""

    position: int
    quantity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """A parcel or pallet; weight in grams, `label` is the number on it."""

    package: int
    weight: int
    label: str = ""
    contents: tuple[PackedLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shipment:
    """Goods of one order that leave one location together. `problem` is what the carrier reported last, if anything;
    `replaces` names a lost or damaged shipment this one makes good."""

    number: str
    order: OrderNo
    location: LocationCode
    state: ShipmentState = ShipmentState.RELEASED
    method: ShippingMethod = ShippingMethod.DELIVERY
    carrier: CarrierCode | None = None
    service: str = ""
    tracking_number: str = ""
    ship_on: date
    expected_on: date
    shipped_on: date | None = None
    delivered_on: date | None = None
    freight_cost: Decimal = Decimal(0)
    invoice: str = ""
    problem: str = ""
    replaces: str | None = None
    pick_list: str | None = None
    version: int = 1
    lines: tuple[ShipmentLine, ...]

    @property
    def units(self) -> Mapping[int, int]:
        """Units by order line: those picked once it is picked, those released before."""
        found: dict[int, int] = {}
        for part in self.lines:
            count = part.quantity if self.state is ShipmentState.RELEASED else part.picked
            found[part.line] = found.get(part.line, 0) + count
        return found


def refusal_of(shipment: Shipment, to: ShipmentState) -> str | None:
    """Why a shipment cannot become `to`, naming what it may become; None when it can."""
    steps = SHIPMENT_STEPS[shipment.state]
    if to in steps:
        return None
    follows = " or ".join(state for state in ShipmentState if state in steps) or "nothing else"
    return f"shipment {shipment.number} is {shipment.state} and cannot become {to}; it may become {follows}"


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackingEvent:
    """What a carrier reported under its own event number. `expected_on` is its new date of arrival, if it gave one."""

    event: str
    kind: TrackingKind
    happened_at: datetime
    expected_on: date | None = None
    place: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryProof:
    """Who took the goods and when."""

    signed_by: str
    delivered_at: datetime
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortfall:
    """Units released to a location and not picked there."""

    shipment: str
    order: OrderNo
    line: int
    location: LocationCode
    kind: ShortfallKind
    missing: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PickListLine:
    """One thing to pick, in walking order: where it lies, what it is and for which shipment."""

    zone: str
    bin: str
    item: ItemCode
    name: str
    lot: str
    quantity: int
    unit: str
    shipment: str
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PickList:
    """What a location picks in one round."""

    number: str
    location: LocationCode
    recorded_at: datetime
    lines: tuple[PickListLine, ...]


def claim_reference(shipment: str, position: int) -> str:
    """The name under which a shipment's line holds its units in stock."""
    return f"{shipment}/{position}"
