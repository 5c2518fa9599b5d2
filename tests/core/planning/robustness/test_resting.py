"""Lines followed down their pegs in many scenarios."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from core.planning.netting import net
from core.planning.pegging import peg_graph
from core.planning.robustness.agreement import agreeing, netted_again
from core.planning.robustness.resting import Arrivals, arrivals, resting
from core.planning.rules import OverdueSupply, ScanRules
from core.planning.snapshot import Ints, Snapshot
from tests.core.planning.books import AS_OF, book
from tests.core.planning.oracles import arrivals as oracle
from tests.core.planning.strategies import books, scan_rules

_LINE = np.array([0])


def _chain() -> Snapshot:
    """A purchase order of seals goes into a work order for pumps, two days from start to end, due a day early."""
    return book(
        items=[("PUMP", True, 2), ("SEAL",)],
        bom=[("PUMP", "SEAL")],
        demand=[("S1", 1, "PUMP", 3, 9)],
        supply=[("WO", "W1", "PUMP", 3, 8, "", 6), ("PO", "P1", "SEAL", 9, 3)],
    )


def _there(snapshot: Snapshot, days: Ints, rules: ScanRules | None = None) -> Arrivals:
    rest = resting(snapshot, peg_graph(snapshot, net(snapshot, rules or ScanRules())), _LINE)
    return arrivals(rest, days)


def test_a_late_component_pushes_what_it_goes_into_beyond_its_slack() -> None:
    found = _there(_chain(), np.array([[3, 6, 7, 20]]) + AS_OF)

    assert (found.available - AS_OF).tolist() == [[8, 8, 9, 22]]


def test_the_days_are_those_of_netting_again() -> None:
    books_, rules = _chain(), ScanRules()
    days = np.array([[3, 6, 7, 20]]) + AS_OF

    again = netted_again(books_, rules, supplies=np.array([1]), days=days, lines=_LINE)

    assert again.available.tolist() == _there(books_, days).available.tolist()
    assert agreeing(_there(books_, days), again, books_.demand.due) == 1.0


def test_a_line_that_rests_on_no_purchase_order_is_left_out() -> None:
    books_ = book(
        items=[("PUMP",)], demand=[("S1", 1, "PUMP", 3, 9)], stock=[("PUMP", 5)], supply=[("PO", "P", "PUMP", 1, 2)]
    )

    rest = resting(books_, peg_graph(books_, net(books_, ScanRules())), _LINE)

    assert rest.lines.tolist() == []
    assert rest.supplies.tolist() == []


def test_what_is_short_waits_for_the_components_of_making_it() -> None:
    books_ = book(
        items=[("PUMP", True, 2), ("SEAL",)],
        bom=[("PUMP", "SEAL")],
        demand=[("S1", 1, "PUMP", 3, 9)],
        supply=[("PO", "P1", "SEAL", 9, 3)],
    )

    assert (_there(books_, np.array([[3, 11]]) + AS_OF).available - AS_OF).tolist() == [[5, 13]]


def test_what_comes_from_elsewhere_is_as_many_days_late_as_what_comes_there() -> None:
    books_ = book(
        items=[("SEAL",)],
        locations=[("MAIN",), ("RENO", "OTHER")],
        demand=[("S1", 1, "SEAL", 3, 9, "MAIN")],
        supply=[("PO", "P1", "SEAL", 9, 3, "RENO")],
        lanes=[("RENO", "MAIN", 2, "40", "0.5")],
    )
    rules = ScanRules(lanes=True)

    assert net(books_, rules).line_available.tolist() == [AS_OF + 5]
    assert (_there(books_, np.array([[3, 8]]) + AS_OF, rules).available - AS_OF).tolist() == [[5, 10]]


@settings(max_examples=40, deadline=None)
@given(books_=books(), rules=scan_rules(), extra=st.lists(st.integers(0, 20), min_size=9, max_size=9))
def test_scenarios_are_as_walked_one_by_one(books_: Snapshot, rules: ScanRules, extra: list[int]) -> None:
    rules = replace(rules, overdue=OverdueSupply.FROM_TODAY)
    result = net(books_, rules)
    rest = resting(books_, peg_graph(books_, result), np.arange(books_.demand.due.size))
    base = np.maximum(books_.supply.due[rest.supplies], books_.as_of).astype(np.int64)
    later = base + np.array(extra[: base.size], dtype=np.int64)

    found = arrivals(rest, np.stack([base, later], axis=1))

    assert found.cover[:, 0].tolist() == result.line_cover[rest.lines].tolist()
    assert found.available[:, 0].tolist() == result.line_available[rest.lines].tolist()
    plain = oracle.Arrivals(books_, result, dict(zip(rest.supplies.tolist(), later.tolist(), strict=True)))
    wanted = result.line_requirement[rest.lines].tolist()
    assert found.cover[:, 1].tolist() == [plain.cover(one) for one in wanted]
    assert found.available[:, 1].tolist() == [plain.available(one) for one in wanted]
