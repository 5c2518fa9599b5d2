"""The search for a price: which list or contract counts, which discounts apply, and every step in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.domain.errors import InvalidValueError, NotFoundError
from core.domain.items import Item
from core.domain.parties import Customer
from core.domain.prices import (
    Combination,
    Discount,
    DiscountKind,
    Offer,
    PricedLine,
    PriceList,
    PriceListKind,
    PriceListLine,
    PriceSource,
    PriceStep,
    line_total,
)
from core.domain.quantity import LARGEST_QUANTITY


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceAsk:
    """What a price is wanted for."""

    customer: Customer
    item: Item
    quantity: int
    on: date
    currency: str
    channel: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceBook:
    """What is known of prices of an item: the offers of every list, all discounts, and the company's own currency."""

    offers: tuple[Offer, ...]
    discounts: tuple[Discount, ...]
    company_currency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoPrice:
    """Why there is no price; `other_currencies` are those in which there is one."""

    why: str
    other_currencies: tuple[str, ...] = ()


def price_of(ask: PriceAsk, book: PriceBook) -> PricedLine:
    """The price of so many units for a customer on a day, with its source and every step to it.

    NotFoundError when nothing says a price; InvalidValueError for a quantity that is none, and when prices exist in
    another currency only: they are never converted.
    """
    found = search_price(ask, book)
    if isinstance(found, PricedLine):
        return found
    if found.other_currencies:
        raise InvalidValueError(found.why, field="currency")
    raise NotFoundError(found.why, item=ask.item.code)


def search_price(ask: PriceAsk, book: PriceBook) -> PricedLine | NoPrice:
    """The same with the lack of a price as an answer; InvalidValueError for a quantity that is none."""
    if not 1 <= ask.quantity <= LARGEST_QUANTITY:
        raise InvalidValueError(
            f"quantity {ask.quantity!r} is not a whole number from 1 to {LARGEST_QUANTITY}", field="quantity"
        )
    offer, steps = _best_offer(ask, book.offers)
    if offer is not None:
        found, source, reference = offer.line.unit_price, PriceSource(offer.list.kind.value), offer.name
    elif ask.currency == book.company_currency and ask.item.list_price > 0:
        found, source, reference = ask.item.list_price, PriceSource.ITEM, f"list price of item {ask.item.code}"
    else:
        return _no_price(ask, book)
    steps = (*steps, _base_step(ask, offer, found, reference))
    steps = (*steps, *_discounted(ask, book.discounts, source, found))
    priced_line = PricedLine(
        item=ask.item.code,
        quantity=ask.quantity,
        currency=ask.currency,
        unit_price=steps[-1].price,
        found=steps[-1].price,
        base=found,
        source=source,
        steps=steps,
        priced_on=ask.on,
        list=None if offer is None else offer.list.code,
        list_line=None if offer is None else offer.line.line,
    )
    line_total(priced_line.unit_price, ask.quantity)
    return priced_line


def _best_offer(ask: PriceAsk, offers: Sequence[Offer]) -> tuple[Offer | None, tuple[PriceStep, ...]]:
    """The offer that counts, and a step for every list that was passed over because it wants more units."""
    fitting = [
        offer
        for offer in offers
        if offer.line.item == ask.item.code
        and offer.list.currency == ask.currency
        and _meets(offer.list, ask.customer)
        and _holds_on(offer.list, ask.on)
        and _holds_on(offer.line, ask.on)
    ]
    passed: list[PriceStep] = []
    for code in dict.fromkeys(offer.list.code for offer in sorted(fitting, key=_rank)):
        of_list = [offer for offer in fitting if offer.list.code == code]
        reached = [offer for offer in of_list if offer.line.minimum <= ask.quantity]
        if reached:
            return max(reached, key=_break_rank), tuple(passed)
        least = min(of_list, key=lambda offer: (offer.line.minimum, offer.line.line))
        words = f"{least.name} begins at {least.line.minimum} units, {ask.quantity} are wanted: not used"
        passed.append(PriceStep(words=words, price=least.line.unit_price))
    return None, tuple(passed)


