"""Runs of rows: starts, members and largest values."""

import numpy as np

from core.planning.spans import largest_in, rows_of, run_lengths, run_starts


def test_runs_start_where_the_key_changes() -> None:
    starts = run_starts(np.array([3, 3, 5, 8, 8, 8]))

    assert starts.tolist() == [0, 2, 3]
    assert run_lengths(starts, 6).tolist() == [2, 1, 3]


def test_no_rows_have_no_runs() -> None:
    none = np.zeros(0, dtype=np.int64)

    assert run_starts(none).tolist() == []
    assert rows_of(none, none).tolist() == []
    assert largest_in(none.astype(np.int32), none, none).tolist() == []


def test_rows_of_several_runs_follow_one_another() -> None:
    assert rows_of(np.array([4, 0, 7]), np.array([2, 0, 1])).tolist() == [4, 5, 7]


def test_the_largest_of_each_run() -> None:
    values = np.array([5, 1, 9, 2, 3], dtype=np.int32)

    assert largest_in(values, np.array([1, 2]), np.array([1, 2])).tolist() == [1, 9]
    assert largest_in(values, np.array([3, 0]), np.array([2, 2])).tolist() == [3, 5]
