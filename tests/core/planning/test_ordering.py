"""Sorting by packed keys is the stable sort by the same keys, however wide they are."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.planning.ordering import grouped_order, stable_order

_WIDE = st.sampled_from([-(2**40), -1, 0, 1, 2**40])


@given(st.lists(st.tuples(st.integers(-2, 2), _WIDE, st.integers(0, 3)), max_size=12))
def test_rows_are_sorted_by_the_first_key_then_the_next_and_keep_their_order(rows: list[tuple[int, ...]]) -> None:
    keys = [np.array([row[n] for row in rows], dtype=np.int64) for n in range(3)]

    order = stable_order(*keys)

    assert order.tolist() == sorted(range(len(rows)), key=lambda row: rows[row])
    grouped, first = grouped_order(*keys)
    assert (grouped.tolist(), first.tolist()) == (order.tolist(), keys[0][order].tolist())


@pytest.mark.parametrize("values", [[], [5]])
def test_few_rows_stay_as_they_are(values: list[int]) -> None:
    assert stable_order(np.array(values, dtype=np.int64)).tolist() == list(range(len(values)))


def test_a_key_of_the_whole_range_of_numbers_is_sorted_too() -> None:
    values = np.array([2**61, -(2**61), 0], dtype=np.int64)

    assert stable_order(values, values).tolist() == [1, 2, 0]
