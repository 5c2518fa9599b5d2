"""Wants: which units a case lacks and by which days, read from the netting."""

from dataclasses import dataclass

import numpy as np

from core.domain.cases import Case
from core.planning.exposure import late_units
from core.planning.outcome import NetResult
from core.planning.simulation import item_position, location_position
from core.planning.snapshot import Flags, Snapshot, day_number


@dataclass(frozen=True, slots=True, kw_only=True)
class Want:
    """Units of an item wanted at a location. `needs` are (day, units) of the case, first day first; `in_all` is what
    every requirement there lacks, those of others that would be served first included. A case of no item or at no
    location is not `known` to lack any."""

    item: str
    location: str
    needs: tuple[tuple[int, int], ...]
    in_all: int
    known: bool = True

    @property
    def units(self) -> int:
        """The units the case lacks."""
        return sum(units for _, units in self.needs)


def want_of(snapshot: Snapshot, result: NetResult, case: Case) -> Want:
    """As many of the first needs there as the case lacks; units it lacks beyond them (thin promises, safety stock) are
    needed when the case says."""
    detected = case.detected
    if detected.item not in snapshot.items.code or detected.location not in snapshot.locations.code:
        return Want(item=detected.item, location=detected.location, needs=(), in_all=0, known=False)
    left, needs = detected.lacking, list[tuple[int, int]]()
    lacking = _lacking_by_day(snapshot, result, detected.item, detected.location)
    for day, units in lacking:
        if left:
            needs.append((day, min(units, left)))
            left -= needs[-1][1]
    if left:
        needs.append((max(day_number(detected.needed_by), snapshot.as_of), left))
    in_all = max(sum(units for _, units in lacking), detected.lacking) if detected.lacking else 0
    return Want(item=detected.item, location=detected.location, needs=tuple(sorted(needs)), in_all=in_all)


def served_there(snapshot: Snapshot, result: NetResult, item: str, location: str) -> Flags:
    """The requirements that stock of the item at the location serves."""
    if item not in snapshot.items.code or location not in snapshot.locations.code:
        return np.zeros(result.requirements.item.size, dtype=np.bool_)
    group = int(result.group_of[location_position(snapshot, location)])
    return (result.requirements.item == item_position(snapshot, item)) & (result.requirements.group == group)


def _lacking_by_day(snapshot: Snapshot, result: NetResult, item: str, location: str) -> list[tuple[int, int]]:
    lacking = late_units(result) + result.requirements.short
    by_day: dict[int, int] = {}
    for at in np.flatnonzero(served_there(snapshot, result, item, location) & (lacking > 0)).tolist():
        day = max(int(result.requirements.need[at]), snapshot.as_of)
        by_day[day] = by_day.get(day, 0) + int(lacking[at])
    return sorted(by_day.items())
