"""What scorecards count: exact small histories, and what holds of any history."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.errors import InvalidValueError
from core.domain.ids import PurchaseOrderNo, SupplierCode
from core.domain.scorecards import BoughtLine, Buffer, Delivered, Scorecard, Share, Trend, Window, delivered

TODAY = date(2026, 3, 2)
WINDOW = Window(as_of=TODAY, days=365)
GULF = SupplierCode("GULF")


def _day(offset: int) -> date:
    return TODAY + timedelta(days=offset)


def _line(number: int = 1, *, due: int = -10, came: Sequence[tuple[int, int]] = (), ordered: int = 10) -> BoughtLine:
    """A line of ten units at 5, due and brought at these days from today."""
    return BoughtLine(
        supplier=GULF,
        order=PurchaseOrderNo(f"PO-{number}"),
        line=1,
        ordered=ordered,
        due=_day(due),
        asked_for=_day(due),
        price=Decimal(5),
        came=tuple((_day(on), units) for on, units in came),
        waiting=sum(units for _, units in came) < ordered,
    )


def _share(part: int, of: int) -> Share:
    return Share(part=part, of=of)


def test_a_small_history_is_counted() -> None:
    punctual = _line(1, due=-200, came=[(-201, 10)])
    parts = replace(_line(2, due=-150, came=[(-150, 4), (-147, 6)]), answered=(_day(-150),), prices=(Decimal(5),))
    moved = replace(_line(3, due=-20, came=[(-20, 10)]), asked_for=_day(-30), answered=(_day(-20),))
    dear = replace(_line(4, due=-40, came=[(-31, 12)]), prices=(Decimal(5), Decimal("5.01")))
    missing = _line(5, due=-5)

    found = delivered([punctual, parts, moved, dear, missing], WINDOW)

    assert found == Delivered(
        lines=5,
        deliveries=5,
        overdue=1,
        on_time=_share(3, 6),
        as_asked=_share(2, 6),
        median_late=3,
        ninth_late=9,
        units=_share(40, 50),
        dates_kept=_share(1, 2),
        prices_kept=_share(1, 2),
        recent=_share(1, 3),
        before=_share(2, 3),
    )
    assert found.on_time.percent == Decimal("50.0")
    assert (found.on_time.thin, found.recent.thin, found.trend) == (False, True, Trend.UNKNOWN)


def test_lines_due_outside_the_window_and_what_comes_after_today_are_left_out() -> None:
    early, later, first = _line(1, due=-366, came=[(-360, 10)]), _line(2, due=1), _line(3, due=-365, came=[(1, 10)])

    found = delivered([early, later, first], WINDOW)

    assert (found.lines, found.deliveries, found.units) == (1, 0, _share(0, 10))
    assert (found.on_time.percent, found.median_late, found.ninth_late) == (None, None, None)


@pytest.mark.parametrize(
    ("late_then", "late_now", "trend"),
    [(0, 5, Trend.WORSE), (5, 0, Trend.BETTER), (2, 2, Trend.STEADY)],
)
def test_the_last_quarter_is_set_beside_what_was_before(late_then: int, late_now: int, trend: Trend) -> None:
    lines = [_line(at, due=-200, came=[(-200 + (at < late_then), 10)]) for at in range(5)]
    lines += [_line(5 + at, due=-90, came=[(-90 + (at < late_now), 10)]) for at in range(5)]

    assert delivered(lines, WINDOW).trend is trend


def test_the_advice_names_the_days_to_add() -> None:
    buffers = [Buffer(percent=80, days=days, expected_on_time=Decimal("61.5")) for days in (0, 1, 6)]
    cards = [
        Scorecard(supplier=GULF, name="Gulf", window=WINDOW, delivered=delivered([], WINDOW), buffer=buffer)
        for buffer in buffers
    ]

    assert [card.advice for card in cards] == [
        "GULF needs no more days than it says for 80 of 100 deliveries to be in time",
        "GULF needs 1 day more than it says for 80 of 100 deliveries to be in time",
        "GULF needs 6 days more than it says for 80 of 100 deliveries to be in time",
    ]


@pytest.mark.parametrize("days", [0, 3651])
def test_a_window_that_is_none_is_refused(days: int) -> None:
    with pytest.raises(InvalidValueError, match=f"a window of {days} days is none"):
        Window(as_of=TODAY, days=days)


_CAME = st.lists(st.tuples(st.integers(-400, 40), st.integers(1, 15)), max_size=3, unique_by=lambda one: one[0])
_LINES = st.lists(
    st.builds(_line, st.integers(1, 9), due=st.integers(-400, 20), came=_CAME, ordered=st.integers(1, 20)), max_size=8
)


@given(lines=_LINES, shuffled=st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_any_history_adds_up_in_any_order(lines: list[BoughtLine], shuffled: Random) -> None:
    found = delivered(lines, WINDOW)
    other = list(lines)
    shuffled.shuffle(other)

    assert delivered(other, WINDOW) == found
    shares = (found.on_time, found.as_asked, found.units, found.dates_kept, found.prices_kept)
    assert all(0 <= share.part <= share.of for share in shares)
    assert found.on_time.of == found.deliveries + found.overdue
    assert (found.recent.part + found.before.part, found.recent.of + found.before.of) == (
        found.on_time.part,
        found.on_time.of,
    )
    assert (found.median_late or 0) <= (found.ninth_late or 0)
