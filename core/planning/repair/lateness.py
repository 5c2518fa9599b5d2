"""Lateness: what a netting costs in days late and units uncovered, counted from the dates promised before."""

from dataclasses import dataclass

import numpy as np

from core.planning.exposure import PENALTY_SCALE, UNKNOWN_DATE_DAYS, Standing, cents, standing
from core.planning.outcome import NetResult
from core.planning.repair.grounding import groundless
from core.planning.repair.policy import RepairPolicy
from core.planning.snapshot import NEVER, Days, Flags, Ints, Snapshot

_PERCENT = PENALTY_SCALE // 100


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
    kept = (result.line_short == 0) & (result.line_cover <= promised)
    return Picture(
        due=snapshot.demand.due,
        projected=result.line_available,
        short=result.line_short,
        kept=kept,
        groundless=unfounded,
        lateness=_lateness(snapshot, result, policy, stand, promised=promised, kept=kept, unfounded=unfounded),
        exposure=stand.cents,
    )


def thin(snapshot: Snapshot, result: NetResult, *, promised: Days) -> Flags:
    """Lines whose last units are still to come, with less slack to the promised date than the buffer."""
    to_come = result.line_cover > snapshot.as_of
    return to_come & (promised.astype(np.int64) - result.line_cover < snapshot.buffer_days)


def _lateness(
    snapshot: Snapshot,
    result: NetResult,
    policy: RepairPolicy,
    stand: Standing,
    *,
    promised: Days,
    kept: Flags,
    unfounded: Flags,
) -> Ints:
    demand = snapshot.demand
    projected = result.line_available.astype(np.int64)
    days = np.where(projected == NEVER, UNKNOWN_DATE_DAYS, np.maximum(projected - promised, 0))
    days = np.where(unfounded, np.maximum(days, UNKNOWN_DATE_DAYS), days)
    days = np.where(kept, thin(snapshot, result, promised=promised), days)
    penalty = np.maximum(demand.penalty, policy.least_penalty)
    units = np.where(unfounded, stand.late_units + stand.short, stand.short)
    percent = np.where(unfounded, policy.unordered_percent, policy.planned_percent) * _PERCENT
    untold = ~kept & (demand.due == promised)
    silent = np.where(untold, int(policy.unannounced * 100), 0)
    return cents(demand.price, (demand.quantity, penalty * days), (np.where(kept, 0, units), percent)) + silent
