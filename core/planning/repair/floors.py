"""Floors: what a reallocation may take at most, so that no line whose strategy keeps what it has comes later by it.

Taking units from a line that may lose moves those behind it, too: the netting serves them anew.
"""

from collections.abc import Callable, Mapping

import numpy as np

from core.domain.cases import Case
from core.domain.plans import Action
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
    giver: LineKey,
    most: int,
    action: Callable[[int], Action],
) -> tuple[int, str]:
    """The most units the action may take from the giver, found by halving, and the first line it would stop at (empty
    where all may be taken). A line that is not named keeps what it has."""

    def broken(units: int) -> str:
        return _broken(snapshot, result, lines, giver=giver, action=action(units))

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


def _broken(
    snapshot: Snapshot,
    result: NetResult,
    lines: Mapping[LineKey, LineTerms],
    *,
    giver: LineKey,
    action: Action,
) -> str:
    """The first line that keeps what it has and would miss its promise, or miss it by more, with the action."""
    after = net(apply(snapshot, [action]), result.rules)
    demand = snapshot.demand
    worse = (after.line_available > result.line_available) & (after.line_available > demand.due)
    worse |= after.line_short > result.line_short
    for line in np.flatnonzero(worse).tolist():
        key = demand.order[line], int(demand.line[line])
        terms = lines.get(key)
        if key != giver and (terms is None or not terms.may_lose):
            return f"{key[0]}/{key[1]}"
    return ""
