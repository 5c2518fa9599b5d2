"""Values are quoted shortly and harmlessly, whatever they are."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.showing import shown

DEEP: object = ()
for _ in range(10_000):
    DEEP = (DEEP,)

CASES: tuple[tuple[object, str], ...] = (
    ("VALVE-3", "'VALVE-3'"),
    ("\u202e\0", r"'\u202e\x00'"),
    ("x" * 10_000_000, f"'{'x' * 76}... (10000000 characters)"),
    (10**5000, "a whole number of 16610 bits"),
    (Decimal("1E+1000000"), "Decimal('1E+1000000')"),
    (DEEP, "(((((((...),),),),),),)"),
    (None, "None"),
)


@pytest.mark.parametrize(("value", "text"), CASES, ids=range(len(CASES)))
def test_a_value_is_quoted(value: object, text: str) -> None:
    assert shown(value) == text


@given(st.one_of(st.text(), st.integers(), st.binary(), st.lists(st.text()), st.decimals()))
def test_a_quotation_is_short_and_on_one_line(value: object) -> None:
    assert len(shown(value)) <= 110
    assert shown(value).isprintable()
