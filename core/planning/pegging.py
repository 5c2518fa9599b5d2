"""Walking the pegs: what a requirement rests on, and which order lines a receipt serves through all levels."""

from dataclasses import dataclass

import numpy as np

from core.planning.ordering import stable_order
from core.planning.outcome import PLANNED_COMPONENT, WORK_ORDER_COMPONENT, NetResult, Pegs
from core.planning.snapshot import Flags, Ints, Positions, Snapshot
from core.planning.spans import rows_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Runs:
    """Rows grouped by owner: those of owner k are rows[first[k]] .. rows[first[k + 1] - 1]."""

    rows: Ints
    first: Ints

    def of(self, owners: Ints) -> Ints:
        """The rows of all these owners."""
        return self.rows[rows_of(self.first[owners], self.first[owners + 1] - self.first[owners])]


@dataclass(frozen=True, slots=True, kw_only=True)
class PegGraph:
    """The pegs both ways: `rows`, what is taken from elsewhere among them. `pegs` of a requirement, `eaters` (pegs) of
    a receipt, `planned` component requirements of a requirement, `components` required by a supply; `receipt_of` a
    supply, -1 where it does not count."""

    result: NetResult
    rows: Pegs
    pegs: Runs
    eaters: Runs
    planned: Runs
    components: Runs
    receipt_of: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Requirements and receipts met on a walk, rising."""

    requirements: Ints
    receipts: Ints


def peg_graph(snapshot: Snapshot, result: NetResult) -> PegGraph:
    """Index the pegs of a result."""
    needs, receipts, pegs = result.requirements, result.receipts, result.pegs
    supplies = len(snapshot.supply.number)
    receipt_of = np.full(supplies, -1)
    ordered = np.flatnonzero(receipts.supply >= 0)
    receipt_of[receipts.supply[ordered]] = ordered
    planned = np.flatnonzero(needs.kind == PLANNED_COMPONENT)
    floor = np.flatnonzero(needs.kind == WORK_ORDER_COMPONENT)
    pegs = _with_lent(pegs, result.lent)
    every = np.arange(pegs.quantity.size)
    return PegGraph(
        result=result,
        rows=pegs,
        pegs=_runs(every, pegs.requirement, needs.kind.size),
        eaters=_runs(every, pegs.receipt, receipts.eta.size),
        planned=_runs(planned, needs.ref[planned], needs.kind.size),
        components=_runs(floor, needs.ref[floor], supplies),
        receipt_of=receipt_of,
    )


def served_by(graph: PegGraph, receipts: Ints) -> Reach:
    """Up: everything that rests on these receipts, through work orders and planned making, to the order lines."""
    needs, pegs = graph.result.requirements, graph.rows
    met, met_receipts = _none_met(graph)
    met_receipts[receipts] = True
    front = pegs.requirement[graph.eaters.of(receipts)].astype(np.int64)
    while front.size:
        front = np.unique(front[~met[front]])
        met[front] = True
        kind, ref = needs.kind[front], needs.ref[front].astype(np.int64)
        made = graph.receipt_of[ref[kind == WORK_ORDER_COMPONENT]]
        made = np.unique(made[~met_receipts[made]])
        met_receipts[made] = True
        onward = pegs.requirement[graph.eaters.of(made)]
        front = np.concatenate((ref[kind == PLANNED_COMPONENT], onward))
    return Reach(requirements=np.flatnonzero(met), receipts=np.flatnonzero(met_receipts))


def rests_on(graph: PegGraph, requirements: Ints) -> Reach:
    """Down: everything these requirements rest on, the components of the work orders that serve them included."""
    pegs, supply = graph.rows, graph.result.receipts.supply
    met, met_receipts = _none_met(graph)
    front = requirements
    while front.size:
        front = np.unique(front[~met[front]])
        met[front] = True
        eaten = pegs.receipt[graph.pegs.of(front)]
        eaten = np.unique(eaten[~met_receipts[eaten]])
        met_receipts[eaten] = True
        ordered = supply[eaten][supply[eaten] >= 0].astype(np.int64)
        front = np.concatenate((graph.planned.of(front), graph.components.of(ordered)))
    return Reach(requirements=np.flatnonzero(met), receipts=np.flatnonzero(met_receipts))


def _with_lent(pegs: Pegs, lent: Pegs) -> Pegs:
    if lent.quantity.size == 0:
        return pegs
    return Pegs(
        requirement=np.concatenate((pegs.requirement, lent.requirement)),
        receipt=np.concatenate((pegs.receipt, lent.receipt)),
        quantity=np.concatenate((pegs.quantity, lent.quantity)),
    )


def _runs(rows: Ints, owner: Positions, owners: int) -> Runs:
    order = stable_order(owner.astype(np.int64))
    first = np.concatenate(([0], np.cumsum(np.bincount(owner, minlength=owners)))).astype(np.int64)
    return Runs(rows=rows[order], first=first)


def _none_met(graph: PegGraph) -> tuple[Flags, Flags]:
    return np.zeros(graph.result.requirements.kind.size, dtype=np.bool_), np.zeros(
        graph.result.receipts.eta.size, dtype=np.bool_
    )
