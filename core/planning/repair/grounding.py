"""Grounding: whether a projected date rests on supply that exists, on making nobody has ordered yet, or on nothing."""

import numpy as np

from core.planning.outcome import PLANNED_COMPONENT, WORK_ORDER_COMPONENT, NetResult
from core.planning.snapshot import NEVER, Flags, Positions, Snapshot


def groundless(snapshot: Snapshot, result: NetResult) -> Flags:
    """Per open line: its date rests, at any level, on units that nobody has ordered and that are not made here.

    Short units of a made item are not groundless in themselves: making them is within our own hands once all components
    are covered. A work order is groundless when a component it still needs is.
    """
    requirements = result.requirements
    found = (requirements.available == NEVER) | ((requirements.short > 0) & ~snapshot.items.make[requirements.item])
    planned = np.flatnonzero(requirements.kind == PLANNED_COMPONENT)
    taken = np.flatnonzero(requirements.kind == WORK_ORDER_COMPONENT)
    before = -1
    while (count := int(found.sum())) != before:
        before = count
        found[requirements.ref[planned[found[planned]]]] = True
        lacking = taken[found[taken]]
        if lacking.size:  # who is served by what is laid out only where it matters
            found[_served_by(snapshot, result, requirements.ref[lacking])] = True
    return found[result.line_requirement]


def _served_by(snapshot: Snapshot, result: NetResult, orders: Positions) -> Positions:
    """The requirements that these orders (positions in supply) serve."""
    pegs, lacking = result.pegs, np.zeros(snapshot.supply.quantity.size, dtype=np.bool_)
    lacking[orders] = True
    ordered = result.receipts.supply[pegs.receipt]
    on_order = np.flatnonzero(ordered >= 0)
    return pegs.requirement[on_order[lacking[ordered[on_order]]]]
