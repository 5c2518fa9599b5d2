"""The parts of a line always add up to what was ordered, whatever ships, is cancelled, moved or resized."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from core.domain.ids import LocationCode
from core.domain.schedules import (
    ScheduleLine,
    ScheduleState,
    cancelled_now,
    complete_on,
    counted,
    moved_to,
    opening_schedule,
    resized,
    shipped_now,
)

DAY = date(2024, 10, 4)
HERE, THERE = LocationCode("HOUSTON"), LocationCode("RENO")
STATE = ScheduleState


def part(quantity: int, after: int | None, state: ScheduleState = STATE.PROMISED) -> ScheduleLine:
    day = None if after is None else DAY + timedelta(days=after)
    return ScheduleLine(day=day, quantity=quantity, location=HERE, state=state)


@st.composite
def schedules(draw: st.DrawFn) -> tuple[ScheduleLine, ...]:
    """Up to five parts in any state, at one of two places."""
    parts: list[ScheduleLine] = []
    for _ in range(draw(st.integers(1, 5))):
        state = draw(st.sampled_from(STATE))
        after = draw(st.integers(0, 9)) if state is STATE.PROMISED else None
        made = part(draw(st.integers(1, 20)), after, state)
        parts.append(ScheduleLine(day=made.day, quantity=made.quantity, location=draw(places), state=state))
    return tuple(parts)


places = st.sampled_from([HERE, THERE])


def total(lines: tuple[ScheduleLine, ...]) -> int:
    return sum(line.quantity for line in lines)


def open_units(lines: tuple[ScheduleLine, ...]) -> int:
    return counted(lines, STATE.PROMISED) + counted(lines, STATE.BACKORDERED)


@given(lines=schedules(), data=st.data())
def test_closing_units_keeps_the_total(lines: tuple[ScheduleLine, ...], data: st.DataObject) -> None:
    units = data.draw(st.integers(0, open_units(lines)))

    gone, dropped = shipped_now(lines, units), cancelled_now(lines, units)

    assert total(gone) == total(dropped) == total(lines)
    assert counted(gone, STATE.SHIPPED) == counted(lines, STATE.SHIPPED) + units
    assert counted(dropped, STATE.CANCELLED) == counted(lines, STATE.CANCELLED) + units


@given(lines=schedules(), after=st.integers(0, 9))
def test_moving_keeps_the_units_and_never_the_later_dates(lines: tuple[ScheduleLine, ...], after: int) -> None:
    day = DAY + timedelta(days=after)

    moved = moved_to(lines, day)

    assert total(moved) == total(lines)
    assert open_units(moved) == open_units(lines)
    assert not counted(moved, STATE.PROMISED) or (complete_on(moved) or DAY) <= day


@given(lines=schedules(), data=st.data())
def test_resizing_changes_the_open_units_only(lines: tuple[ScheduleLine, ...], data: st.DataObject) -> None:
    change = data.draw(st.integers(-open_units(lines), 20))

    after = resized(lines, change, location=HERE)

    assert total(after) == total(lines) + change
    assert all(counted(after, state) == counted(lines, state) for state in (STATE.SHIPPED, STATE.CANCELLED))


def test_the_first_promised_ship_and_the_last_promised_are_cancelled() -> None:
    lines = (part(5, 2), part(5, 8), part(5, None, STATE.BACKORDERED))

    assert shipped_now(lines, 7) == (
        part(7, None, STATE.SHIPPED),
        part(3, 8),
        part(5, None, STATE.BACKORDERED),
    )
    assert cancelled_now(lines, 7) == (part(7, None, STATE.CANCELLED), part(5, 2), part(3, 8))


def test_a_later_promise_moves_the_last_part_and_takes_in_what_was_backordered() -> None:
    lines = (part(5, 2), part(5, 8), part(5, None, STATE.BACKORDERED))

    assert moved_to(lines, DAY + timedelta(days=9)) == (part(5, 2), part(10, 9))
    assert moved_to(lines, DAY + timedelta(days=8)) == lines
    assert moved_to(lines, DAY + timedelta(days=1)) == (part(15, 1),)


def test_a_line_of_which_only_totals_are_known() -> None:
    assert opening_schedule(ordered=30, shipped=5, cancelled=5, promised=None, location=HERE) == (
        part(5, None, STATE.SHIPPED),
        part(5, None, STATE.CANCELLED),
        part(20, None, STATE.BACKORDERED),
    )
