"""Robustness: how sure a promise or a way out is, where what it waits for may come late."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from core.domain.ids import LocationCode, OrderNo, SupplierCode

_TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackRecord:
    """How a supplier has delivered: the share on time in percent its master data says (100 where it says nothing), and
    of each delivery the day counted on and the day it came."""

    supplier: SupplierCode
    country: str
    reliability: Decimal
    deliveries: tuple[tuple[date, date], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRecord:
    """How work orders were made at a location, and how transfers came to it: of each the day it was due and the day it
    was there."""

    location: LocationCode
    made: tuple[tuple[date, date], ...]
    moved: tuple[tuple[date, date], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseOdds:
    """How sure the promise of one order line is. `holds` is the percent of scenarios in which all its units are covered
    by the promised day; `likely`, `median` and `late` are the days by which all is there in 10, 50 and 90 percent of
    them (None: not known); `rests_on` the orders it waits for whose day is
    uncertain, through all levels."""

    order: OrderNo
    line: int
    promised: date
    holds: Decimal
    likely: date | None
    median: date | None
    late: date | None
    rests_on: tuple[str, ...]
    scenarios: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionOdds:
    """How sure an option is. `holds` is the percent of scenarios in which no line comes later than the option says
    (nor later than its promise); `expected` is its objective over all scenarios, the mean, and `worst` the mean of the
    worst twentieth; the ranks are among the options of the case, 1 the best."""

    holds: Decimal
    expected: Decimal
    worst: Decimal
    expected_rank: int
    worst_rank: int
    scenarios: int


def percent(part: int, of: int) -> Decimal:
    """A share in percent with one decimal, halves up; 100 of nothing."""
    if of == 0:
        return Decimal("100.0")
    return (Decimal(100 * part) / of).quantize(_TENTH, rounding=ROUND_HALF_UP)
