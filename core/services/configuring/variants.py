"""Variants before and after they are items: what one costs, when it could be there, and how it becomes an item."""

from collections.abc import Sequence
from datetime import date

from core.domain.configuring.exploding import Variant
from core.domain.configuring.pricing import variant_book
from core.domain.ids import CustomerCode
from core.domain.order_terms import Channel
from core.domain.price_search import PriceAsk, price_of
from core.domain.prices import PricedLine
from core.domain.promising import Ask, Promise
from core.domain.quoting import check_asks
from core.planning.promising import open_book, promise
from core.planning.variants import with_variant
from core.ports.storage import UnitOfWork
from core.services.promising.desk_rules import desk_rules


def bear(uow: UnitOfWork, variant: Variant) -> bool:
    """Make a variant an item with its bill of materials and its routing, audited, in this transaction; False where it
    is one already and is used again. ConflictError when its code is another item's."""
    return uow.configurations.bear(variant)


def price_variant(
    uow: UnitOfWork,
    variant: Variant,
    *,
    customer: CustomerCode,
    quantity: int,
    on: date,
    currency: str,
    channel: Channel | None = None,
) -> PricedLine:
    """The price of so many units, as it will be once the variant is an item; price_of says what is refused."""
    product = variant.configuration.product
    ask = PriceAsk(
        customer=uow.company.customer(customer),
        item=variant.item,
        quantity=quantity,
        on=on,
        currency=currency,
        channel=None if channel is None else channel.value,
    )
    book = variant_book(
        uow.prices.book(product), product=product, variant=variant.item.code, supplement=variant.supplement
    )
    return price_of(ask, book)


def inquire_variants(uow: UnitOfWork, asks: tuple[Ask, ...], variants: Sequence[Variant]) -> tuple[Promise, ...]:
    """When could these be there, also those of variants that nobody made yet? As `inquire`: one after the other, and
    nothing is written or held."""
    check_asks(asks)
    snapshot = uow.snapshot()
    for variant in variants:
        snapshot = with_variant(snapshot, variant)
    book = open_book(snapshot, desk_rules(uow))
    return tuple(promise(book, ask) for ask in asks)
