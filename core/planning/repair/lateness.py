"""Lateness: what a netting costs in days late and units uncovered, counted from the dates promised before."""

from dataclasses import dataclass

import numpy as np

from core.planning.exposure import standing
from core.planning.outcome import NetResult
from core.planning.repair.grounding import groundless
from core.planning.repair.late_terms import late_terms
from core.planning.repair.policy import RepairPolicy
from core.planning.snapshot import Days, Flags, Ints, Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One netting, per open line: the promised date of its books, the projected one, units short, whether the promise
    given before is kept, whether its date rests on nothing, the cost of lateness and the exposure, both in cents."""

    due: Days
    projected: Days
    short: Ints
    kept: Flags
    groundless: Flags
    lateness: Ints
    exposure: Ints


def picture(snapshot: Snapshot, result: NetResult, policy: RepairPolicy, *, promised: Days) -> Picture:
    """The picture of a netting; `promised` are the dates promised before."""
    unfounded, stand = groundless(snapshot, result), standing(snapshot, result)
    late = stand.late_units
    terms = late_terms(snapshot, result, policy, promised=promised, unfounded=unfounded, late=late)
    cover, available = (days.astype(np.int64)[:, None] for days in (result.line_cover, result.line_available))
    return Picture(
        due=snapshot.demand.due,
        projected=result.line_available,
        short=result.line_short,
        kept=terms.kept(cover)[:, 0],
        groundless=unfounded,
        lateness=terms.cents(cover, available)[:, 0],
        exposure=stand.cents,
    )
