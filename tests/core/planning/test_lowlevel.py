"""Low-level codes, and loops named."""

import pytest

from core.domain.errors import CircularBomError
from core.planning.lowlevel import Structure, flat_structure, read_structure
from tests.core.planning.books import book


def test_an_item_lies_below_everything_that_contains_it() -> None:
    structure = _structure("ABCD", [("A", "B"), ("B", "C"), ("A", "C"), ("C", "D")])

    assert structure.level.tolist() == [0, 1, 2, 3]
    assert structure.levels == 4


def test_components_are_listed_parent_by_parent() -> None:
    structure = _structure("ABC", [("A", "B", "2"), ("A", "C", "0.5"), ("B", "C", "0")])

    assert structure.first.tolist() == [0, 2, 2, 2]
    assert structure.component.tolist() == [1, 2]
    assert structure.per_parent.tolist() == [2_000_000, 500_000]


def test_without_a_bill_of_materials_there_is_one_level() -> None:
    assert flat_structure(3).level.tolist() == [0, 0, 0]
    assert flat_structure(3).levels == 1


def test_an_item_in_itself_is_the_shortest_loop() -> None:
    with pytest.raises(CircularBomError, match="'A' -> 'A'"):
        _structure("A", [("A", "A")])


def test_the_loop_is_named_without_what_only_hangs_on_it() -> None:
    with pytest.raises(CircularBomError) as refused:
        _structure("ABCDEF", [("A", "F"), ("F", "E"), ("E", "C"), ("C", "F"), ("E", "B"), ("B", "D")])

    assert refused.value.details == {"loop": ("C", "F", "E")}


def _structure(items: str, bom: list[tuple[str, ...]]) -> Structure:
    snapshot = book(items=[(code, True) for code in items], bom=bom)
    return read_structure(snapshot.bom, snapshot.items.code)
