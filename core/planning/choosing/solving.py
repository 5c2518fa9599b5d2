"""Solving a model with HiGHS: its relaxation or the exact one, with a lower bound that holds whatever stopped it."""

from dataclasses import dataclass

import highspy
import numpy as np

from core.planning.choosing.modelling import Floats, Model
from core.planning.snapshot import Ints

_OPTIMAL = highspy.HighsModelStatus.kOptimal
_SCALE = 1000.0


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
    """The relaxation of a model, kept in the solver so that it can be solved again after a change of bounds."""

    def __init__(self, model: Model, limits: Limits) -> None:
        self._model = model
        self._solver = _passed(model, limits, whole=False)
        self._solver.setOptionValue("solver", "simplex")
        self._solver.setOptionValue("presolve", "off")

    def solved(self) -> Solved:
        """The optimum as the bounds are now. The bound is computed from the duals and holds if they are poor, too."""
        self._solver.run()
        finished = self._solver.getModelStatus() == _OPTIMAL
        solution = self._solver.getSolution()
        model = self._model
        if not solution.dual_valid:
            return Solved(values=None, bound=-np.inf, duals=np.zeros(model.row_lower.size), finished=False)
        duals = np.array(solution.row_dual) * _SCALE
        values = np.array(solution.col_value) if finished else None
        return Solved(values=values, bound=dual_bound(model, duals), duals=duals, finished=finished)

    def narrow(self, columns: Ints, lower: Floats, upper: Floats) -> None:
        """New bounds for some columns."""
        self._solver.changeColsBounds(columns.size, columns.astype(np.int32), lower, upper)

    def price(self, columns: Ints, cost: Floats) -> None:
        """New costs for some columns."""
        self._solver.changeColsCost(columns.size, columns.astype(np.int32), cost / _SCALE)


def dual_bound(model: Model, duals: Floats) -> float:
    """A lower bound on the cost from any duals: each row and each column at the bound that is best for it.

    Weak duality for bounded variables; duals of the wrong sign at a side without bound count as nothing.
    """
    dual = np.where(np.isinf(model.row_lower), np.minimum(duals, 0.0), duals)
    dual = np.where(np.isinf(model.row_upper), np.maximum(dual, 0.0), dual)
    rows = np.repeat(np.arange(model.row_lower.size), np.diff(model.start))
    reduced = model.cost - np.bincount(model.index, weights=model.value * dual[rows], minlength=model.cost.size)
    side = np.where(dual > 0, np.where(dual > 0, model.row_lower, 0.0), np.where(dual < 0, model.row_upper, 0.0))
    return float(
        (dual * np.where(dual == 0, 0.0, side)).sum() + np.minimum(reduced * model.lower, reduced * model.upper).sum()
    )


def exactly(model: Model, limits: Limits, start: Floats | None = None) -> Solved:
    """The best whole solution within the limits; `start` is one to begin with."""
    solver = _passed(model, limits, whole=True)
    if start is not None:
        known = highspy.HighsSolution()
        known.col_value = start
        solver.setSolution(known)
    solver.run()
    info = solver.getInfo()
    found: Floats = np.array(solver.getSolution().col_value, dtype=np.float64)
    none = np.zeros(model.row_lower.size)
    bound = info.mip_dual_bound * _SCALE
    finished = solver.getModelStatus() == _OPTIMAL
    usable = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible and found.size
    return Solved(values=found if usable else None, bound=bound, duals=none, finished=finished)


def _passed(model: Model, limits: Limits, *, whole: bool) -> highspy.Highs:
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
    program = highspy.HighsLp()
    program.num_col_, program.num_row_ = model.cost.size, model.row_lower.size
    program.col_cost_, program.col_lower_ = model.cost / _SCALE, model.lower
    program.col_upper_, program.row_lower_, program.row_upper_ = model.upper, model.row_lower, model.row_upper
    matrix = program.a_matrix_
    matrix.format_ = highspy.MatrixFormat.kRowwise
    matrix.start_, matrix.index_, matrix.value_ = model.start, model.index, model.value
    if whole:
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        program.integrality_ = [kinds[int(one)] for one in model.whole]
    solver.passModel(program)
    return solver
