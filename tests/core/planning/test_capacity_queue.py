"""Finite capacity in a scan: the queue at a work centre is the plain one, and capacity only makes things later."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from core.domain.errors import InvalidValueError
from core.planning.netting import net
from core.planning.rules import ScanRules
from core.planning.snapshot import NEVER, Operations, Snapshot, WorkCenters
from tests.core.planning.books import AS_OF, book
from tests.core.planning.featured import featured
from tests.core.planning.strategies import books, scan_rules

_CAPACITY = ScanRules(capacity=True)


def _shop(minutes: list[int], *, lines: int = 1, lead: int = 0, due: int = 1, unit: int = 1_000_000) -> Snapshot:
    """Lines of 10 pumps each that take a minute a piece at one centre with these minutes from today on."""
    plain = book(items=[("PUMP", True, lead)], demand=[(f"SO{n}", 1, "PUMP", 10, due) for n in range(lines)])
    one, none = np.array([0], dtype=np.int32), np.array([0], dtype=np.int64)
    steps = Operations(
        item=one, sequence=one, center=one, setup=none, unit=np.array([unit]), good=np.array([1_000_000])
    )
    centers = WorkCenters(code=("K1",), location=one, minutes=np.array([minutes], dtype=np.int64))
    return replace(plain, operations=steps, work_centers=centers)


@settings(max_examples=20, deadline=None)
@given(featured(books()), scan_rules())
def test_capacity_makes_nothing_earlier(snapshot: Snapshot, rules: ScanRules) -> None:
    without, within = net(snapshot, rules), net(snapshot, replace(rules, capacity=True))

    assert np.all(within.requirements.available >= without.requirements.available)
    assert within.line_short.tolist() == without.line_short.tolist()


def test_lines_queue_for_the_minutes_of_a_centre() -> None:
    snapshot = _shop([4, 0, 10, 10, 10, 10, 10], lines=3)

    assert net(snapshot, ScanRules()).line_available.tolist() == [AS_OF] * 3
    assert net(snapshot, _CAPACITY).line_available.tolist() == [AS_OF + 2, AS_OF + 3, AS_OF + 4]


def test_the_lead_time_is_the_least_that_making_takes() -> None:
    assert net(_shop([100] * 7, lead=5), _CAPACITY).line_available.tolist() == [AS_OF + 5]


def test_the_last_known_week_comes_again() -> None:
    snapshot = _shop([0, 0, 0, 0, 0, 0, 0, 5], lines=2)

    assert net(snapshot, _CAPACITY).line_available.tolist() == [AS_OF + 14, AS_OF + 28]


def test_what_finds_no_minutes_in_ten_years_is_never_there() -> None:
    assert net(_shop([0] * 7), _CAPACITY).line_available.tolist() == [NEVER]


def test_more_work_than_can_be_counted_is_never_done() -> None:
    assert net(_shop([1000] * 7, unit=10**18), _CAPACITY).line_available.tolist() == [NEVER]


def test_a_centre_with_more_minutes_than_ten_years_can_add_up_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="a work centre has 10000000000000 minutes on one day; accepted: up to"):
        net(_shop([10**13]), _CAPACITY)
