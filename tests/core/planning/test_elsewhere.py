"""Short units from elsewhere: over lanes and as another item."""

from dataclasses import replace
from typing import Any

import numpy as np

from core.planning.detection import detect
from core.planning.netting import net
from core.planning.outcome import NetResult
from core.planning.promising import open_book, promise
from core.planning.rules import ScanRules
from core.planning.snapshot import NEVER, ItemAlternates, LaneTerms, Snapshot
from tests.core.planning.books import AS_OF, book
from tests.core.planning.planned import with_orders
from tests.core.planning.promising.asking import ask, dates

_LANES, _ALTERNATES = ScanRules(lanes=True), ScanRules(alternates=True)
_PLACES = [("A", "SA"), ("B", "SB"), ("C", "SC")]


def _takings(result: NetResult) -> list[tuple[int, int, int, int, int]]:
    """Requirement, units, lane, alternate and day from the business date."""
    table = result.takings
    columns = (table.requirement, table.units, table.lane, table.alternate, table.day - AS_OF)
    return list(zip(*(column.tolist() for column in columns), strict=True))


def alternates(snapshot: Snapshot, *rows: tuple[int, int, int, bool, bool]) -> Snapshot:
    """With these alternates (item, alternate, ratio in millionths, built in, needs approval)."""

    def column(at: int, kind: Any) -> Any:
        return np.array([row[at] for row in rows], dtype=kind)

    table = ItemAlternates(
        item=column(0, np.int32),
        alternate=column(1, np.int32),
        ratio=column(2, np.int64),
        component=column(3, np.bool_),
        approval=column(4, np.bool_),
        priority=np.ones(len(rows), dtype=np.int32),
        valid_from=np.zeros(len(rows), dtype=np.int32),
        valid_to=np.full(len(rows), 50_000, dtype=np.int32),
    )
    return replace(snapshot, alternates=table)


def test_what_lies_elsewhere_comes_over_the_quickest_lane_of_the_best_priority() -> None:
    snapshot = book(
        items=[("X",)],
        locations=_PLACES,
        demand=[("SO1", 1, "X", 10, 5, "A")],
        stock=[("X", 4, "B"), ("X", 20, "C")],
        lanes=[("B", "A", 2), ("C", "A", 3)],
    )

    result = net(snapshot, _LANES)
    other = net(replace(snapshot, lane_terms=LaneTerms(priority=np.array([2, 1]), item=np.array([-1, -1]))), _LANES)

    assert _takings(result) == [(0, 4, 0, -1, 2), (0, 6, 1, -1, 3)]
    assert (result.line_short.tolist(), result.line_available.tolist()) == ([10], [AS_OF + 3])
    assert _takings(other) == [(0, 10, 1, -1, 3)]
    assert net(snapshot, ScanRules()).line_available.tolist() == [NEVER]


def test_a_donor_serves_its_own_demand_first_and_then_who_must_send_first() -> None:
    snapshot = book(
        items=[("X",)],
        locations=_PLACES,
        demand=[("SO1", 1, "X", 5, 9, "A"), ("SO2", 1, "X", 5, 8, "B"), ("SO3", 1, "X", 6, 30, "C")],
        stock=[("X", 12, "C")],
        lanes=[("C", "A", 4), ("C", "B", 1)],
        sources=[("X", "V1", 3)],
    )

    assert _takings(net(snapshot, _LANES)) == [(0, 5, 0, -1, 4), (1, 1, 1, -1, 1)]


def test_a_transfer_that_new_units_would_overtake_is_not_waited_for() -> None:
    snapshot = book(
        items=[("X", True, 3)],
        locations=_PLACES,
        demand=[("SO1", 1, "X", 5, 1, "A")],
        supply=[("PO", "P1", "X", 9, 2, "B")],
        lanes=[("B", "A", 2)],
    )

    result = net(snapshot, _LANES)

    assert _takings(result) == []
    assert result.line_available.tolist() == [AS_OF + 3]


def test_what_comes_over_a_lane_needs_no_components() -> None:
    snapshot = book(
        items=[("X", True, 3), ("Y",)],
        locations=_PLACES,
        bom=[("X", "Y")],
        demand=[("SO1", 1, "X", 5, 9, "A")],
        stock=[("X", 3, "B")],
        lanes=[("B", "A", 2)],
    )

    result = net(snapshot, _LANES)

    assert result.requirements.quantity.tolist() == [5, 2]
    assert result.line_short.tolist() == [5]


