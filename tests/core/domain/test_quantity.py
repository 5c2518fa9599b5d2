"""Quantities: whole base units within a limit, and orders that meet a supplier's sizes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.errors import InvalidValueError
from core.domain.quantity import LARGEST_QUANTITY, Quantity, rounded_up


@pytest.mark.parametrize("units", [LARGEST_QUANTITY + 1, -LARGEST_QUANTITY - 1, 10**30])
def test_a_quantity_beyond_the_limit_is_refused(units: int) -> None:
    with pytest.raises(InvalidValueError, match="is beyond the limit"):
        Quantity(units=units, unit="EA")


def test_a_quantity_reads_with_its_unit() -> None:
    assert str(Quantity(units=12500, unit="EA")) == "12,500 EA"


@pytest.mark.parametrize(
    ("wanted", "minimum", "multiple", "ordered"),
    [(25, 1, 1, 25), (25, 10, 5, 25), (26, 10, 5, 30), (3, 10, 4, 12), (1, 1, 50, 50), (0, 1, 1, 1)],
)
def test_an_order_meets_minimum_and_multiple(wanted: int, minimum: int, multiple: int, ordered: int) -> None:
    assert rounded_up(wanted, minimum=minimum, multiple=multiple) == ordered


@given(
    wanted=st.integers(0, LARGEST_QUANTITY),
    minimum=st.integers(1, LARGEST_QUANTITY),
    multiple=st.integers(1, LARGEST_QUANTITY),
)
def test_an_order_is_the_least_that_is_enough(wanted: int, minimum: int, multiple: int) -> None:
    ordered = rounded_up(wanted, minimum=minimum, multiple=multiple)

    assert ordered >= max(wanted, minimum)
    assert ordered % multiple == 0
    assert ordered - multiple < max(wanted, minimum)
