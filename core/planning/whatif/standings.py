"""How order lines stand after a netting, as columns (difference.py)."""

import numpy as np

from core.planning.exposure import PENALTY_SCALE, UNKNOWN_DATE_DAYS, cents, standing
from core.planning.outcome import NetResult
from core.planning.snapshot import NEVER, Ints, Snapshot
from core.planning.whatif import columns as of
from core.planning.whatif.difference import CENTS, DUE, LATE, ON_TIME, PROJECTED, QUANTITY, SHORT, STANDING


def standing_of(snapshot: Snapshot, result: NetResult) -> Ints:
    """How every open line stands."""
    stand, demand = standing(snapshot, result), snapshot.demand
    columns = np.empty((STANDING, demand.quantity.size), dtype=np.int64)
    columns[DUE], columns[QUANTITY], columns[SHORT] = demand.due, demand.quantity, stand.short
    columns[LATE], columns[PROJECTED] = stand.late_units, result.line_available
    columns[ON_TIME], columns[CENTS] = stand.on_time, stand.cents
    return columns


def late_units(asked: Ints, coming: Ints, as_of: int) -> Ints:
    """Units of each requirement of a node that are served by receipts that come after the day of need: receipts are
    eaten in order of date behind the stock, so those in time are one stretch of them."""
    need, short = asked[of.NEED], asked[of.SHORT]
    covered = asked[of.QUANTITY] - short
    if coming.shape[1] == 0:
        return np.zeros_like(need)
    running: Ints = np.concatenate(([0], coming[of.UNITS].cumsum()))
    stock = 1 if coming[of.SUPPLY, 0] < 0 else 0
    in_time = running[stock + coming[of.ETA, stock:].searchsorted(need, "right")]
    begin = np.where(need < as_of, running[stock], 0)
    high = asked[of.HIGH]
    held: Ints = np.minimum(high, in_time) - np.maximum(high - covered, begin)
    return covered - held.clip(0)


def at_stake(columns: Ints, price: Ints, penalty: Ints) -> Ints:
    """What is at stake on lines that stand so, in cents: the same as exposure.py finds."""
    projected = columns[PROJECTED]
    days = np.where(projected == NEVER, UNKNOWN_DATE_DAYS, np.maximum(projected - columns[DUE], 0))
    days = np.where(columns[ON_TIME] == 1, 0, days)
    late = columns[LATE] + columns[SHORT]
    whole = np.full(late.size, PENALTY_SCALE)
    return cents(price, (late, whole), (columns[QUANTITY], penalty * days))
