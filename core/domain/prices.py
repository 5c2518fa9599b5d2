"""Prices of customers: price lists and contracts with quantity breaks, discounts, and a price with its steps."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import NewType, assert_never

from core.domain.errors import InvalidValueError
from core.domain.ids import CustomerCode, ItemCode
from core.domain.money import LARGEST_AMOUNT, LARGEST_LINE_VALUE, PRICE_STEP, rounded
from core.domain.quantity import LARGEST_QUANTITY

PriceListCode = NewType("PriceListCode", str)
DiscountCode = NewType("DiscountCode", str)
MOST_LINES = 1_000_000


class PriceListKind(StrEnum):
    """A price list is for whoever meets its conditions; a contract is agreed with somebody and goes before any list."""

    LIST = "list"
    CONTRACT = "contract"


class DiscountKind(StrEnum):
    """What a discount takes off a unit price: so many percent of it, or an amount."""

    PERCENT = "percent"
    AMOUNT = "amount"


class Combination(StrEnum):
    """How a discount meets others: of the best-of ones only the strongest counts, stackable ones follow one another."""

    STACKABLE = "stackable"
    BEST = "best"


class PriceSource(StrEnum):
    """Where the price of an order line comes from.

    `stated` is the customer's word, not agreed yet; `accepted` is that word where it is within the tolerance.
    """

    ITEM = "item"
    LIST = "list"
    CONTRACT = "contract"
    OVERRIDE = "override"
    STATED = "stated"
    ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceList:
    """Prices in one currency, valid from a day on; a condition that is None asks nothing of the customer.

    Of several lists the one with the lowest priority number is asked first.
    """

    code: PriceListCode
    name: str
    currency: str
    valid_from: date
    kind: PriceListKind = PriceListKind.LIST
    customer: CustomerCode | None = None
    tier: int | None = None
    region: str | None = None
    priority: int = 1
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceListLine:
    """The price of one base unit of an item from `minimum` units on."""

    list: PriceListCode
    line: int
    item: ItemCode
    unit_price: Decimal
    valid_from: date
    minimum: int = 1
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Discount:
    """Something off the unit price where all conditions hold; a condition that is None asks nothing.

    Contract prices are net, and a discount leaves them alone unless `on_contracts` says otherwise.
    """

    code: DiscountCode
    name: str
    kind: DiscountKind
    value: Decimal
    valid_from: date
    currency: str | None = None
    customer: CustomerCode | None = None
    tier: int | None = None
    region: str | None = None
    item: ItemCode | None = None
    channel: str | None = None
    minimum: int = 1
    valid_to: date | None = None
    combination: Combination = Combination.STACKABLE
    sequence: int = 1
    on_contracts: bool = False

    def off(self, price: Decimal) -> Decimal:
        """The unit price after the discount, to four places and never below zero."""
        if self.kind is DiscountKind.AMOUNT:
            return max(Decimal(0), priced(price - self.value))
        return priced(price * (100 - self.value) / 100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A line of a price list together with its list."""

    list: PriceList
    line: PriceListLine

    @property
    def name(self) -> str:
        """How people call it."""
        kind = "contract" if self.list.kind is PriceListKind.CONTRACT else "price list"
        return f"{kind} {self.list.code} line {self.line.line}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceStep:
    """One step on the way to a price, in words, and the unit price after it."""

    words: str
    price: Decimal
    discount: DiscountCode | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PricedLine:
    """A unit price with where it comes from.

    `found` is the price that the books say, whatever the line is sold at; `base` is that price before discounts, where
    a list or the item says it. `override` is the number of a decision.
    """

    item: ItemCode
    quantity: int
    currency: str
    unit_price: Decimal
    found: Decimal
    source: PriceSource
    steps: tuple[PriceStep, ...]
    priced_on: date
    list: PriceListCode | None = None
    list_line: int | None = None
    override: int | None = None
    base: Decimal | None = None

    @property
    def reference(self) -> str:
        """What people call the source."""
        match self.source:
            case PriceSource.ITEM:
                return f"list price of item {self.item}"
            case PriceSource.LIST:
                return f"price list {self.list} line {self.list_line}"
            case PriceSource.CONTRACT:
                return f"contract {self.list} line {self.list_line}"
            case PriceSource.OVERRIDE:
                return f"override {self.override}"
            case PriceSource.STATED:
                return "stated by the customer"
            case PriceSource.ACCEPTED:
                return "stated by the customer, within the tolerance"
            case _:
                assert_never(self.source)

    @property
    def total(self) -> Decimal:
        """The value of the line."""
        return line_total(self.unit_price, self.quantity)


