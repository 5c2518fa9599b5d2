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
    """Lines that come sooner than was projected before, or have a date where there was none."""
    return after.projected < before.projected


def hurt(before: Picture, after: Picture) -> Flags:
    """Lines that come later than was projected before, or lose their date, and miss the promise given before."""
    return (after.projected > before.projected) & ~after.kept


def recovered(before: Picture, after: Picture) -> int:
    """How many lines miss the promise given before without the plan and keep it with the plan."""
    return int((~before.kept & after.kept).sum())


def _change(snapshot: Snapshot, before: Picture, after: Picture, at: int) -> LineChange:
    demand = snapshot.demand
    was, will = int(before.projected[at]), int(after.projected[at])
    due = max(int(before.due[at]), snapshot.as_of)
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
        gained=_gained(was, will, due=due),
        exposure_before=in_money(int(before.exposure[at])),
        exposure_after=in_money(int(after.exposure[at])),
    )


def _gained(was: int, will: int, *, due: int) -> int:
    """The days gained; an unknown date stands for some days after the one due, and is never better than a known one."""
    unknown = due + UNKNOWN_DATE_DAYS
    if was == NEVER and will != NEVER:
        return max(1, unknown - will)
    if will == NEVER and was != NEVER:
        return min(-1, was - unknown)
    return was - will
