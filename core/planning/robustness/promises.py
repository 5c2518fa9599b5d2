"""How sure promises are: the share of scenarios in which what a line waits for comes in time."""

import numpy as np

from core.domain.ids import OrderNo
from core.domain.robustness import PromiseOdds, percent
from core.planning.pegging import PegGraph
from core.planning.robustness.drawing import Chances, drawn_days, uncertain
from core.planning.robustness.resting import arrivals, resting
from core.planning.snapshot import Ints, Snapshot, date_of, day_of


def promise_odds(snapshot: Snapshot, graph: PegGraph, line: int, chances: Chances) -> PromiseOdds:
    """How sure the promise of an order line (a position in snapshot.demand) is; a line with units that no supply covers
    holds in no scenario."""
    demand, supply = snapshot.demand, snapshot.supply
    rest = resting(snapshot, graph, np.array([line], dtype=np.int64), moved=uncertain(snapshot, chances))
    due, result = int(demand.due[line]), graph.result
    cover, days = result.line_cover[[line]].astype(np.int64), result.line_available[[line]].astype(np.int64)
    if rest.lines.size:
        found = arrivals(rest, drawn_days(snapshot, rest.supplies, chances))
        cover, days = found.cover[0], np.sort(found.available[0])
    kept = (cover <= due) & (result.line_short[line] == 0)
    return PromiseOdds(
        order=OrderNo(demand.order[line]),
        line=int(demand.line[line]),
        promised=date_of(due),
        holds=percent(int(kept.sum()), kept.size),
        likely=day_of(_at(days, 10)),
        median=day_of(_at(days, 50)),
        late=day_of(_at(days, 90)),
        rests_on=tuple(sorted({supply.number[at] for at in map(int, rest.supplies)})),
        scenarios=chances.scenarios,
    )


def _at(days: Ints, share: int) -> int:
    """The day by which all is there in that percent of the scenarios (rising days)."""
    return int(days[max(0, -(-share * days.size // 100) - 1)])
