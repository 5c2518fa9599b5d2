"""Working days in promising are those of the scan."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from core.planning.promising.working import Times, WorkingDays
from tests.core.planning.books import AS_OF, book
from tests.core.planning.oracles.working import after, back


@settings(max_examples=60, deadline=None)
@given(st.lists(st.booleans(), max_size=9), st.integers(-4, 15), st.integers(0, 12))
def test_going_forth_and_back_by_working_days_is_walking_them(works: list[bool], day: int, days: int) -> None:
    table = np.array([works], dtype=np.bool_)
    books, known = replace(book(items=[("A",)]), working_days=table), WorkingDays(table, today=AS_OF)

    assert known.forth(0, AS_OF + day, days) == after(books, 0, AS_OF + day, days)
    assert known.back(0, AS_OF + day, days) == back(books, 0, AS_OF + day, days)


def test_calendar_days_are_counted_unless_the_rules_say_otherwise() -> None:
    days = WorkingDays(np.array([[True, False, True]]), today=AS_OF)

    plain, counted = Times(days, False), Times(days, True)

    assert (plain.done(0, AS_OF, 1), counted.done(0, AS_OF, 1)) == (AS_OF + 1, AS_OF + 2)
    assert (plain.begun(0, AS_OF + 2, 1), counted.begun(0, AS_OF + 2, 1)) == (AS_OF + 1, AS_OF)
    assert (plain.comes_by(0, AS_OF + 1), counted.comes_by(0, AS_OF + 1)) == (AS_OF + 1, AS_OF)
    assert (plain.there(0, AS_OF + 1), counted.there(0, AS_OF + 1)) == (AS_OF + 1, AS_OF + 2)
