"""Scenarios in the names people use become what happens in the books."""

from collections.abc import Callable

import pytest

from core.domain.errors import InvalidValueError
from core.domain.ids import ItemCode, LocationCode, OrderNo, SupplierCode
from core.domain.overlays import SupplierOutage
from core.domain.scenarios import DemandChange, NewDemand, Scenario, SupplyCut, SupplyDelay
from core.planning.effects.applying import applied
from core.planning.outage import with_outage
from core.planning.rules import ScanRules
from core.planning.snapshot import Snapshot, date_of
from core.planning.whatif.answering import answer
from core.planning.whatif.resident import Resident
from core.planning.whatif.scenario import scenario_events
from tests.columns import differences
from tests.core.planning.books import AS_OF, book


def _books() -> Snapshot:
    return book(
        items=[("A", True, 2), ("B",), ("C",)],
        locations=[("MAIN",), ("RENO",)],
        demand=[("SO-1", 1, "A", 10, 5), ("SO-2", 1, "B", 4, 6, "RENO"), ("SO-3", 1, "C", 2, 1)],
        stock=[("C", 2)],
        supply=[
            ("WO", "WO-1", "A", 10, 4, "", 2),
            ("PO", "PO-1", "B", 30, 1, "", None, "S1"),
            ("PO", "PO-1", "B", 9, -2, "RENO", None, "S1", False, 2),
        ],
        bom=[("A", "B", "2")],
        sources=[("B", "S1", 4), ("B", "S2", 6), ("A", "S1", 1)],
    )


def test_an_outage_is_what_the_scan_shows_of_one() -> None:
    books = _books()
    outage = SupplierOutage(supplier=SupplierCode("S1"), days=5)

    after = applied(books, scenario_events(books, Scenario(disruptions=(outage,))))

    assert list(differences(after, with_outage(books, "S1", 5))) == []


def test_a_delay_counts_from_today_where_the_day_has_passed_and_moves_what_work_takes() -> None:
    books = _books()
    late = Scenario(disruptions=(SupplyDelay(order="PO-1", days=3), SupplyDelay(order="WO-1", line=1, days=2)))

    after = applied(books, scenario_events(books, late))

    assert (after.supply.due - AS_OF).tolist() == [6, 4, 3]
    assert (after.supply.start - AS_OF).tolist() == [4, 4, 3]


def test_a_cut_of_everything_takes_the_line_away() -> None:
    books = _books()
    cut = Scenario(
        disruptions=(SupplyCut(order="PO-1", line=2, quantity=9), SupplyCut(order="PO-1", line=1, quantity=10))
    )

    after = applied(books, scenario_events(books, cut))

    assert (after.supply.number, after.supply.quantity.tolist()) == (("WO-1", "PO-1"), [10, 20])


def test_new_demand_stands_where_the_item_is_asked_for_at_its_price() -> None:
    books = _books()
    asked = NewDemand(item=ItemCode("B"), quantity=5, due=date_of(AS_OF + 9))

    after = applied(books, scenario_events(books, Scenario(demand=(asked,))))

    assert after.demand.order[-1] == "WHAT-IF-1"
    assert (int(after.demand.location[-1]), int(after.demand.quantity[-1])) == (1, 5)


def test_nothing_new_is_asked_for_a_day_that_has_passed() -> None:
    books = book(items=[("A",)], demand=[("SO-1", 1, "A", 10, 5)])
    past = date_of(AS_OF - 1)
    asked = Scenario(demand=(NewDemand(item=ItemCode("A"), quantity=5, due=past),))
    moved = Scenario(disruptions=(DemandChange(order=OrderNo("SO-1"), line=1, due=past),))

    for scenario in (asked, moved):
        with pytest.raises(InvalidValueError, match=f"{past} has passed; accepted: {date_of(AS_OF)} or later"):
            scenario_events(books, scenario)


def test_demand_nobody_asks_for_yet_needs_a_place() -> None:
    books = book(items=[("A",), ("B",)], locations=[("MAIN",), ("RENO",)], demand=[("SO-1", 1, "A", 10, 5)])
    asked = NewDemand(item=ItemCode("B"), quantity=5, due=date_of(AS_OF + 9))

    with pytest.raises(InvalidValueError, match="needs a location; accepted: one of 'MAIN', 'RENO'"):
        scenario_events(books, Scenario(demand=(asked,)))


def _change(**values: object) -> Scenario:
    change = DemandChange(order=OrderNo("SO-3"), line=1, **values)  # type: ignore[arg-type]  named by the test
    return Scenario(disruptions=(change,))


@pytest.mark.parametrize(
    ("scenario", "told"),
    [
        (lambda: _change(quantity=0), [("SO-3", "on time", None)]),
        (lambda: _change(quantity=5), [("SO-3", "on time", "uncovered")]),
        (lambda: _change(due=date_of(AS_OF)), [("SO-3", "on time", "on time")]),
    ],
)
def test_a_line_can_be_for_nothing_for_more_or_for_another_day(
    scenario: Callable[[], Scenario], told: list[tuple[str, str, str | None]]
) -> None:
    report = answer(Resident.of(_books(), ScanRules()), scenario(), limit=9)

    found = [(one.order, one.before and one.before.state, one.after and one.after.state) for one in report.lines]
    assert report.path == "incremental"
    assert found == told


def test_one_scenario_holds_what_happens_and_what_is_asked_for_there() -> None:
    books = _books()
    place = LocationCode("MAIN")
    scenario = Scenario(
        disruptions=(SupplyDelay(order="PO-1", line=1, days=10),),
        demand=(NewDemand(item=ItemCode("C"), quantity=1, due=date_of(AS_OF + 1), location=place),),
    )

    report = answer(Resident.of(books, ScanRules()), scenario, limit=1)

    assert report.assumed == ("PO-1/1 comes 10 days later", "somebody asks for 1 C by 2024-10-05 at MAIN")
    assert (report.before.lines, report.after.lines, report.changed, report.left_out) == (3, 4, 2, 1)
