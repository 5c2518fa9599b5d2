"""When scans are due next, and when one was missed."""

from datetime import UTC, datetime, timedelta

import pytest

from agents.worker.turns import SCANNED_WITHIN, missed, scan_turns
from core.domain.jobs import JobName

NOON = datetime(2026, 3, 2, 12, 1, tzinfo=UTC)


def test_all_books_are_looked_through_in_the_night_and_what_changed_every_five_minutes() -> None:
    assert {one.name: one.next_at for one in scan_turns(NOON)} == {
        JobName.SCAN_FULL: datetime(2026, 3, 3, 1, 30, tzinfo=UTC),
        JobName.SCAN_INCREMENTAL: datetime(2026, 3, 2, 12, 5, tzinfo=UTC),
    }


@pytest.mark.parametrize(
    ("age", "late"), [(None, False), (timedelta(hours=25), False), (SCANNED_WITHIN + timedelta(seconds=1), True)]
)
def test_a_scan_is_missed_a_day_and_two_hours_after_the_last(age: timedelta | None, late: bool) -> None:
    assert missed(None if age is None else NOON - age, NOON) is late
