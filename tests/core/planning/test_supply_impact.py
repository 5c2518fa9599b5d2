"""What hangs on a supply and what a line rests on, exact when the books are netted again."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from core.planning.netting import net
from core.planning.rules import ScanRules
from core.planning.snapshot import Snapshot
from core.planning.supply_impact import changed, impact_of, upstream_of
from tests.core.planning.books import AS_OF, book
from tests.core.planning.featured import featured
from tests.core.planning.strategies import books, scan_rules

_RULES = ScanRules()


def _pump() -> Snapshot:
    """Two lines of pumps: one from a work order that waits for seals of a purchase order, one still to be made."""
    return book(
        items=[("PUMP", True, 4), ("SEAL",)],
        bom=[("PUMP", "SEAL", "2")],
        demand=[("SO1", 1, "PUMP", 10, 6), ("SO2", 1, "PUMP", 3, 30)],
        supply=[("WO", "W1", "PUMP", 10, 5, "", 2), ("PO", "P1", "SEAL", 26, 2)],
        stock=[("SEAL", 1)],
        sources=[("SEAL", "V1", 20)],
    )


def test_all_lines_that_rest_on_a_purchase_order_are_named_through_all_levels() -> None:
    snapshot = _pump()

    pegged, worsened = impact_of(snapshot, net(snapshot, _RULES), np.array([1]))

    assert (pegged.line.tolist(), pegged.units.tolist()) == ([0, 1], [10, 3])
    assert (worsened.line.tolist(), worsened.short.tolist()) == ([0, 1], [0, 0])
    assert worsened.before.tolist() == [AS_OF + 5, AS_OF + 6]
    assert worsened.after.tolist() == [AS_OF + 23, AS_OF + 24]
    assert worsened.days.tolist() == [18, 18]


def test_a_line_that_other_supply_serves_is_pegged_but_not_worse_off() -> None:
    snapshot = book(
        items=[("A",)],
        demand=[("SO1", 1, "A", 5, 9)],
        supply=[("PO", "P1", "A", 5, 3), ("PO", "P2", "A", 5, 3)],
    )

    pegged, worsened = impact_of(snapshot, net(snapshot, _RULES), np.array([0]))

    assert (pegged.line.tolist(), worsened.line.tolist()) == ([0], [])


def test_a_supply_that_comes_later_moves_the_line_by_what_it_must() -> None:
    snapshot = _pump()

    pegged, worsened = impact_of(snapshot, net(snapshot, _RULES), np.array([0]), later=7)

    assert pegged.line.tolist() == [0]
    assert (worsened.line.tolist(), worsened.days.tolist()) == ([0], [7])


def test_what_a_line_rests_on_is_told_level_by_level() -> None:
    snapshot = _pump()

    found = upstream_of(snapshot, net(snapshot, _RULES), np.array([0]))

    assert found.supply.tolist() == [0, -1, 1]
    assert found.units.tolist() == [10, 1, 19]
    assert found.level.tolist() == [0, 1, 1]
    assert found.day.tolist() == [AS_OF + 5, AS_OF, AS_OF + 2]


def test_what_comes_from_elsewhere_hangs_on_the_supply_there() -> None:
    snapshot = book(
        items=[("X",)],
        locations=[("A", "SA"), ("B", "SB")],
        demand=[("SO1", 1, "X", 5, 9, "A")],
        supply=[("PO", "P1", "X", 8, 2, "B")],
        lanes=[("B", "A", 2)],
    )
    result = net(snapshot, ScanRules(lanes=True))

    assert impact_of(snapshot, result, np.array([0]))[0].units.tolist() == [5]
    assert upstream_of(snapshot, result, np.array([0])).units.tolist() == [5]


@settings(max_examples=20, deadline=None)
@given(featured(books()), scan_rules(), st.booleans(), st.data())
def test_who_is_worse_off_is_what_netting_again_says(
    snapshot: Snapshot, rules: ScanRules, lanes: bool, data: st.DataObject
) -> None:
    if not len(snapshot.supply.number):
        return
    supply = data.draw(st.integers(0, len(snapshot.supply.number) - 1))
    rules = replace(rules, calendars=True, lanes=lanes)
    result = net(snapshot, rules)

    pegged, worsened = impact_of(snapshot, result, np.array([supply]))

    again = net(changed(snapshot, np.array([supply]), later=None), rules)
    worse = (again.line_short > result.line_short) | (again.line_available > result.line_available)
    assert worsened.line.tolist() == np.flatnonzero(worse).tolist()
    assert np.all(pegged.units <= snapshot.demand.quantity[pegged.line])
