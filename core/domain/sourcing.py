"""Choosing where goods ship from: what is asked, what a location can do, what it costs, and the choice explained."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from core.domain.ids import CarrierCode, CustomerCode, ItemCode, LocationCode, OrderNo
from core.domain.items import LocationKind


class ShippingMethod(StrEnum):
    """How the goods get to the customer."""

    DELIVERY = "delivery"
    PICK_UP = "pick_up"


class WhyNot(StrEnum):
    """Why a location was left out of a choice."""

    MAY_NOT_SHIP = "may_not_ship"
    NO_PICK_UP = "no_pick_up"
    NOT_THE_STORE_ASKED = "not_the_store_asked"
    REJECTED_BEFORE = "rejected_before"
    NO_OPEN_DAY = "no_open_day"
    NO_CAPACITY = "no_capacity"
    NO_RATE = "no_rate"
    NO_CUSTOMS_DATA = "no_customs_data"
    NOT_ENOUGH = "not_enough"


class Together(StrEnum):
    """What has to travel together: nothing, the lines of a set in one shipment, or in time for one arrival."""

    FREE = "free"
    SHIP = "ship"
    ARRIVE = "arrive"


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """A day on which a location ships; `lines_free` of its capacity are left, None for no limit."""

    on: date
    lines_free: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A carrier's service from a location to the customer's region."""

    carrier: CarrierCode | None
    service: str
    days: int
    shipment_cost: Decimal = Decimal(0)
    kilogram_cost: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A location as a place to ship from: its departures in order, the services it has to the customer's region,
    what it charges, the units it keeps for each line (`own`), and those of each item that nobody needs (`shared`)."""

    location: LocationCode
    kind: LocationKind = LocationKind.WAREHOUSE
    may_ship: bool = True
    pick_up: bool = False
    country: str = ""
    priority: int = 1
    shipment_cost: Decimal = Decimal(0)
    line_cost: Decimal = Decimal(0)
    unit_cost: Decimal = Decimal(0)
    departures: tuple[Departure, ...] = ()
    services: tuple[Service, ...] = ()
    own: tuple[tuple[int, int], ...] = ()
    shared: tuple[tuple[ItemCode, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedLine:
    """An order line to be shipped: units, their price, cost and weight in grams, the day they are promised for, the
    share of value in percent a day late costs, and the locations that refused it. `duty` is percent of cost by country
    of the location."""

    line: int
    item: ItemCode
    quantity: int
    unit_price: Decimal
    due: date
    unit_cost: Decimal = Decimal(0)
    weight: int = 0
    penalty_percent: Decimal = Decimal(0)
    minimum: int = 1
    line_set: str = ""
    together: Together = Together.FREE
    rejected_by: frozenset[LocationCode] = frozenset()
    tariff_code: str = ""
    duty: tuple[tuple[str, Decimal], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcingAsk:
    """What an order needs shipped. `complete` wants all of it in one shipment; without `may_split` a line comes from
    one place; without `may_be_partial` a line ships whole or not at all. A shipment worth less than `minimum_value` is
    not sent unless it completes the order."""

    order: OrderNo
    customer: CustomerCode
    country: str
    method: ShippingMethod
    lines: tuple[AskedLine, ...]
    store: LocationCode | None = None
    complete: bool = False
    may_split: bool = True
    may_be_partial: bool = True
    minimum_value: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShippingCost:
    """What a shipment costs, term by term; `lateness` is the penalty for the days it comes late."""

    freight: Decimal = Decimal(0)
    handling: Decimal = Decimal(0)
    duty: Decimal = Decimal(0)
    lateness: Decimal = Decimal(0)

    @property
    def total(self) -> Decimal:
        """Landed cost with the lateness penalty: what locations are compared by."""
        return self.freight + self.handling + self.duty + self.lateness

    def __add__(self, other: "ShippingCost") -> "ShippingCost":
        return ShippingCost(
            freight=self.freight + other.freight,
            handling=self.handling + other.handling,
            duty=self.duty + other.duty,
            lateness=self.lateness + other.lateness,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcedLine:
    """Units of an order line that a location ships."""

    line: int
    quantity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcedShipment:
    """One shipment of a choice: from where, by which service, when it leaves and arrives, and what it costs."""

    location: LocationCode
    carrier: CarrierCode | None
    service: str
    ship_on: date
    arrive_on: date
    lines: tuple[SourcedLine, ...]
    cost: ShippingCost


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsourced:
    """Units of an order line that no location ships now, and why."""

    line: int
    quantity: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedAt:
    """One location and one line of the table that explains a choice: what it could give, or why it was left out."""

    location: LocationCode
    line: int
    available: int
    why_not: WhyNot | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """One location alone for the whole order: when it would arrive and what it would cost, None where it cannot."""

    location: LocationCode
    arrive_on: date | None
    cost: ShippingCost | None
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcingDecision:
    """The choice for an order, what is left over, and everything that was looked at."""

    order: OrderNo
    shipments: tuple[SourcedShipment, ...]
    unsourced: tuple[Unsourced, ...]
    looked_at: tuple[LookedAt, ...]
    alternatives: tuple[Alternative, ...]

    @property
    def cost(self) -> ShippingCost:
        """What all shipments of the choice cost together."""
        total = ShippingCost()
        for shipment in self.shipments:
            total = total + shipment.cost
        return total
