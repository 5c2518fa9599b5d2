"""Minutes of parts: what the components that must be made for an item take of their own work centres."""

from collections import Counter
from dataclasses import dataclass

import numpy as np

from core.planning.outcome import PLANNED_COMPONENT, NetResult
from core.planning.repair.wants import Want, served_there
from core.planning.repair.work_minutes import steps_of
from core.planning.snapshot import Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class PartWork:
    """Work of components at a centre (position): minutes once, and millionths of a minute for each unit made of
    them."""

    center: int
    setup: int
    unit: int


def part_work(snapshot: Snapshot, result: NetResult, want: Want) -> tuple[PartWork, ...]:
    """The work by centre; each component at any level set up once, its minutes shared out over the units of the item
    that are short. Components in stock or on order take none, and nothing is known where no unit is short."""
    if not snapshot.operations.item.size:
        return ()
    short, components = _made_for(snapshot, result, want)
    setup, unit = Counter[int](), Counter[int]()
    for item, units in sorted(components.items()):
        for step in steps_of(snapshot, item):
            setup[step.center] += step.setup
            unit[step.center] += step.unit * units
    return tuple(
        PartWork(center=center, setup=setup[center], unit=-(-unit[center] // short)) for center in sorted(unit)
    )


def _made_for(snapshot: Snapshot, result: NetResult, want: Want) -> tuple[int, Counter[int]]:
    """Units of the item that are short there, and by item (position) those of components that must be made for them."""
    needs, found = result.requirements, Counter[int]()
    level = np.flatnonzero(served_there(snapshot, result, want.item, want.location) & (needs.short > 0))
    short = int(needs.short[level].sum())
    made = (needs.kind == PLANNED_COMPONENT) & (needs.short > 0) & snapshot.items.make[needs.item]
    while level.size:
        level = np.flatnonzero(made & np.isin(needs.ref, level))
        for row in level.tolist():
            found[int(needs.item[row])] += int(needs.short[row])
    return short, found
