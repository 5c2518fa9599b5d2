"""Pegs found and followed through work orders and planned making, up and down."""

import numpy as np
from hypothesis import given, settings

from core.planning.netting import net
from core.planning.outcome import SALES_LINE
from core.planning.pegging import PegGraph, peg_graph, rests_on, served_by
from core.planning.rules import Policy, ScanRules
from core.planning.snapshot import Snapshot
from tests.core.planning.books import book
from tests.core.planning.strategies import books, scan_rules

_RULES = ScanRules(policy=Policy.FIRST_COME, pool_locations=True)


def _chain() -> tuple[Snapshot, PegGraph]:
    """A purchase order of seals serves a work order and a planned pump, which serve two lines."""
    snapshot = book(
        items=[("PUMP", True, 2), ("SEAL",), ("WASHER",)],
        bom=[("PUMP", "SEAL")],
        demand=[("S1", 1, "PUMP", 3, 9), ("S2", 1, "PUMP", 4, 12), ("S3", 1, "WASHER", 1, 5)],
        stock=[("PUMP", 2), ("WASHER", 1)],
        supply=[("WO", "W1", "PUMP", 3, 8, "", 4), ("PO", "P1", "SEAL", 9, 3)],
        sources=[("SEAL", "V1", 5)],
    )
    return snapshot, peg_graph(snapshot, net(snapshot, _RULES))


def test_a_purchase_order_serves_the_lines_of_what_it_goes_into() -> None:
    _, graph = _chain()

    assert _lines(graph, 1) == [0, 1]


def test_a_work_order_alone_serves_the_lines_pegged_to_it() -> None:
    _, graph = _chain()

    assert _lines(graph, 0) == [0, 1]


def test_a_line_rests_on_the_components_of_its_work_order() -> None:
    _, graph = _chain()
    kinds, supply = graph.result.requirements.kind, graph.result.receipts.supply

    reach = rests_on(graph, np.array([1]))

    assert kinds[reach.requirements].tolist() == [0, 1, 2]
    assert supply[reach.receipts].tolist() == [0, 1]


def test_supply_that_does_not_count_serves_nobody() -> None:
    snapshot = book(items=[("A",)], demand=[("S1", 1, "A", 1, 5)], supply=[("PO", "P1", "A", 0, 3)])

    assert _lines(peg_graph(snapshot, net(snapshot, _RULES)), 0) == []


@settings(max_examples=60, deadline=None)
@given(books(), scan_rules())
def test_up_and_down_are_the_same_walk(snapshot: Snapshot, rules: ScanRules) -> None:
    graph = peg_graph(snapshot, net(snapshot, rules))
    needs, receipts = graph.result.requirements.kind.size, graph.result.receipts.eta.size

    down = {(r, n) for n in range(needs) for r in rests_on(graph, np.array([n])).receipts.tolist()}
    up = {(r, n) for r in range(receipts) for n in served_by(graph, np.array([r])).requirements.tolist()}

    assert down == up


def _lines(graph: PegGraph, supply: int) -> list[int]:
    """The order lines that rest on a supply."""
    receipts = graph.receipt_of[[supply]]
    reached, needs = served_by(graph, receipts[receipts >= 0]).requirements, graph.result.requirements
    return needs.ref[reached[needs.kind[reached] == SALES_LINE]].tolist()
