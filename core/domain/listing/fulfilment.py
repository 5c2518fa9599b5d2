"""Lists of shipments and returns."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from core.domain.ids import CarrierCode, CustomerCode, LocationCode, OrderNo
from core.domain.returns import ReturnState
from core.domain.shipments import ShipmentState


class ShipmentSort(StrEnum):
    """What shipments may be sorted by: their number, the day they leave, the day they are expected."""

    NUMBER = "number"
    SHIP_ON = "ship_on"
    EXPECTED = "expected"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShipmentFilter:
    """Which shipments are wanted; `troubled` those late, damaged or lost on their way."""

    number: str | None = None
    order: OrderNo | None = None
    customer: CustomerCode | None = None
    location: LocationCode | None = None
    state: ShipmentState | None = None
    troubled: bool = False
    ship_after: date | None = None
    ship_before: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedShipment:
    """A shipment without its lines; `problem` is late, damaged, lost or nothing."""

    number: str
    order: OrderNo
    customer: CustomerCode
    location: LocationCode
    state: ShipmentState
    method: str
    carrier: CarrierCode | None
    service: str
    tracking_number: str
    ship_on: date
    expected_on: date
    shipped_on: date | None
    delivered_on: date | None
    problem: str
    version: int
    units: int


class ReturnSort(StrEnum):
    """What returns may be sorted by: their number, when they were asked for, when they last changed."""

    NUMBER = "number"
    REQUESTED = "requested"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnFilter:
    """Which returns are wanted."""

    number: str | None = None
    order: OrderNo | None = None
    customer: CustomerCode | None = None
    location: LocationCode | None = None
    state: ReturnState | None = None
    requested_since: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedReturn:
    """A return without its lines; `wish` is a refund or an exchange."""

    number: str
    order: OrderNo
    customer: CustomerCode
    location: LocationCode
    state: ReturnState
    wish: str
    method: str
    exchange_order: OrderNo | None
    version: int
    units: int
    received: int
    requested_at: datetime
    received_at: datetime | None
    changed_at: datetime
