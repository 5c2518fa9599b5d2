"""Aligning: the picture of books in which order lines are no longer asked for, line for line with those of before."""

from dataclasses import fields, replace
from typing import Any

import numpy as np

from core.planning.outcome import NetResult
from core.planning.repair.lateness import Picture, picture
from core.planning.repair.policy import RepairPolicy
from core.planning.snapshot import Ints, Snapshot


def picture_since(
    before: Snapshot, was: Picture, snapshot: Snapshot, result: NetResult, policy: RepairPolicy
) -> Picture:
    """The picture of a netting, its rows those of the books before. A line that is gone is as it was, but costs and
    exposes nothing."""
    if snapshot.demand.order is before.demand.order:
        return picture(snapshot, result, policy, promised=before.demand.due)
    rows = rows_left(before, snapshot)
    left = picture(snapshot, result, policy, promised=before.demand.due[rows])
    gone = np.ones(before.demand.due.size, dtype=np.bool_)
    gone[rows] = False
    columns: dict[str, Any] = {}
    for field in fields(Picture):
        column = getattr(was, field.name).copy()
        column[rows] = getattr(left, field.name)
        columns[field.name] = column
    aligned = Picture(**columns)
    nothing = np.zeros(gone.size, dtype=np.int64)
    return replace(
        aligned,
        groundless=aligned.groundless & ~gone,
        lateness=np.where(gone, nothing, aligned.lateness),
        exposure=np.where(gone, nothing, aligned.exposure),
    )


def rows_left(before: Snapshot, after: Snapshot) -> Ints:
    """The rows of the books before, rising, of the order lines that are still there after; there they are in the same
    order."""
    if after.demand.order is before.demand.order:
        return np.arange(before.demand.due.size)
    left = set(zip(after.demand.order, after.demand.line.tolist(), strict=True))
    keys = zip(before.demand.order, before.demand.line.tolist(), strict=True)
    return np.flatnonzero(np.array([key in left for key in keys], dtype=np.bool_))
