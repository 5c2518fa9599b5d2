"""Working days: forward and back, before the business date and past the last known day."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from core.planning.grouping import group_locations
from core.planning.netting import net
from core.planning.rules import ScanRules
from core.planning.snapshot import NEVER, Snapshot
from core.planning.workdays import workdays_of
from tests.core.planning.books import AS_OF, book
from tests.core.planning.featured import featured
from tests.core.planning.oracles.working import after, back
from tests.core.planning.strategies import books


@settings(max_examples=25, deadline=None)
@given(featured(books()), st.integers(-4, 12), st.integers(0, 6))
def test_going_by_working_days_is_walking_them(snapshot: Snapshot, day: int, days: int) -> None:
    grouping = group_locations(snapshot.locations, ScanRules())
    days_of = workdays_of(snapshot, grouping)

    for group in range(grouping.production.size):
        place = grouping.group_of.tolist().index(group)
        at, on = np.array([group]), np.array([AS_OF + day])
        assert days_of.after(at, on, days).tolist() == [after(snapshot, place, AS_OF + day, days)]
        assert days_of.back(at, on, np.array([days])).tolist() == [back(snapshot, place, AS_OF + day, days)]


def test_never_stays_never() -> None:
    snapshot = book(items=[("A",)])

    days = workdays_of(snapshot, group_locations(snapshot.locations, ScanRules()))

    assert days.after(np.array([0, 0]), np.array([NEVER, AS_OF]), 3).tolist() == [NEVER, AS_OF + 3]


def test_making_over_a_weekend_takes_two_days_longer() -> None:
    days = np.array([[True, True, False, False, True, True]])
    plain = book(items=[("PUMP", True, 3)], demand=[("SO1", 1, "PUMP", 3, 9)])
    snapshot = replace(plain, working_days=days)

    assert net(snapshot, ScanRules()).line_available.tolist() == [AS_OF + 3]
    assert net(snapshot, ScanRules(calendars=True)).line_available.tolist() == [AS_OF + 5]
