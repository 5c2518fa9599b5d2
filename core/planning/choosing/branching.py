"""Branching: the cheapest whole plan of a problem, asked for many times under one more condition each.

The relaxation of the exact model stays in the solver; each question is solved from the answer before. What is not whole
is halved: no more than below, or no less than above, until the relaxation is whole or costs more than a plan known.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.planning.choosing.columns import NOWHERE, Columns
from core.planning.choosing.drafting import Floats
from core.planning.choosing.modelling import model_of
from core.planning.choosing.placing import placed
from core.planning.choosing.solving import Limits, Relaxation

_WHOLE, _SAME = 1e-6, 1e-8


@dataclass(frozen=True, slots=True, kw_only=True)
class Cheapest:
    """What the cheapest plan found costs, None where there is none; `proven` where no other can cost less, or there is
    proven to be none; `bound` is what all cost at least, None where that is not known."""

    cost: int | None
    bound: float | None
    proven: bool


class Branching:
    """The problem of these columns, each question answered within so many nodes."""

    def __init__(self, columns: Columns, limits: Limits) -> None:
        self._columns, self._nodes = columns, limits.nodes
        self._model = model = model_of(columns, exact=True)
        self._relaxation = Relaxation(model, limits, strict=True)
        self._lower, self._upper = np.zeros(model.cost.size), model.upper.copy()
        units = model.ways + model.shortages
        opening = np.concatenate([model.opens[1], model.tiers.share, model.paid[model.paid != NOWHERE]])
        self._order = np.unique(opening), np.arange(units, model.cost.size), np.arange(units)
        self._left = 0
        self._best: int | None = None

    def cheapest(self, ways: Sequence[int] = (), least: int = 0) -> Cheapest:
        """The cheapest plan in which these ways bring so many units together at least."""
        row = self._relaxation.insist(np.array(ways, dtype=np.int64), least) if ways else None
        self._left, self._best = self._nodes, None
        bound = self._relaxation.optimum()[0]
        proven = self._searched()
        if row is not None:
            self._relaxation.relent(row)
        return Cheapest(cost=self._best, bound=bound, proven=proven)

    def _searched(self) -> bool:
        """Whether all plans within the bounds as they are were looked at or are known to cost no less than the best."""
        if not self._left:
            return False
        self._left -= 1
        cost, values = self._relaxation.optimum()
        if cost is None or values is None:
            return self._relaxation.infeasible
        near = _SAME * max(1.0, abs(cost)) + 0.5
        if self._best is not None and cost > self._best - near:
            return True
        at = self._broken(values)
        if at is None:
            plan = placed(self._columns, values)
            if plan is not None and (self._best is None or plan.total < self._best):
                self._best = plan.total
            return plan is not None and plan.total <= cost + near
        return self._halved(at, float(np.floor(values[at])))

    def _broken(self, values: Floats) -> int | None:
        """The variable that is furthest from whole: of what opens sources and is paid once if any is not, else of all
        shares and lots, else of units."""
        off = np.abs(values - np.rint(values))
        for among in self._order:
            if among.size and off[at := int(among[np.argmax(off[among])])] > _WHOLE:
                return at
        return None

    def _halved(self, at: int, below: float) -> bool:
        lower, upper, done = self._lower[at], self._upper[at], True
        for least, most in ((below + 1.0, upper), (lower, below)):
            self._bound(at, least, most)
            done = self._searched() and done
        self._bound(at, lower, upper)
        return done

    def _bound(self, at: int, lower: float, upper: float) -> None:
        self._lower[at], self._upper[at] = lower, upper
        self._relaxation.narrow(np.array([at]), np.array([lower]), np.array([upper]))
