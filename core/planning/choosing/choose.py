"""Choosing: the cheapest plan over all shortages together that can be found, and the proof of how good it is.

Greedy first: it is the answer where nothing better is found. Then each part of the problem that shares nothing with the
others: the relaxation gives a lower bound and prices, guided rounding a plan, local search improves it, and a part that
is small is solved exactly within limits.
"""

from dataclasses import dataclass
from math import ceil, isfinite
from operator import mul

import numpy as np

from core.planning.choosing.columns import Columns, columns_of
from core.planning.choosing.components import components_of
from core.planning.choosing.drafting import Floats
from core.planning.choosing.greedy import greedy
from core.planning.choosing.ledger import Ledger
from core.planning.choosing.modelling import model_of
from core.planning.choosing.placing import placed, values_of
from core.planning.choosing.plan import Plan, Price, Stopped
from core.planning.choosing.problem import Problem
from core.planning.choosing.rounding import dived, rounded
from core.planning.choosing.searching import Moves, improve
from core.planning.choosing.solving import Limits, Relaxation, Solved, exactly
from core.planning.choosing.stating import Part, stated
from core.planning.snapshot import Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """How hard to look. Parts of up to `small` shortages are solved exactly, those over `tiny` only to `gap` of the
    cost, all within so many `nodes`; `moves` are tried by local search, `dives` rounds of guided rounding made, in
    parts up to `medium` with all rows that matter. `seconds` is a safety for each call of the solver: only when it
    strikes does the answer depend on the machine, and the plan says so."""

    small: int = 150
    tiny: int = 40
    medium: int = 2_000
    moves: int = 12_000
    dives: int = 6
    nodes: int = 200
    gap: float = 0.018
    seconds: float = 20.0


DEFAULT_EFFORT = Effort()
_ROUNDING, _TOLERANCE = 1e-9, 1e-6
"""What may be wrong with a bound that we computed from any duals, and with one of the solver."""


def choose(problem: Problem, effort: Effort = DEFAULT_EFFORT) -> Plan:
    """The plan. It costs no more than the greedy one and no less than its bound, and every number in it is whole."""
    columns = columns_of(problem)
    parts = components_of(columns, most=effort.tiny)
    whole = len(parts) == 1
    return stated(problem, [_solved(columns if whole else columns_of(part), effort) for part in parts])


def _solved(columns: Columns, effort: Effort) -> Part:
    first = Ledger(columns)
    greedy(first)
    cost = first.total
    relaxation = Relaxation(model := model_of(columns, exact=False), Limits(seconds=effort.seconds))
    relaxed = relaxation.solved()
    best, stopped = first, Stopped.MOVES if relaxed.finished else Stopped.LIMIT
    moves = Moves(left=effort.moves)
    if relaxed.values is not None:
        joining = len(columns.units) <= effort.medium
        guide = dived(model, relaxation, relaxed.values, rounds=effort.dives, joining=joining)
        candidate = rounded(columns, model, guide)
        improve(candidate, moves)
        best = candidate if candidate.total < best.total else best
    else:
        stopped = Stopped.NOTHING
    if best is first:
        improve(best, moves)
    bound = _whole(relaxed.bound, _least(columns), off=_ROUNDING)
    if len(columns.units) <= effort.small and relaxed.finished and best.total > bound:
        best, bound, stopped = _exact(columns, best, bound, effort)
    if best.total == bound:
        stopped = Stopped.OPTIMAL
    return Part(
        ledger=best,
        greedy=cost,
        bound=min(bound, best.total),
        stopped=stopped,
        pools=_prices(columns.pool, relaxed, model.pool_rows, sign=-1.0),
        reserves=_prices(columns.shortage, relaxed, np.arange(len(columns.shortage)), sign=1.0),
    )


def _exact(columns: Columns, known: Ledger, bound: int, effort: Effort) -> tuple[Ledger, int, Stopped]:
    """The exact model from the plan known; what of it is better."""
    model = model_of(columns, exact=True)
    near = known.total - bound <= effort.gap * abs(bound)
    gap = effort.gap if len(columns.units) > effort.tiny and not near else 0.0
    limits = Limits(seconds=effort.seconds, nodes=effort.nodes, gap=gap)
    solved = exactly(model, limits, values_of(model, known))
    found = placed(columns, solved.values) if solved.values is not None else None
    best = found if found is not None and found.total < known.total else known
    bound = max(bound, _whole(solved.bound, bound, off=_TOLERANCE))
    proven = Stopped.CLOSE if gap else Stopped.OPTIMAL
    return best, bound, proven if solved.finished else Stopped.LIMIT


def _whole(bound: float, least: int, *, off: float) -> int:
    """A bound as whole money: the cost is whole, so it rounds up; such a share is taken off for what may be wrong."""
    return max(least, ceil(bound - off * max(1.0, abs(bound)))) if isfinite(bound) else least


def _least(columns: Columns) -> int:
    """What every plan costs at least: each unit by its cheapest way with nothing paid once, and nothing gained by
    buying more."""
    cheapest = [min(price for _, price in lots.tiers) - lots.holding for lots in columns.lots]
    least = list(columns.waiting)
    for cost, source, shortage in zip(columns.unit, columns.way_source, columns.way_shortage, strict=True):
        if cost + cheapest[source] < least[shortage]:
            least[shortage] = cost + cheapest[source]
    return sum(map(mul, columns.units, least))


def _prices(ids: list[str], solved: Solved, rows: Ints, *, sign: float) -> tuple[Price, ...]:
    values: Floats = sign * solved.duals[rows]
    return tuple(Price(id=name, value=value) for name, value in zip(ids, values.tolist(), strict=True))