def test_another_item_takes_the_place_of_what_would_come_too_late() -> None:
    snapshot = book(
        items=[("X",), ("Y",)],
        demand=[("SO1", 1, "X", 4, 2), ("SO2", 1, "X", 4, 30)],
        stock=[("Y", 100)],
        sources=[("X", "V1", 10)],
    )

    result = net(alternates(snapshot, (0, 1, 1_500_000, False, False)), _ALTERNATES)

    assert _takings(result) == [(0, 4, -1, 0, 0)]
    assert result.takings.taken.tolist() == [6]
    assert result.line_available.tolist() == [AS_OF, AS_OF + 10]


def test_what_needs_approval_or_is_for_building_in_is_not_soldalternates() -> None:
    snapshot = book(
        items=[("X",), ("Y",), ("Z",)],
        demand=[("SO1", 1, "X", 4, 2)],
        stock=[("Y", 100), ("Z", 100)],
        sources=[("X", "V1", 10)],
    )

    result = net(alternates(snapshot, (0, 1, 1_000_000, False, True), (0, 2, 1_000_000, True, False)), _ALTERNATES)

    assert _takings(result) == []


def test_a_part_that_takes_the_place_of_another_lets_the_order_begin() -> None:
    snapshot = book(
        items=[("PUMP", True, 4), ("SEAL",), ("SEAL2",)],
        bom=[("PUMP", "SEAL")],
        demand=[("SO1", 1, "PUMP", 10, 6)],
        supply=[("WO", "W1", "PUMP", 10, 5, "", 2)],
        stock=[("SEAL2", 10)],
        sources=[("SEAL", "V1", 20)],
    )
    snapshot = alternates(snapshot, (1, 2, 1_000_000, True, False))

    assert net(snapshot, ScanRules()).line_available.tolist() == [AS_OF + 23]
    assert net(snapshot, _ALTERNATES).line_available.tolist() == [AS_OF + 5]


def test_a_promise_that_rests_on_an_alternate_is_kept_although_the_rules_look_at_none() -> None:
    plain = book(
        items=[("PUMP", True, 4), ("SEAL",), ("SEAL2",)],
        bom=[("PUMP", "SEAL")],
        demand=[("SO1", 1, "PUMP", 10, 6), ("SO2", 1, "SEAL", 1, 2)],
        stock=[("SEAL2", 20)],
        sources=[("SEAL", "V1", 20)],
    )
    promised = with_orders(plain, [("WO", "PP-SO1-1.1-1", "PUMP", 10, 1, 5, "", "", "SO1", 1)])
    snapshot = alternates(promised, (1, 2, 1_000_000, True, False), (1, 2, 1_000_000, False, False))

    result = net(snapshot, ScanRules())

    assert net(promised, ScanRules()).line_available.tolist() == [AS_OF + 24, AS_OF + 20]
    assert result.line_available.tolist() == [AS_OF + 5, AS_OF + 20]
    assert [case.type.value for case in detect(promised, net(promised, ScanRules()))] == ["E01", "E07"]
    assert [case.type.value for case in detect(snapshot, result)] == ["E01"]


def test_what_a_promise_was_built_on_is_not_promised_again() -> None:
    plain = book(
        items=[("PUMP", True, 4), ("SEAL",), ("SEAL2",)],
        bom=[("PUMP", "SEAL")],
        demand=[("SO1", 1, "PUMP", 10, 6)],
        stock=[("SEAL2", 12)],
    )
    promised = with_orders(plain, [("WO", "PP-SO1-1.1-1", "PUMP", 10, 1, 5, "", "", "SO1", 1)])

    answer = promise(open_book(alternates(promised, (1, 2, 1_000_000, True, False))), ask(5, 3, item="SEAL2"))

    assert dates(answer) == [(3, 2)]


def test_an_alternate_made_of_what_it_replaces_is_no_way() -> None:
    snapshot = book(
        items=[("X",), ("Y", True, 1)],
        bom=[("Y", "X")],
        demand=[("SO1", 1, "X", 4, 2)],
        stock=[("Y", 100)],
        sources=[("X", "V1", 10)],
    )

    assert _takings(net(alternates(snapshot, (0, 1, 1_000_000, False, False)), _ALTERNATES)) == []
