"""Money: a Decimal amount in one currency; two currencies never meet in one sum."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from core.domain.errors import InvalidValueError

CENT = Decimal("0.01")
PRICE_STEP = Decimal("0.0001")
LARGEST_AMOUNT = Decimal(1000000000000)
LARGEST_LINE_VALUE = 10 * LARGEST_AMOUNT


def rounded(amount: Decimal) -> Decimal:
    """The amount to two places, halves away from zero: the declared rounding of every total."""
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """An amount in an ISO 4217 currency."""

    amount: Decimal
    currency: str

    def __post_init__(self) -> None:
        if not self.amount.is_finite() or abs(self.amount) > LARGEST_AMOUNT:
            raise InvalidValueError(f"amount {self.amount!r} is not a number up to {LARGEST_AMOUNT}")
        if len(self.currency) != 3 or not self.currency.isascii() or not self.currency.isupper():
            raise InvalidValueError(f"currency {self.currency!r} is not a three-letter ISO 4217 code such as 'USD'")

    def __add__(self, other: "Money") -> "Money":
        if other.currency != self.currency:
            raise InvalidValueError(f"cannot add {other.currency!r} to {self.currency!r}")
        return Money(amount=self.amount + other.amount, currency=self.currency)

    def __str__(self) -> str:
        return f"{self.amount:,.2f} {self.currency}"


def total(amounts: Iterable[Money], currency: str) -> Money:
    """The sum of the amounts, zero in the currency when there are none."""
    result = Money(amount=Decimal(0), currency=currency)
    for amount in amounts:
        result = result + amount
    return result
