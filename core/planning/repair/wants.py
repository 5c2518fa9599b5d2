"""Wants: which units a case lacks, where and by which days, read from the netting."""

from dataclasses import dataclass, replace

import numpy as np

from core.domain.cases import Case, ExceptionType
from core.domain.evidence import CaseEvidence
from core.planning.exposure import late_units
from core.planning.outcome import NetResult
from core.planning.simulation import item_position, location_position, supply_position
from core.planning.snapshot import PURCHASE_ORDER, Ints, Snapshot, day_number


@dataclass(frozen=True, slots=True, kw_only=True)
class Want:
    """Units of an item wanted at a location. `needs` are (day, units) for the case, first day first; `in_all` is what
    every requirement there lacks, those of others that would be served first included."""

    item: str
    location: str
    needs: tuple[tuple[int, int], ...]
    in_all: int

    @property
    def units(self) -> int:
        """The units the case lacks."""
        return sum(units for _, units in self.needs)


def wants_of(snapshot: Snapshot, result: NetResult, case: Case, evidence: CaseEvidence) -> tuple[Want, ...]:
    """What the case's item lacks, and in a supplier's outage the other items of its orders that were asked about."""
    detected = case.detected
    places = {str(detected.item): detected.location}
    if detected.type is ExceptionType.EXTERNAL_DISRUPTION:
        places |= _ordered_items(snapshot, {str(quote.item) for quote in evidence.quotes} - {str(detected.item)})
        for quote in evidence.expedites:
            at = supply_position(snapshot.supply, PURCHASE_ORDER, quote.purchase_order, quote.line)
            if at is not None:
                places.setdefault(quote.item, snapshot.locations.code[int(snapshot.supply.location[at])])
    late = late_units(result) + result.requirements.short
    found = [_want(snapshot, result, item=item, location=place, lacking=late) for item, place in sorted(places.items())]
    if detected.type is ExceptionType.EXTERNAL_DISRUPTION:
        return tuple(want for want in found if want.units)
    return tuple(_of_case(snapshot, case, want) for want in found)


def _ordered_items(snapshot: Snapshot, items: set[str]) -> dict[str, str]:
    """Where the first open purchase order of each of these items arrives."""
    supply, places = snapshot.supply, dict[str, str]()
    for at in np.flatnonzero(supply.kind == PURCHASE_ORDER).tolist():
        code = snapshot.items.code[int(supply.item[at])]
        if code in items:
            places.setdefault(code, snapshot.locations.code[int(supply.location[at])])
    return places


def _want(snapshot: Snapshot, result: NetResult, *, item: str, location: str, lacking: Ints) -> Want:
    """Everything that is late or short where the location's stock counts, by the day it is needed."""
    requirements = result.requirements
    group = result.group_of[location_position(snapshot, location)]
    here = (requirements.item == item_position(snapshot, item)) & (requirements.group == group) & (lacking > 0)
    by_day: dict[int, int] = {}
    for at in np.flatnonzero(here).tolist():
        day = max(int(requirements.need[at]), snapshot.as_of)
        by_day[day] = by_day.get(day, 0) + int(lacking[at])
    return Want(item=item, location=location, needs=tuple(sorted(by_day.items())), in_all=sum(by_day.values()))


def _of_case(snapshot: Snapshot, case: Case, want: Want) -> Want:
    """As many of the first needs as the case lacks; units it lacks beyond them (thin promises, safety stock) are
    needed when the case says."""
    left, needs = case.detected.lacking, list[tuple[int, int]]()
    for day, units in want.needs:
        if left:
            needs.append((day, min(units, left)))
            left -= needs[-1][1]
    if left:
        needs.append((max(day_number(case.detected.needed_by), snapshot.as_of), left))
    in_all = max(want.in_all, case.detected.lacking) if case.detected.lacking else 0
    return replace(want, needs=tuple(sorted(needs)), in_all=in_all)
