"""Quantities in other units are exact, or refused with what would be accepted."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.errors import InvalidValueError
from core.domain.ids import ItemCode
from core.domain.items import Item, UnitConversion
from core.domain.units import in_packs, to_base

SCREW = Item(code=ItemCode("SCREW"), name="Screw")
CARTON = (UnitConversion(item=SCREW.code, unit="CTN", base_units=12),)


def test_a_quantity_in_packs_is_so_many_base_units() -> None:
    assert to_base(SCREW, Decimal(3), "CTN", CARTON) == 36
    assert to_base(SCREW, Decimal("2.5"), "CTN", CARTON) == 30
    assert to_base(SCREW, Decimal(7), "EA") == 7


def test_a_fraction_of_a_base_unit_is_refused_with_what_would_be_accepted() -> None:
    with pytest.raises(InvalidValueError) as refusal:
        to_base(SCREW, Decimal("1.3"), "CTN", CARTON)

    assert refusal.value.message == (
        "1.3 CTN of 'SCREW' is 15.6 EA, and only whole EA are kept; accepted are 15 EA or 16 EA"
    )


@pytest.mark.parametrize("quantity", ["NaN", "Infinity", "-1", "1E+1000000"])
def test_what_is_no_quantity_is_refused(quantity: str) -> None:
    with pytest.raises(InvalidValueError, match="accepted is a number from 0 to 1000000000000"):
        to_base(SCREW, Decimal(quantity), "EA")


def test_a_unit_that_the_item_does_not_have_is_refused() -> None:
    with pytest.raises(InvalidValueError, match=r"'SCREW' is not counted in 'BOX'; accepted are \['CTN', 'EA'\]"):
        to_base(SCREW, Decimal(1), "BOX", CARTON)


@given(units=st.integers(0, 10**9))
def test_packs_and_the_rest_are_the_whole(units: int) -> None:
    packs, rest = in_packs(SCREW, units, "CTN", CARTON)

    assert 0 <= rest < 12
    assert to_base(SCREW, Decimal(packs), "CTN", CARTON) + rest == units
