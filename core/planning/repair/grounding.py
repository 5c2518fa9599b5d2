"""Grounding: whether a projected date rests on supply that exists, on making nobody has ordered yet, or on nothing."""

import numpy as np

from core.planning.outcome import PLANNED_COMPONENT, WORK_ORDER_COMPONENT, NetResult
from core.planning.snapshot import NEVER, Flags, Snapshot


def groundless(snapshot: Snapshot, result: NetResult) -> Flags:
    """Per open line: its date rests, at any level, on units that nobody has ordered and that are not made here.

    Short units of a made item are not groundless in themselves: making them is within our own hands once all components
    are covered. A work order is groundless when a component it still needs is.
    """
    requirements, pegs, receipts = result.requirements, result.pegs, result.receipts
    found = (requirements.available == NEVER) | ((requirements.short > 0) & ~snapshot.items.make[requirements.item])
    planned = np.flatnonzero(requirements.kind == PLANNED_COMPONENT)
    taken = np.flatnonzero(requirements.kind == WORK_ORDER_COMPONENT)
    ordered = receipts.supply[pegs.receipt]
    on_order = np.flatnonzero(ordered >= 0)
    before = -1
    while (count := int(found.sum())) != before:
        before = count
        found[requirements.ref[planned[found[planned]]]] = True
        orders = np.zeros(snapshot.supply.quantity.size, dtype=np.bool_)
        orders[requirements.ref[taken[found[taken]]]] = True
        found[pegs.requirement[on_order[orders[ordered[on_order]]]]] = True
    return found[result.line_requirement]
