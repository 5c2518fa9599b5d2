"""Scenarios: what might happen and what might be done, asked about and never kept; and what it would do."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from core.domain.ids import CustomerCode, ItemCode, LocationCode, OrderNo, SupplierCode, WorkCenterCode
from core.domain.overlays import SupplierOutage
from core.domain.plans import Action


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplyDelay:
    """An open purchase, work or transfer order comes so many days later (sooner: below 0); all its lines, or one."""

    order: str
    days: int
    line: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplyCut:
    """A line of an open order brings so many units less."""

    order: str
    quantity: int
    line: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class CenterStop:
    """A work centre stands still for so many days from the business date."""

    center: WorkCenterCode
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceRise:
    """A supplier asks so many percent more (less: below 0) for what is open with it."""

    supplier: SupplierCode
    percent: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class TariffRise:
    """Goods of these suppliers bear so many percent more duty (less: below 0) on what they cost; `country` is theirs,
    where the duty is on all that comes from there. Without suppliers they are looked up by the country."""

    percent: Decimal
    suppliers: tuple[SupplierCode, ...] = ()
    country: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDemand:
    """Somebody asks for units by a day: at one location, or where the first line of the item ships from; `price` is for
    one, that of the last line of the item where none is said."""

    item: ItemCode
    quantity: int
    due: date
    location: LocationCode | None = None
    unit_price: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DemandChange:
    """An open order line is for another quantity, another day, or (quantity 0) nobody's."""

    order: OrderNo
    line: int
    quantity: int | None = None
    due: date | None = None


Disruption: TypeAlias = SupplierOutage | SupplyDelay | SupplyCut | CenterStop | PriceRise | TariffRise | DemandChange


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """What might happen, in this order: disruptions, new demand, and then what is done about it."""

    disruptions: tuple[Disruption, ...] = ()
    demand: tuple[NewDemand, ...] = ()
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LineOutlook:
    """How an order line stands: promised and projected day (None: nothing known brings it), units short and late, its
    `state` (on time, late or uncovered) and what is at stake."""

    promised: date
    projected: date | None
    quantity: int
    short: int
    late: int
    state: str
    exposure: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class LineWhatIf:
    """One order line before and after; None where it is not open."""

    order: OrderNo
    line: int
    customer: CustomerCode
    item: ItemCode
    before: LineOutlook | None
    after: LineOutlook | None

    @property
    def exposure(self) -> Decimal:
        """What more is at stake."""
        nothing = Decimal("0.00")
        before = self.before.exposure if self.before else nothing
        return (self.after.exposure if self.after else nothing) - before


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerWhatIf:
    """A customer whose lines stand otherwise: how many, and what more is at stake on them."""

    customer: CustomerCode
    name: str
    lines: int
    exposure: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """All open lines together."""

    lines: int
    late: int
    uncovered: int
    exposure: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIfReport:
    """What a scenario would do. `assumed` are its parts in words; `lines` the worst first, `left_out` how many more
    there are; `cost` what supply and the plan cost more. `path` is how it was found: "incremental" where only what the
    change reaches was netted, "full" where everything was, and `why`."""

    as_of: date
    currency: str
    assumed: tuple[str, ...]
    before: Totals
    after: Totals
    changed: int
    newly_late: int
    newly_uncovered: int
    saved: int
    lines: tuple[LineWhatIf, ...]
    left_out: int
    customers: tuple[CustomerWhatIf, ...]
    cost: Decimal
    path: str
    why: str
