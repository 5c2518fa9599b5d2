"""Odds: how sure the promises of order lines are, where what they wait for may come late."""

from collections.abc import Sequence

from core.domain.errors import NotFoundError
from core.domain.ids import OrderNo
from core.domain.robustness import PromiseOdds
from core.planning.netting import net
from core.planning.pegging import peg_graph
from core.planning.positions import line_position
from core.planning.robustness.promises import promise_odds
from core.ports.storage import UnitOfWork
from core.services.track_records import supplier_chances
from core.services.what_if import rules_for


def how_sure(uow: UnitOfWork, lines: Sequence[tuple[OrderNo, int]]) -> tuple[PromiseOdds, ...]:
    """How sure the promise of each of these order lines is, under the rules of the last scan; nothing is kept.
    NotFoundError where one is not open."""
    snapshot = uow.snapshot()
    positions: list[int] = []
    for order, line in lines:
        at = line_position(snapshot, order, line)
        if at is None:
            raise NotFoundError(f"there is no open order line {order}/{line}; say order and line as they are open")
        positions.append(at)
    graph = peg_graph(snapshot, net(snapshot, rules_for(uow, None)))
    chances = supplier_chances(uow, as_of=snapshot.as_of)
    return tuple(promise_odds(snapshot, graph, at, chances) for at in positions)
