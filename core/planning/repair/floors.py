"""Floors: what reallocations may take at most, so that no line whose strategy keeps what it has comes later by them.

Taking units from a line that may lose moves those behind it, too: the netting serves them anew.
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from core.domain.cases import Case
from core.domain.plans import Reallocate
from core.planning.netting import net
from core.planning.outcome import NetResult
from core.planning.positions import item_position, location_position
from core.planning.repair.terms import LineTerms
from core.planning.simulation import apply
from core.planning.snapshot import Snapshot

MOST_BESIDE = 20
LineKey = tuple[str, int]


def beside(snapshot: Snapshot, result: NetResult, case: Case) -> tuple[LineKey, ...]:
    """The order lines that count on the same item there, those needed first first: what may move when units do."""
    detected, demand = case.detected, snapshot.demand
    if detected.item not in snapshot.items.code or detected.location not in snapshot.locations.code:
        return ()
    group = int(result.group_of[location_position(snapshot, detected.location)])
    same = (demand.item == item_position(snapshot, detected.item)) & (result.group_of[demand.location] == group)
    lines = sorted(np.flatnonzero(same).tolist(), key=lambda line: (int(demand.due[line]), line))
    return tuple((demand.order[line], int(demand.line[line])) for line in lines[:MOST_BESIDE])


def most_within_floors(
    snapshot: Snapshot,
    result: NetResult,
    lines: Mapping[LineKey, LineTerms],
    *,
    most: int,
    action: Callable[[int], Reallocate],
    beside: Sequence[Reallocate] = (),
) -> tuple[int, str]:
    """The most units the action may take when those `beside` it are taken, too, found by halving, and the first line it
    would stop at (empty where all may be taken). A line that is not named keeps what it has."""

    def broken(units: int) -> str:
        return broken_floor(snapshot, result, lines, [*beside, action(units)])

    stopped = broken(most)
    if not stopped:
        return most, ""
    good, bad = 0, most
    while bad - good > 1:
        middle = (good + bad) // 2
        if broken(middle):
            bad = middle
        else:
            good = middle
    return good, stopped


def broken_floor(
    snapshot: Snapshot, result: NetResult, lines: Mapping[LineKey, LineTerms], taken: Sequence[Reallocate]
) -> str:
    """The first line that keeps what it has and would miss its promise, or miss it by more, when all of this is taken;
    empty where there is none. A line that gives is asked by its own strategy before."""
    after = net(apply(snapshot, taken), result.rules)
    demand, givers = snapshot.demand, {(str(one.from_order), one.from_line) for one in taken}
    worse = (after.line_available > result.line_available) & (after.line_available > demand.due)
    worse |= after.line_short > result.line_short
    for line in np.flatnonzero(worse).tolist():
        key = demand.order[line], int(demand.line[line])
        terms = lines.get(key)
        if key not in givers and (terms is None or not terms.may_lose):
            return f"{key[0]}/{key[1]}"
    return ""
