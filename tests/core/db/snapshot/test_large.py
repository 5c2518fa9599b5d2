"""Columns come in parts, in any order, and are read in the order asked for."""

import numpy as np

from core.db.snapshot.keys import Lookup, taking
from core.db.snapshot.large import Large


def test_columns_in_parts_are_whole_in_whatever_order_they_are_asked_for() -> None:
    keys, days = np.array([7, 5, 0, 7], dtype=">i8").tobytes(), np.array([-10_957, 1], dtype=">i4").tobytes()
    names = "ABCDÉ".encode()
    lengths = np.array([1, 3, 2], dtype=">i4").tobytes()
    parts = [
        ("key", 32, keys[:8]),
        ("key", 32, keys[8:24]),
        ("key", 32, keys[24:]),
        ("day", 8, days),
        ("none", 0, b""),
        ("name", 6, names[:2]),
        ("name", 6, names[2:]),
        ("length", 12, lengths),
        ("flag", 2, b"\x01\x00"),
    ]

    large = Large(iter(parts))

    assert large.days("day").tolist() == [0, 10_958]
    assert large.at("key", Lookup(np.array([5, 7]))).tolist() == [1, 0, -1, 1]
    assert tuple(large.texts("name", "length")) == ("A", "BCD", "É")
    assert large.flags("flag").tolist() == [True, False]
    assert large.longs("none").tolist() == []


def test_an_order_is_taken_and_rows_that_stand_in_it_are_not_copied() -> None:
    column = np.array([10, 11, 12])

    assert taking(np.array([2, 0, 1]))(column).tolist() == [12, 10, 11]
    assert taking(np.array([0, 1, 2]))(column) is column
