"""Solving a model with HiGHS: its relaxation or the exact one, with a lower bound that holds whatever stopped it."""

from dataclasses import dataclass

import highspy
import numpy as np

from core.planning.choosing.columns import NOWHERE
from core.planning.choosing.drafting import Floats
from core.planning.choosing.modelling import Model
from core.planning.snapshot import Ints, Positions
from core.planning.spans import rows_of

_OPTIMAL = highspy.HighsModelStatus.kOptimal
_STOPPED = (highspy.HighsModelStatus.kTimeLimit, highspy.HighsModelStatus.kSolutionLimit)
_REFUSED = highspy.HighsStatus.kError
_SCALE = 1000.0
_DANTZIG = 0
_BROKEN, _HARDLY_ANY = 1e-3, 1e-3


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """When the solver stops: seconds are a safety, nodes the rule; `gap` is the share of the answer that is enough."""

    seconds: float
    nodes: int = 0
    gap: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Solved:
    """What the solver found: the variables' values (None: nothing), a lower bound on the cost, what a unit more of each
    row's right side is worth (duals), and whether it got to the end."""

    values: Floats | None
    bound: float
    duals: Floats
    finished: bool


class Relaxation:
    """The relaxation of a model, kept in the solver so that it can be solved again after a change of bounds. It begins
    with the core of the rows; those that an answer breaks join it until hardly any is broken (if `strict`, until none
    is): a row left out only makes the bound a little lower."""

    def __init__(self, model: Model, limits: Limits, *, strict: bool = False) -> None:
        self._model, self._few = model, 0.0 if strict else _HARDLY_ANY * model.core
        self._rows = np.arange(model.core)
        self._out = np.arange(model.core, model.row_lower.size)
        self._solver = _passed(model, limits, self._rows, whole=False)
        self._solver.setOptionValue("solver", "simplex")
        self._solver.setOptionValue("presolve", "off")
        self._solver.setOptionValue("simplex_dual_edge_weight_strategy", _DANTZIG)

    def solved(self, *, joining: bool = True) -> Solved:
        """The optimum as the bounds are now, of the rows it has unless others are `joining`. The bound is computed from
        the duals and holds if they are poor, too."""
        finished, values = self._run(joining=joining)
        solution = self._solver.getSolution()
        duals = np.zeros(self._model.row_lower.size)
        if not solution.dual_valid or len(solution.row_dual) != self._rows.size:
            return Solved(values=None, bound=-np.inf, duals=duals, finished=False)
        own = self._rows != NOWHERE
        duals[self._rows[own]] = np.array(solution.row_dual)[own] * _SCALE
        bound = dual_bound(self._model, duals)
        return Solved(values=values if finished else None, bound=bound, duals=duals, finished=finished)

    def insist(self, columns: Ints, least: int) -> int:
        """From now on these columns make so much together at least; gives the row to `relent`."""
        self._solver.addRow(float(least), np.inf, columns.size, columns.astype(np.int32), np.ones(columns.size))
        self._rows = np.append(self._rows, NOWHERE)
        return self._rows.size - 1

    def relent(self, row: int) -> None:
        """That row says nothing any more."""
        self._solver.changeRowBounds(row, -np.inf, np.inf)

    def optimum(self) -> tuple[float | None, Floats | None]:
        """What the optimum costs as the bounds are now, and its values; None where there is none or the solver gave up.
        It is solved from the answer before, so that many are asked for soon."""
        finished, values = self._run(joining=True)
        if not finished:
            return None, None
        return float(self._solver.getInfo().objective_function_value) * _SCALE, values

    @property
    def infeasible(self) -> bool:
        """Whether the last run showed that nothing is possible."""
        return self._solver.getModelStatus() == highspy.HighsModelStatus.kInfeasible

    def _run(self, *, joining: bool) -> tuple[bool, Floats]:
        """Whether the solver got to the end, and the values it then has."""
        while True:
            self._solver.run()
            values: Floats = np.array(self._solver.getSolution().col_value, dtype=np.float64)
            finished = self._solver.getModelStatus() == _OPTIMAL and _sound(values)
            if not (joining and finished and self._join(values)):
                return finished, values

    def _join(self, values: Floats) -> bool:
        """Add the rows that the values break where they are more than hardly any; whether they were."""
        model = self._model
        start, index, value = _picked(model, self._out)
        sums = np.bincount(np.repeat(np.arange(self._out.size), np.diff(start)), value * values[index], self._out.size)
        lower, upper = model.row_lower[self._out], model.row_upper[self._out]
        broken = np.maximum(sums - upper, lower - sums) > _BROKEN
        rows = self._out[broken]
        if rows.size <= self._few:
            return False
        start, index, value = _picked(model, rows)
        taken = self._solver.addRows(rows.size, lower[broken], upper[broken], index.size, start, index, value)
        if taken == _REFUSED:  # numbers larger than it takes: without these rows it is still a lower bound
            return False
        self._out, self._rows = self._out[~broken], np.concatenate([self._rows, rows])
        return True

    def narrow(self, columns: Ints, lower: Floats, upper: Floats) -> None:
        """New bounds for some columns."""
        self._solver.changeColsBounds(columns.size, columns.astype(np.int32), lower, upper)


