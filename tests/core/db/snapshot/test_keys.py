"""Keys become positions, dense or sparse, and pairs of positions sort rows."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from core.db.snapshot.keys import Lookup, in_order, pairs


@settings(max_examples=60)
@given(
    st.lists(st.one_of(st.integers(0, 40), st.integers(0, 2**62)), unique=True, max_size=12),
    st.lists(st.one_of(st.integers(0, 50), st.integers(0, 2**62)), max_size=6),
)
def test_each_key_has_its_position_and_others_have_none(keys: list[int], others: list[int]) -> None:
    found = Lookup(np.array(keys, dtype=np.int64)).at(np.array(keys + others, dtype=np.int64))

    expected = [keys.index(key) if key in keys else -1 for key in keys + others]
    assert found.tolist() == expected
    assert found.dtype == np.int32


def test_rows_sort_by_pairs_and_those_without_a_first_are_left_out() -> None:
    pick = in_order(pairs(np.array([2, -1, 0, 2], np.int32), np.array([1, 5, 9, 0], np.int32)))

    assert pick(np.array([10, 11, 12, 13])).tolist() == [12, 13, 10]
    assert in_order(np.zeros(0, np.int64))(np.zeros(0)).tolist() == []
