"""What happens to items of no family of those asked for changes no promise of these."""

from dataclasses import replace

import numpy as np

from core.planning.promising.kin import Kin
from core.planning.snapshot import PER_PARENT_SCALE, ItemAlternates, Snapshot
from tests.core.planning.books import AS_OF, book


def books() -> Snapshot:
    """A is made of B, B of C; D may stand for E; F is alone."""
    plain = book(items=[("A", True), ("B", True), ("C",), ("D",), ("E",), ("F",)], bom=[("A", "B"), ("B", "C")])
    alternates = ItemAlternates(
        item=np.array([4], dtype=np.int32),
        alternate=np.array([3], dtype=np.int32),
        component=np.array([False]),
        ratio=np.array([PER_PARENT_SCALE]),
        priority=np.array([1], dtype=np.int32),
        valid_from=np.array([AS_OF], dtype=np.int32),
        valid_to=np.array([AS_OF], dtype=np.int32),
        approval=np.array([False]),
    )
    return replace(plain, alternates=alternates)


def test_a_family_is_what_is_made_of_it_what_it_is_made_of_and_what_stands_for_it() -> None:
    kin = Kin(books())

    assert [set(kin.of([item], most=6) or ()) for item in range(6)] == [{0, 1, 2}] * 3 + [{3, 4}] * 2 + [{5}]
    assert kin.of([2, 5], most=4) == {0, 1, 2, 5}


def test_very_many_are_everything() -> None:
    assert Kin(books()).of([0, 3], most=4) is None


def test_families_are_of_one_reading_of_the_master_data() -> None:
    first = books()
    kin = Kin(first)

    assert kin.is_of(replace(first, as_of=AS_OF + 1))
    assert not kin.is_of(books())
