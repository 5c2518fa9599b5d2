"""The rows of an item at a place are those a search through all rows finds."""

from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from core.planning.promising.columns import columns_of

ITEMS, GROUPS = 4, 3
rows = st.lists(
    st.tuples(st.integers(0, ITEMS - 1), st.integers(0, GROUPS - 1), st.integers(0, 5), st.integers(1, 9)), max_size=12
)


@settings(max_examples=30, deadline=None)
@given(rows)
def test_rows_of_a_node_are_its_own_by_day(given_rows: list[tuple[int, int, int, int]]) -> None:
    item, group, day, units = np.array(given_rows, dtype=np.int64).reshape(-1, 4).T
    source = np.arange(item.size, dtype=np.int64)

    columns = columns_of(item * GROUPS + group, day, units, source, items=ITEMS, groups=GROUPS)

    read = list(zip(columns.day.tolist(), columns.source.tolist(), columns.units.tolist(), strict=True))
    for one, place in product(range(ITEMS), range(GROUPS)):
        first, end = columns.rows(one, place)
        wanted = [(d, n, u) for n, (i, g, d, u) in enumerate(given_rows) if (i, g) == (one, place)]
        assert read[first:end] == sorted(wanted)
