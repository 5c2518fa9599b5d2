"""The late list as columns: every open order line that misses its promise, why, and when everything would be there."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from core.planning.outcome import NetResult
from core.planning.snapshot import Days, Ints, Positions, Snapshot


class Lateness(IntEnum):
    """How a line stands: covered by its promised date, covered later, or not covered by known supply."""

    ON_TIME = 0
    LATE = 1
    UNCOVERED = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class LateList:
    """Per line late or uncovered, in the order of snapshot.demand: its position there, its Lateness, the units without
    supply and the day everything is there, planned making and buying included."""

    at: Positions
    state: NDArray[np.int8]
    short: Ints
    available: Days


def late_list(snapshot: Snapshot, result: NetResult) -> LateList:
    """The lines of a scan that are late or uncovered."""
    state = lateness(snapshot, result)
    at = np.flatnonzero(state != Lateness.ON_TIME)
    return LateList(
        at=at.astype(np.int32), state=state[at], short=result.line_short[at], available=result.line_available[at]
    )


def lateness(snapshot: Snapshot, result: NetResult) -> NDArray[np.int8]:
    """The Lateness of every line."""
    late = (result.line_cover > snapshot.demand.due).astype(np.int8)
    late[result.line_short > 0] = Lateness.UNCOVERED
    return late
