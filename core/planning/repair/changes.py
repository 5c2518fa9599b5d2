"""Changes: what a trial does to every order line it moves."""

import numpy as np

from core.domain.ids import CustomerCode, ItemCode, OrderNo
from core.domain.options import LineChange
from core.planning.exposure import UNKNOWN_DATE_DAYS, in_money
from core.planning.repair.lateness import Picture
from core.planning.snapshot import NEVER, Flags, Snapshot, date_of, day_of


def moved(before: Picture, after: Picture) -> Flags:
    """The lines whose promised date, projected date or uncovered units change."""
    return (before.due != after.due) | (before.projected != after.projected) | (before.short != after.short)


def changes_of(snapshot: Snapshot, before: Picture, after: Picture) -> tuple[LineChange, ...]:
    """The lines that move, in the order of the books."""
    return tuple(_change(snapshot, before, after, int(at)) for at in np.flatnonzero(moved(before, after)))


def helped(before: Picture, after: Picture) -> Flags:
    """Lines that move, missed their promise or had little slack, and have more units covered; or as many, and the day
    rests on firmer ground or comes sooner."""
    as_many, firmer, looser = _compared(before, after)
    better = as_many & (firmer | ((after.projected < before.projected) & ~looser))
    return (before.lateness > 0) & moved(before, after) & ((after.short < before.short) | better)


def hurt(before: Picture, after: Picture) -> Flags:
    """Lines that move, miss their promise or have little slack, and have fewer units covered; or as many, and the day
    rests on nothing now or comes later."""
    as_many, firmer, looser = _compared(before, after)
    worse = as_many & (looser | ((after.projected > before.projected) & ~firmer))
    return (after.lateness > 0) & moved(before, after) & ((after.short > before.short) | worse)


def _compared(before: Picture, after: Picture) -> tuple[Flags, Flags, Flags]:
    firmer, looser = before.groundless & ~after.groundless, ~before.groundless & after.groundless
    return after.short == before.short, firmer, looser


def recovered(before: Picture, after: Picture) -> int:
    """How many lines miss the promise given before without the plan and keep it with the plan."""
    return int((~before.kept & after.kept).sum())


def _change(snapshot: Snapshot, before: Picture, after: Picture, at: int) -> LineChange:
    demand = snapshot.demand
    was, will = int(before.projected[at]), int(after.projected[at])
    horizon = max(int(before.due[at]), snapshot.as_of) + UNKNOWN_DATE_DAYS
    return LineChange(
        order=OrderNo(demand.order[at]),
        line=int(demand.line[at]),
        customer=CustomerCode(snapshot.parties.customer[int(demand.customer[at])]),
        item=ItemCode(snapshot.items.code[int(demand.item[at])]),
        due_before=date_of(int(before.due[at])),
        due_after=date_of(int(after.due[at])),
        projected_before=day_of(was),
        projected_after=day_of(will),
        short_before=int(before.short[at]),
        short_after=int(after.short[at]),
        gained=(horizon if was == NEVER else was) - (horizon if will == NEVER else will),
        exposure_before=in_money(int(before.exposure[at])),
        exposure_after=in_money(int(after.exposure[at])),
    )
