"""Working time as columns: calendars resolved to days, minutes of work centres, operations and their alternates."""

import json
from collections.abc import Iterable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from core.db.codec import from_json
from core.db.snapshot.columns import Columns
from core.db.snapshot.keys import in_order, pairs
from core.db.snapshot.large import Large
from core.domain.calendars import Calendar
from core.domain.working_time import minutes_on
from core.planning.snapshot import (
    NO_WORK_CENTERS,
    NO_WORKING_DAYS,
    Bookings,
    Flags,
    OperationAlternates,
    Operations,
    WorkCenters,
    date_of,
)

# Past these days promising repeats the last week it knows.
RESOLVED_DAYS = 420
_WHOLE_DAY = 24 * 60


def work_centers(columns: Columns, as_of: int) -> WorkCenters:
    """Minutes of every work centre on each day: those of its calendar at each station, none while it is stopped, and
    overtime."""
    codes, calendars = columns.texts("center_code"), _calendars(columns)
    if not codes:
        return NO_WORK_CENTERS
    stations, names = columns.longs("center_stations"), columns.texts("center_calendar")
    minutes = np.zeros((len(codes), RESOLVED_DAYS), dtype=np.int64)
    for row, name in enumerate(names):
        minutes[row] = _minutes(calendars[name], as_of) * stations[row] if name else _WHOLE_DAY * stations[row]
    place = {code: row for row, code in enumerate(codes)}
    first, last = columns.ints("stop_first") - as_of, columns.ints("stop_last") - as_of
    for row, center in enumerate(columns.texts("stop_center")):
        minutes[place[center], max(0, int(first[row])) : max(0, int(last[row]) + 1)] = 0
    day, more = columns.ints("overtime_day") - as_of, columns.longs("overtime_minutes")
    for row, center in enumerate(columns.texts("overtime_center")):
        if day[row] < RESOLVED_DAYS:
            minutes[place[center], int(day[row])] += more[row]
    return WorkCenters(code=codes, location=columns.at("center_place", columns.place), minutes=minutes)


def operations(large: Large, columns: Columns) -> Operations:
    """The steps of making each item."""
    item, sequence = large.at("step_item", columns.item), large.ints("step_sequence")
    pick = in_order(pairs(item, sequence))
    return Operations(
        item=pick(item),
        sequence=pick(sequence),
        center=pick(_positions(columns, large.texts("step_center", "step_length"))),
        setup=pick(large.ints("step_setup").astype(np.int64)),
        unit=pick(large.longs("step_unit")),
        good=pick(large.longs("step_good")),
    )


def operation_alternates(columns: Columns, steps: Operations) -> OperationAlternates:
    """Other work centres for steps, by row of these."""
    changed = pairs(columns.at("change_item", columns.item), columns.ints("change_sequence"))
    return OperationAlternates(
        operation=np.searchsorted(pairs(steps.item, steps.sequence), changed).astype(np.int32),
        center=_centers(columns, "change_center"),
        priority=columns.ints("change_priority"),
        factor=columns.longs("change_factor"),
    )


def bookings(columns: Columns) -> Bookings:
    """Minutes that work orders have booked from today on."""
    return Bookings(
        number=columns.texts("booked_number"),
        center=_centers(columns, "booked_center"),
        day=columns.ints("booked_day"),
        minutes=columns.longs("booked_minutes"),
    )


def working_days(columns: Columns, as_of: int) -> Flags:
    """Whether each location works on each day; no rows where none has a calendar."""
    calendars, names = _calendars(columns), columns.texts("place_calendar")
    if not any(names):
        return NO_WORKING_DAYS
    works = np.ones((len(names), RESOLVED_DAYS), dtype=np.bool_)
    for row, name in enumerate(names):
        if name:
            works[row] = _minutes(calendars[name], as_of) > 0
    return works


def _calendars(columns: Columns) -> dict[str, str]:
    return dict(zip(columns.texts("calendar_code"), columns.texts("calendar_text"), strict=True))


@lru_cache(maxsize=256)
def _minutes(calendar: str, as_of: int) -> NDArray[np.int64]:
    """Minutes of work on each day from the business date on; the same calendar is resolved once."""
    read = from_json(Calendar, json.loads(calendar))
    found = np.array([minutes_on(read, date_of(as_of + n)) for n in range(RESOLVED_DAYS)], dtype=np.int64)
    found.flags.writeable = False
    return found


def _centers(columns: Columns, name: str) -> NDArray[np.int32]:
    return _positions(columns, columns.texts(name))


def _positions(columns: Columns, centers: Iterable[str]) -> NDArray[np.int32]:
    """Where each of these work centres stands."""
    place = {code: row for row, code in enumerate(columns.texts("center_code"))}
    return np.array([place[code] for code in centers], dtype=np.int32)