def _no_price(ask: PriceAsk, book: PriceBook) -> NoPrice:
    others = {
        offer.list.currency: offer.name
        for offer in sorted(book.offers, key=_rank, reverse=True)
        if offer.line.item == ask.item.code and _meets(offer.list, ask.customer) and _holds_on(offer.list, ask.on)
    }
    if ask.item.list_price > 0:
        others[book.company_currency] = "list price"
    others.pop(ask.currency, None)
    if others:
        there = ", ".join(f"{currency} ({name})" for currency, name in sorted(others.items()))
        return NoPrice(
            why=f"{ask.item.code!r} has prices for {ask.customer.code!r} in {there}, none in {ask.currency!r};"
            " prices are not converted, an order in one of these currencies is accepted",
            other_currencies=tuple(sorted(others)),
        )
    return NoPrice(
        why=f"there is no price of {ask.quantity} of {ask.item.code!r} for {ask.customer.code!r} on {ask.on};"
        " a line of a price list or contract, or a list price of the item is needed"
    )


def _base_step(ask: PriceAsk, offer: Offer | None, found: Decimal, reference: str) -> PriceStep:
    of = "" if offer is None or offer.line.minimum == 1 else f" from {offer.line.minimum} units on"
    return PriceStep(words=f"{reference}: {found:.4f} {ask.currency}{of}", price=found)


def _discounted(
    ask: PriceAsk, discounts: Sequence[Discount], source: PriceSource, price: Decimal
) -> tuple[PriceStep, ...]:
    usable = sorted((one for one in discounts if _usable(one, ask, source)), key=lambda one: (one.sequence, one.code))
    best = [one for one in usable if one.combination is Combination.BEST]
    chosen = [min(best, key=lambda one: one.off(price))] if best else []
    steps: list[PriceStep] = []
    for one in (*chosen, *(one for one in usable if one.combination is Combination.STACKABLE)):
        price = one.off(price)
        taken = (
            f"{one.value.normalize():f} %" if one.kind is DiscountKind.PERCENT else f"{one.value:.4f} {ask.currency}"
        )
        best_of = f", the best of {len(best)}" if one.combination is Combination.BEST and len(best) > 1 else ""
        words = f"discount {one.code} ({one.name}), {taken} off{best_of}: {price:.4f} {ask.currency}"
        steps.append(PriceStep(words=words, price=price, discount=one.code))
    return tuple(steps)


def _usable(discount: Discount, ask: PriceAsk, source: PriceSource) -> bool:
    return (
        _holds_on(discount, ask.on)
        and _meets(discount, ask.customer)
        and discount.item in (None, ask.item.code)
        and discount.channel in (None, ask.channel)
        and discount.currency in (None, ask.currency)
        and discount.minimum <= ask.quantity
        and (discount.on_contracts or source is not PriceSource.CONTRACT)
    )


def _meets(condition: PriceList | Discount, customer: Customer) -> bool:
    return (
        condition.customer in (None, customer.code)
        and condition.tier in (None, customer.tier)
        and condition.region in (None, customer.region)
    )


def _holds_on(thing: PriceList | PriceListLine | Discount, on: date) -> bool:
    return thing.valid_from <= on and (thing.valid_to is None or on <= thing.valid_to)


def _rank(offer: Offer) -> tuple[bool, bool, int, int, int, str]:
    """Contracts before lists, the customer's own before a group's, the narrower group first; then priority, newest."""
    named = offer.list
    conditions = (named.tier is not None) + (named.region is not None)
    return (
        named.kind is PriceListKind.LIST,
        named.customer is None,
        -conditions,
        named.priority,
        -named.valid_from.toordinal(),
        named.code,
    )


def _break_rank(offer: Offer) -> tuple[int, date, int]:
    """The largest break reached; where two lines are for one break, the newer one."""
    return offer.line.minimum, offer.line.valid_from, offer.line.line
