"""Agreement: scenarios netted again from the start, to see how often the days along the pegs are the same."""

from dataclasses import replace

import numpy as np

from core.planning.netting import net
from core.planning.robustness.resting import Arrivals
from core.planning.rules import ScanRules
from core.planning.snapshot import PLANNED_TRANSFER, PLANNED_WORK, WORK_ORDER, Days, Ints, Snapshot


def netted_again(snapshot: Snapshot, rules: ScanRules, *, supplies: Ints, days: Ints, lines: Ints) -> Arrivals:
    """When the lines are there if each of these supplies (positions in snapshot.supply) comes on its day, exactly; per
    scenario one netting of the whole books."""
    cover, available = (np.zeros((lines.size, days.shape[1]), dtype=np.int64) for _ in range(2))
    takes = np.isin(snapshot.supply.kind[supplies], (WORK_ORDER, PLANNED_WORK, PLANNED_TRANSFER))
    for scenario in range(days.shape[1]):
        due, start = snapshot.supply.due.copy(), snapshot.supply.start.copy()
        due[supplies] = days[:, scenario]
        start[supplies] = np.where(takes, start[supplies], days[:, scenario])
        result = net(replace(snapshot, supply=replace(snapshot.supply, due=due, start=start)), rules)
        cover[:, scenario] = result.line_cover[lines]
        available[:, scenario] = result.line_available[lines]
    return Arrivals(cover=cover, available=available)


def agreeing(one: Arrivals, other: Arrivals, promised: Days) -> float:
    """The share, 0 to 1, of lines and scenarios in which both say alike whether a line is covered by its promised
    day."""
    kept = (found.cover <= promised[:, None] for found in (one, other))
    return float(np.equal(*kept).mean()) if promised.size else 1.0
