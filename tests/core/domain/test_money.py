"""Money: rounding, currencies and limits."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.errors import InvalidValueError
from core.domain.money import LARGEST_AMOUNT, Money, rounded, total


@pytest.mark.parametrize(
    ("amount", "expected"),
    [("0.005", "0.01"), ("-0.005", "-0.01"), ("2.675", "2.68"), ("1", "1.00"), ("0.0049", "0.00")],
)
def test_totals_round_halves_away_from_zero(amount: str, expected: str) -> None:
    assert str(rounded(Decimal(amount))) == expected


@given(amount=st.decimals(min_value=-(10**12), max_value=10**12, places=6))
def test_rounding_again_changes_nothing_and_moves_less_than_a_cent(amount: Decimal) -> None:
    once = rounded(amount)

    assert rounded(once) == once
    assert abs(once - amount) <= Decimal("0.005")


def test_a_sum_is_of_one_currency() -> None:
    dollars = [Money(amount=Decimal("1.10"), currency="USD"), Money(amount=Decimal("2.20"), currency="USD")]

    assert str(total(dollars, "USD")) == "3.30 USD"
    assert total([], "EUR") == Money(amount=Decimal(0), currency="EUR")
    with pytest.raises(InvalidValueError, match="cannot add 'USD' to 'EUR'"):
        total(dollars, "EUR")


@pytest.mark.parametrize("amount", [Decimal("NaN"), Decimal("Infinity"), LARGEST_AMOUNT + 1, -LARGEST_AMOUNT - 1])
def test_an_amount_beyond_the_limit_is_refused(amount: Decimal) -> None:
    with pytest.raises(InvalidValueError, match="is not a number up to"):
        Money(amount=amount, currency="USD")


@pytest.mark.parametrize("currency", ["", "usd", "US", "USDX", "ÜSD", "$"])
def test_a_currency_is_three_letters(currency: str) -> None:
    with pytest.raises(InvalidValueError, match="is not a three-letter"):
        Money(amount=Decimal(1), currency=currency)
