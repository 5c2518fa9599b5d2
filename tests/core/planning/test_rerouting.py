"""Alternative work centres in a scan: who goes where, and who stays."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.planning.capacity_queue import Jobs
from core.planning.capacity_queue import book as booked
from core.planning.explaining import why
from core.planning.firm_load import left_by_orders
from core.planning.free_minutes import LAST_DAY, free_minutes
from core.planning.netting import net
from core.planning.rerouting import rerouting_of
from core.planning.rules import ScanRules
from core.planning.snapshot import OperationAlternates, Operations, Snapshot, WorkCenters
from tests.core.planning.books import AS_OF, book
from tests.core.planning.featured import featured
from tests.core.planning.oracles.capacity import Shop
from tests.core.planning.strategies import books

_RULES = ScanRules(capacity=True)
_MILLION = 1_000_000


def _shop(
    minutes: list[list[int]],
    others: list[tuple[int, int, int]],
    *,
    lines: int = 1,
    due: int = 0,
    lead: int = 0,
    steps: int = 1,
) -> Snapshot:
    """Lines of 10 pumps each, a minute a piece and operation, at K1; of the first operation `others` are (centre,
    priority, factor)."""
    plain = book(items=[("PUMP", True, lead)], demand=[(f"SO{n}", 1, "PUMP", 10, due) for n in range(lines)])
    none = np.zeros(steps, dtype=np.int32)
    return replace(
        plain,
        operations=Operations(
            item=none,
            sequence=np.arange(10, 10 + 10 * steps, 10, dtype=np.int32),
            center=none,
            setup=np.zeros(steps, dtype=np.int64),
            unit=np.full(steps, _MILLION, dtype=np.int64),
            good=np.full(steps, _MILLION, dtype=np.int64),
        ),
        work_centers=WorkCenters(
            code=tuple(f"K{n}" for n in range(1, len(minutes) + 1)),
            location=np.zeros(len(minutes), dtype=np.int32),
            minutes=np.array(minutes, dtype=np.int64),
        ),
        operation_alternates=OperationAlternates(
            operation=np.zeros(len(others), dtype=np.int32),
            center=np.array([center for center, _, _ in others], dtype=np.int32),
            priority=np.array([priority for _, priority, _ in others], dtype=np.int32),
            factor=np.array([factor for _, _, factor in others], dtype=np.int64),
        ),
    )


def _days(snapshot: Snapshot) -> list[int]:
    return (net(snapshot, _RULES).line_available - AS_OF).tolist()


def _gone(snapshot: Snapshot) -> list[tuple[int, int, int, int]]:
    """Line, centre, minutes and day of what is done elsewhere."""
    table = net(snapshot, _RULES).rerouted
    columns = table.requirement, table.center, table.minutes, table.end - AS_OF
    return list(zip(*(column.tolist() for column in columns), strict=True))


def test_what_finds_no_room_in_time_goes_to_the_other_centre_at_its_rate() -> None:
    snapshot = _shop([[0, 0, 0, 10, 10, 10, 10], [10] * 7], [(1, 1, 1_500_000)])

    assert (_days(snapshot), _gone(snapshot)) == ([1], [(0, 1, 15, 1)])


@pytest.mark.parametrize(("due", "lead"), [(3, 0), (0, 3), (9, 1)])
def test_what_its_own_centre_ends_when_it_is_wanted_stays_there(due: int, lead: int) -> None:
    snapshot = _shop([[0, 0, 0, 10, 10, 10, 10], [10] * 7], [(1, 1, _MILLION)], due=due, lead=lead)

    assert (_days(snapshot), _gone(snapshot)) == ([3], [])


def test_an_operation_with_others_after_it_ends_as_soon_as_it_can() -> None:
    snapshot = _shop([[0, 0, 0, 10, 10, 10, 10], [10] * 7], [(1, 1, _MILLION)], due=9, steps=2)

    assert (_days(snapshot), _gone(snapshot)) == ([3], [(0, 1, 10, 0)])


def test_lines_share_themselves_out_as_they_stand_in_line() -> None:
    snapshot = _shop([[10] * 7, [5] * 7], [(1, 1, _MILLION)], lines=4)

    assert (_days(snapshot), _gone(snapshot)) == ([0, 1, 1, 2], [(2, 1, 10, 1)])


def test_of_centres_that_end_it_on_one_day_its_own_comes_first_then_priority_then_code() -> None:
    late = [0, 10, 10, 10, 10, 10, 10]

    assert _gone(_shop([late, late], [(1, 1, _MILLION)])) == []
    found = _gone(_shop([[0] * 7, late, late, late], [(1, 2, _MILLION), (2, 1, _MILLION), (3, 1, _MILLION)]))
    assert found == [(0, 2, 10, 1)]


def test_the_centre_an_operation_goes_to_is_named() -> None:
    snapshot = _shop([[0, 0, 0, 10, 10, 10, 10], [0, 10, 10, 10, 10, 10, 10]], [(1, 1, _MILLION)])

    assert why(snapshot, net(snapshot, _RULES), 0)[1].text == (
        "no supply covers 10 units; making them takes 0 days, and work centre K2 has room for them by 2024-10-05 only;"
        " operation 10 goes to K2, as K1 has no room for it in time"
    )


_jobs = st.lists(
    st.tuples(st.integers(0, 3), st.integers(1, 8), st.integers(0, 5), st.integers(0, 9), st.integers(0, 12)),
    min_size=3,
    max_size=12,
)


@settings(max_examples=30, deadline=None)
@given(featured(books(), busy=True), _jobs)
def test_any_orders_and_jobs_go_where_the_plain_queue_sends_them(
    snapshot: Snapshot, rows: list[tuple[int, ...]]
) -> None:
    jobs = {
        at: (i, units, AS_OF + begin, AS_OF + need, (at,), AS_OF + by)
        for at, (i, units, begin, need, by) in enumerate(rows)
    }
    shop, others = Shop(snapshot), rerouting_of(snapshot)
    assert left_by_orders(snapshot, others).until(LAST_DAY).by_day.tolist() == shop.free
    shop.free = shop.unloaded

    columns = (np.array(column, dtype=np.int64) for column in zip(*rows, strict=True))
    item, units, begin, need, wanted = columns
    found = booked(
        free_minutes(snapshot),
        snapshot.operations,
        Jobs(
            item=item,
            units=units,
            begin=begin + AS_OF,
            need=need + AS_OF,
            wanted=wanted + AS_OF,
            rank=np.arange(item.size),
        ),
        others,
    )

    assert dict(enumerate(found.end.tolist())) == shop.book(jobs)
    laid_out = found.free.until(LAST_DAY).by_day
    assert laid_out.tolist() == shop.free