def priced(amount: Decimal) -> Decimal:
    """A unit price to four places, halves away from zero: the declared rounding of every unit price."""
    return amount.quantize(PRICE_STEP, rounding=ROUND_HALF_UP)


def line_total(unit_price: Decimal, quantity: int) -> Decimal:
    """The value of a line: unit price times quantity, rounded once, to two places."""
    total = rounded(unit_price * quantity)
    if total > LARGEST_LINE_VALUE:
        raise InvalidValueError(
            f"{quantity!r} at {unit_price!r} are worth more than {LARGEST_LINE_VALUE}, the most a line may be worth",
            field="quantity",
        )
    return total


def checked_price(amount: Decimal, *, field: str = "unit_price") -> Decimal:
    """A price somebody typed, to four places; InvalidValueError for one that is none or too exact."""
    if not amount.is_finite() or not 0 <= amount <= LARGEST_AMOUNT or amount != priced(amount):
        raise InvalidValueError(
            f"price {amount!r} is not a number from 0 to {LARGEST_AMOUNT} with at most four places", field=field
        )
    return amount


def check_list(price_list: PriceList) -> None:
    """InvalidValueError where a list is for nobody, for never, or in no currency."""
    code = price_list.code
    _check_currency(price_list.currency)
    _check_days(price_list.valid_from, price_list.valid_to, f"price list {code!r}")
    nobody = (price_list.customer, price_list.tier, price_list.region) == (None, None, None)
    if price_list.kind is PriceListKind.CONTRACT and nobody:
        raise InvalidValueError(
            f"contract {code!r} is with nobody; a customer, a tier or a region is needed", field="customer"
        )


def check_line(line: PriceListLine) -> None:
    """InvalidValueError where a line has no price, no quantity or no day."""
    checked_price(line.unit_price)
    _check_days(line.valid_from, line.valid_to, f"price list {line.list!r} line {line.line!r}")
    if not 1 <= line.minimum <= LARGEST_QUANTITY:
        raise InvalidValueError(
            f"quantity {line.minimum!r} is not a whole number from 1 to {LARGEST_QUANTITY}", field="minimum"
        )
    if not 1 <= line.line <= MOST_LINES:
        raise InvalidValueError(f"line {line.line!r} is not a whole number from 1 to {MOST_LINES}", field="line")


def check_discount(discount: Discount) -> None:
    """InvalidValueError where a discount takes off more than there is, or an amount in no currency."""
    checked_price(discount.value, field="value")
    _check_days(discount.valid_from, discount.valid_to, f"discount {discount.code!r}")
    if discount.kind is DiscountKind.PERCENT:
        if discount.value > 100 or discount.currency is not None:
            raise InvalidValueError(
                f"discount {discount.code!r} takes {discount.value} % of {discount.currency!r}; accepted are 0 to 100 %"
                " and no currency",
                field="value",
            )
    else:
        _check_currency(discount.currency or "")
    if not 1 <= discount.minimum <= LARGEST_QUANTITY:
        raise InvalidValueError(
            f"quantity {discount.minimum!r} is not a whole number from 1 to {LARGEST_QUANTITY}", field="minimum"
        )


def _check_currency(currency: str) -> None:
    if len(currency) != 3 or not currency.isascii() or not currency.isupper():
        raise InvalidValueError(
            f"currency {currency!r} is not a three-letter ISO 4217 code such as 'USD'", field="currency"
        )


def _check_days(first: date, last: date | None, what: str) -> None:
    if last is not None and last < first:
        raise InvalidValueError(f"{what} ends on {last}, before it begins on {first}", field="valid_to")
