"""Prices of a variant: those of its product, each with what its choices cost on top."""

from dataclasses import replace
from decimal import Decimal

from core.domain.ids import ItemCode
from core.domain.price_search import PriceBook


def variant_book(book: PriceBook, *, product: ItemCode, variant: ItemCode, supplement: Decimal) -> PriceBook:
    """The product's lists, contracts and discounts as those of the variant, `supplement` a base unit dearer; discounts
    then count on the whole price."""
    offers = tuple(
        replace(
            one,
            line=replace(one.line, item=variant, unit_price=max(Decimal(0), one.line.unit_price + supplement)),
        )
        for one in book.offers
    )
    discounts = tuple(replace(one, item=variant) if one.item == product else one for one in book.discounts)
    return replace(book, offers=offers, discounts=discounts)