def _sound(values: Floats) -> bool:
    """Whether the solver gave values at all, and numbers."""
    return values.size > 0 and bool(np.isfinite(values).all())


def _picked(model: Model, rows: Ints) -> tuple[Positions, Positions, Floats]:
    """The matrix of some rows of a model, as the solver takes it."""
    sizes = np.diff(model.start)[rows]
    at = rows_of(model.start[rows], sizes)
    start = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(sizes)])
    return start.astype(np.int32), model.index[at].astype(np.int32), model.value[at]


def dual_bound(model: Model, duals: Floats) -> float:
    """A lower bound on the cost from any duals: each row and each column at the bound that is best for it.

    Weak duality for bounded variables; duals of the wrong sign at a side without bound count as nothing.
    """
    dual = np.where(np.isinf(model.row_lower), np.minimum(duals, 0.0), duals)
    dual = np.where(np.isinf(model.row_upper), np.maximum(dual, 0.0), dual)
    rows = np.repeat(np.arange(model.row_lower.size), np.diff(model.start))
    reduced = model.cost - np.bincount(model.index, weights=model.value * dual[rows], minlength=model.cost.size)
    side = np.where(dual > 0, np.where(dual > 0, model.row_lower, 0.0), np.where(dual < 0, model.row_upper, 0.0))
    return float((dual * np.where(dual == 0, 0.0, side)).sum() + np.minimum(0.0, reduced * model.upper).sum())


def exactly(model: Model, limits: Limits, start: Floats | None = None) -> Solved:
    """The best whole solution within the limits; `start` is one to begin with."""
    solver = _passed(model, limits, np.arange(model.row_lower.size), whole=True)
    if start is not None:
        known = highspy.HighsSolution()
        known.col_value = start
        solver.setSolution(known)
    solver.run()
    info = solver.getInfo()
    found: Floats = np.array(solver.getSolution().col_value, dtype=np.float64)
    none = np.zeros(model.row_lower.size)
    finished = solver.getModelStatus() == _OPTIMAL
    bound = info.mip_dual_bound * _SCALE if finished or solver.getModelStatus() in _STOPPED else -np.inf
    usable = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible and _sound(found)
    return Solved(values=found if usable else None, bound=bound, duals=none, finished=finished)


def _passed(model: Model, limits: Limits, rows: Ints, *, whole: bool) -> highspy.Highs:
    """One thread: two would not give the same answer in the same order twice."""
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("random_seed", 1)
    solver.setOptionValue("time_limit", limits.seconds)
    if whole:
        solver.setOptionValue("mip_rel_gap", limits.gap)
        if limits.nodes:
            solver.setOptionValue("mip_max_nodes", limits.nodes)
    start, index, value = _picked(model, rows)
    solver.passModel(
        model.cost.size,
        rows.size,
        index.size,
        int(highspy.MatrixFormat.kRowwise),
        int(highspy.ObjSense.kMinimize),
        0.0,
        model.cost / _SCALE,
        np.zeros(model.cost.size),
        model.upper,
        model.row_lower[rows],
        model.row_upper[rows],
        start,
        index,
        value,
        np.full(model.cost.size, int(whole), dtype=np.int32),
    )
    return solver
