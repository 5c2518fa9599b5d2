"""Books with calendars, work centres, operations, lanes and alternates for hypothesis, over any plain books."""

from dataclasses import replace
from typing import Any

import numpy as np
from hypothesis import strategies as st

from core.planning.snapshot import (
    Bookings,
    ItemAlternates,
    Lanes,
    LaneTerms,
    OperationAlternates,
    Operations,
    Snapshot,
    WorkCenters,
)

_KNOWN_DAYS = 9


@st.composite
def featured(draw: st.DrawFn, plain: st.SearchStrategy[Snapshot], *, busy: bool = False) -> Snapshot:
    """These books with everything the features of a scan read; `busy` has many operations with other centres."""
    snapshot = draw(plain)
    least = 4 if busy else 0
    operations = _operations(draw(st.lists(_operation, unique_by=lambda row: row[:2], min_size=least, max_size=6)))
    others = draw(st.lists(_other_center, unique_by=lambda row: row[:3], min_size=least, max_size=5))
    return replace(
        snapshot,
        working_days=_flags(draw(_table(st.booleans(), len(snapshot.locations.code), _KNOWN_DAYS))),
        work_centers=WorkCenters(
            code=("K1", "K2", "K3"),
            location=_positions([0, 0, 0]),
            minutes=np.array(draw(_table(st.sampled_from([0, 0, 4, 10]), 3, _KNOWN_DAYS)), dtype=np.int64),
        ),
        operations=operations,
        operation_alternates=_other_centers(others, operations.item.size),
        bookings=_bookings(draw(st.lists(_booking, unique_by=lambda row: row[:3], max_size=4))),
        **_lanes(draw(st.lists(_lane, unique_by=lambda row: row[:2], max_size=7)), len(snapshot.locations.code)),
        alternates=_alternates(draw(st.lists(_alternate, unique_by=lambda row: row[:4], max_size=5))),
    )


def _table(cell: st.SearchStrategy[Any], rows: int, columns: int) -> st.SearchStrategy[list[list[Any]]]:
    return st.lists(st.lists(cell, min_size=columns, max_size=columns), min_size=rows, max_size=rows)


_item = st.integers(0, 3)
_operation = st.tuples(
    _item,
    st.integers(1, 2),
    st.integers(0, 1),
    st.integers(0, 2),
    st.sampled_from([0, 1_000_000, 1_500_000]),
    st.sampled_from([1_000_000, 800_000]),
)
_other_center = st.tuples(
    st.integers(0, 5), st.integers(1, 2), st.integers(0, 2), st.sampled_from([500_000, 1_000_000, 1_300_000])
)
_booking = st.tuples(
    st.sampled_from(["N1", "N2"]), st.integers(0, 1), st.integers(0, _KNOWN_DAYS + 3), st.integers(1, 12)
)
_lane = st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(0, 4), st.integers(1, 2), st.integers(-1, 3))
_alternate = st.tuples(
    _item,
    st.integers(1, 2),
    _item,
    st.booleans(),
    st.sampled_from([500_000, 1_000_000, 1_500_000]),
    st.sampled_from([False, False, True]),
    st.integers(-1, 1),
)


def _operations(rows: list[tuple[int, ...]]) -> Operations:
    rows = sorted(rows)
    return Operations(
        item=_positions([row[0] for row in rows]),
        sequence=_positions([row[1] for row in rows]),
        center=_positions([row[2] for row in rows]),
        setup=_units([row[3] for row in rows]),
        unit=_units([row[4] for row in rows]),
        good=_units([row[5] for row in rows]),
    )


def _other_centers(rows: list[tuple[int, ...]], operations: int) -> OperationAlternates:
    rows = sorted(row for row in rows if row[0] < operations)
    return OperationAlternates(
        operation=_positions([row[0] for row in rows]),
        priority=_positions([row[1] for row in rows]),
        center=_positions([row[2] for row in rows]),
        factor=_units([row[3] for row in rows]),
    )


def _bookings(rows: list[tuple[Any, ...]]) -> Bookings:
    from_today = 20_000
    rows = sorted(rows)
    return Bookings(
        number=tuple(row[0] for row in rows),
        center=_positions([row[1] for row in rows]),
        day=_positions([from_today + row[2] for row in rows]),
        minutes=_units([row[3] for row in rows]),
    )


def _lanes(rows: list[tuple[int, ...]], places: int) -> dict[str, Any]:
    rows = sorted(row for row in rows if row[0] != row[1] and max(row[:2]) < places)
    return {
        "lanes": Lanes(
            origin=_positions([row[0] for row in rows]),
            destination=_positions([row[1] for row in rows]),
            days=_positions([row[2] for row in rows]),
            fixed_cost=_units([0 for _ in rows]),
            unit_cost=_units([0 for _ in rows]),
        ),
        "lane_terms": LaneTerms(
            priority=_positions([row[3] for row in rows]), item=_positions([row[4] for row in rows])
        ),
    }


def _alternates(rows: list[tuple[Any, ...]]) -> ItemAlternates:
    """`opens` -1, 0 or 1: valid until yesterday, now, from tomorrow on."""
    rows = sorted(row for row in rows if row[0] != row[2])
    return ItemAlternates(
        item=_positions([row[0] for row in rows]),
        alternate=_positions([row[2] for row in rows]),
        component=_flags([row[3] for row in rows]),
        ratio=_units([row[4] for row in rows]),
        priority=_positions([row[1] for row in rows]),
        valid_from=_positions([20_001 if row[6] > 0 else 0 for row in rows]),
        valid_to=_positions([19_999 if row[6] < 0 else 50_000 for row in rows]),
        approval=_flags([row[5] for row in rows]),
    )


def _positions(values: list[int]) -> Any:
    return np.array(values, dtype=np.int32)


def _units(values: list[int]) -> Any:
    return np.array(values, dtype=np.int64)


def _flags(values: Any) -> Any:
    return np.array(values, dtype=np.bool_)
