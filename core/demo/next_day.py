"""The day after: what the ERP of Sabine Valve and Pump says a day later, with what was planted in between."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import reduce

from core.demo.fates import Fate, PlantedChange
from core.demo.happenings.night import BY_THE_CLOCK
from core.demo.keyed import keyed_in
from core.demo.next_plants import PLANTS, Morning, contradicted
from core.demo.overnight import overnight, stock_of, touched
from core.demo.planted import left_behind
from core.domain.cases import ExceptionType
from core.domain.company import Company
from core.domain.ids import PurchaseOrderNo


@dataclass(frozen=True, slots=True, kw_only=True)
class NextDay:
    """The later pack, and what loading it over the day before does to the cases, one cause each."""

    company: Company
    planted: tuple[PlantedChange, ...]

    def of(self, fate: Fate) -> tuple[PlantedChange, ...]:
        """What is planted with this fate."""
        return tuple(one for one in self.planted if one.fate is fate)


def next_day(
    said: Company, *, ours: Company | None = None, keyed: Sequence[PurchaseOrderNo] = (), played: bool = False
) -> NextDay:
    """What the ERP of the full-size company says a day after `said`, its last pack.

    `ours` are the books as people here left them: what they touched nobody touches overnight on the other side, but for
    one date; of their purchase orders those `keyed` were keyed in. `played` says that what goes wrong after the books
    were read (core/demo/happenings) did.
    """
    changed = touched(said, ours or said)
    today = said.settings.as_of + timedelta(days=1)
    stock = stock_of(said, changed.places)
    company = overnight(said, stock, today, left_alone=changed.documents)
    morning = Morning(
        company=replace(company, settings=replace(company.settings, as_of=today)),
        stock=stock,
        today=today,
        ours=ours or said,
        left_alone=changed.documents,
        planted=(*_left_at_last(said, company, played=played), *(BY_THE_CLOCK if played else ())),
    )
    morning = reduce(_and_then, PLANTS if played else (*PLANTS, contradicted), morning)
    company = keyed_in(morning.company, morning.ours, keyed)
    return NextDay(company=replace(company, stock=stock.rows()), planted=morning.planted)


def _and_then(morning: Morning, plant: Callable[[Morning], Morning]) -> Morning:
    return plant(morning)


def _left_at_last(before: Company, after: Company, *, played: bool) -> tuple[PlantedChange, ...]:
    """What was left behind on Friday has left overnight, where it could: its case is over."""
    was = left_behind(before)
    now = next(line for line in after.sales_order_lines if (line.order, line.line) == (was.order, was.line))
    if now.open_quantity:
        return ()
    place = next(order.ship_from for order in before.sales_orders if order.number == was.order)
    type_ = ExceptionType.MISSED_CUT_OFF if played else ExceptionType.DEMAND_SHORTAGE
    root = f"order line {was.order}/{was.line}" if played else f"item {was.item}@{place}"
    return (PlantedChange(fate=Fate.CLOSED, type=type_, root=root, why=f"{was.order}/{was.line} has left {place}"),)
