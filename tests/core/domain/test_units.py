"""Quantities in other units are exact, or refused."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.units import Units, in_base

SCREWS = Units(base="EA", packs={"CTN": 12, "BOX": 144})


def test_a_unit_is_so_many_base_units() -> None:
    assert [SCREWS.factor(unit) for unit in ("CTN", "BOX", "EA", "", None)] == [12, 144, 1, 1, 1]


def test_a_unit_that_the_item_does_not_have_has_no_factor() -> None:
    assert (SCREWS.factor("PAL"), SCREWS.accepted) == (None, ("EA", "BOX", "CTN"))


def test_a_base_unit_named_among_the_packs_is_still_one() -> None:
    assert Units(base="EA", packs={"EA": 5}).factor("EA") == 1


@pytest.mark.parametrize(
    ("quantity", "factor", "units"),
    [
        (Decimal(3), 12, 36),
        (Decimal("2.5"), 12, 30),
        (7, 1, 7),
        (Decimal("1.3"), 12, None),
        (Decimal("0.5"), 1, None),
        (Decimal(f"1.{'0' * 39}1"), 10, None),
    ],
)
def test_a_quantity_is_exact_in_base_units_or_nothing(quantity: Decimal | int, factor: int, units: int | None) -> None:
    assert in_base(quantity, factor) == units


@given(packs=st.integers(0, 10**12), factor=st.integers(1, 10**9), parts=st.integers(1, 10**6))
def test_converting_there_and_back_loses_nothing(packs: int, factor: int, parts: int) -> None:
    units = in_base(packs, factor)

    assert units is not None
    assert units == packs * factor
    assert in_base(Decimal(units), 1) == units
    exact = (packs * factor) % parts == 0
    assert not exact or in_base((packs * factor) // parts, parts) == units
