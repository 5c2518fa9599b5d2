"""Fair share at one node of a view, as netting finds it for all (fair_sharing.py)."""

import numpy as np

from core.planning.fair_sharing import portions
from core.planning.snapshot import Ints
from core.planning.whatif import columns as of
from core.planning.whatif.state import State


def covered_fairly(state: State, asked: Ints, coming: Ints) -> Ints:
    """How many units of each requirement are covered, of a node's in the order they are served."""
    rest, units = asked[of.QUANTITY].copy(), coming[of.UNITS]
    if units.sum() >= rest.sum():
        return rest
    today = state.resident.snapshot.as_of
    need, there = np.maximum(asked[of.NEED], today), _believed(state, coming)
    days = np.unique(need)
    come = [*(int(units[there < day].sum()) for day in days[1:].tolist()), int(units.sum())]
    given = 0
    for last, pool in zip(np.searchsorted(need, days, side="right").tolist(), come, strict=True):
        waiting = rest[:last]
        total = int(waiting.sum())
        if total > pool - given:
            waiting -= portions(np.array([pool - given]), waiting.copy(), np.array([last]))
            given = pool
        else:
            waiting[:] = 0
            given += total
    return asked[of.QUANTITY] - rest


def _believed(state: State, coming: Ints) -> Ints:
    """The days the receipts are believed to come, their components being there in time."""
    today = state.resident.snapshot.as_of
    supplies = coming[of.SUPPLY].tolist()
    return np.array([today if at < 0 else state.believed(state.supply(at)) for at in supplies], dtype=np.int64)
