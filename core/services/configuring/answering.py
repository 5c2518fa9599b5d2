"""Configuring on its own: options or a description in, and out what they make, cost and take, or what is wrong."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.domain.checking_values import checked
from core.domain.configuring.choosing import ChoiceFault, Configuration, configure
from core.domain.configuring.describing import ReadOptions, UnclearOption, read_options
from core.domain.configuring.exploding import Variant, explode
from core.domain.configuring.mentions import mentions
from core.domain.configuring.products import ConfigurableProduct
from core.domain.errors import InvalidValueError, NotFoundError
from core.domain.ids import CustomerCode, ItemCode
from core.domain.prices import PricedLine
from core.domain.promising import Ask, Promise
from core.domain.quantity import LARGEST_QUANTITY
from core.domain.showing import shown
from core.ports.storage import UnitOfWork
from core.services.configuring.variants import inquire_variants, price_variant

LONGEST_DESCRIPTION = 2_000
MOST_OPTIONS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfigureItem:
    """These options of a product, and those that a description in words says; an option goes before words.

    With a `customer` the answer has the price of `quantity` units, with a day `requested` when they could be there.
    """

    product: ItemCode
    options: tuple[tuple[str, str], ...] = ()
    words: str = ""
    customer: CustomerCode | None = None
    quantity: int = 1
    requested: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Configured:
    """The product as it would be made, or all that stands in the way: faults of what was chosen, words that are not
    clear. `born` says that the variant is an item already; `list_price` is of a unit, for nobody in particular."""

    product: ItemCode
    read: ReadOptions
    faults: tuple[ChoiceFault, ...] = ()
    unclear: tuple[UnclearOption, ...] = ()
    variant: Variant | None = None
    born: bool = False
    list_price: Decimal | None = None
    price: PricedLine | None = None
    promise: Promise | None = None


def products_of(uow: UnitOfWork) -> tuple[ConfigurableProduct, ...]:
    """Every configurable product, by item."""
    return uow.configurations.products()


def product_meant(uow: UnitOfWork, said: str) -> ItemCode:
    """The product of this code, or the one that a description names; NotFoundError where it is none or several."""
    products = uow.configurations.products()
    plain = said.strip().casefold()
    found = {one.item for one in products if one.item.casefold() == plain}
    found = found or {one.product for one in mentions(said[:LONGEST_DESCRIPTION], products)}
    if len(found) != 1:
        known = ", ".join(one.item for one in products) or "there is none"
        raise NotFoundError(f"{shown(said)} names no configurable product; accepted are {known}, or its name in words")
    return found.pop()


def configure_item(uow: UnitOfWork, command: ConfigureItem) -> Configured:
    """What these options make. Nothing is written. NotFoundError for what is no configurable product,
    InvalidValueError for values out of bounds."""
    product = _product(uow, checked(command).product)
    _check_bounds(command)
    given = dict(command.options)
    read = read_options(command.words, product)
    unclear = tuple(one for one in read.unclear if one.feature not in given)
    made = configure(product, {**read.chosen, **given})
    if not isinstance(made, Configuration):
        open_ones = {one.feature for one in unclear}
        faults = tuple(one for one in made.faults if one.value is not None or one.feature not in open_ones)
        return Configured(product=product.item, read=read, faults=faults, unclear=unclear)
    if unclear:
        return Configured(product=product.item, read=read, unclear=unclear)
    return _answered(uow, command, read, explode(product, made, uow.company.item(product.item)))


def _product(uow: UnitOfWork, item: ItemCode) -> ConfigurableProduct:
    product = uow.configurations.product(item)
    if product is None:
        known = ", ".join(one.item for one in uow.configurations.products()) or "there is none"
        raise NotFoundError(f"{shown(item)} is no configurable product; accepted are {known}")
    return product


def _check_bounds(command: ConfigureItem) -> None:
    if len(command.words) > LONGEST_DESCRIPTION:
        raise InvalidValueError(f"a description has at most {LONGEST_DESCRIPTION} characters", field="words")
    if len(command.options) > MOST_OPTIONS:
        raise InvalidValueError(f"{len(command.options)} options; accepted are at most {MOST_OPTIONS}", field="options")
    if len(dict(command.options)) != len(command.options):
        raise InvalidValueError("an option is given twice; accepted is each feature once", field="options")
    if not 1 <= command.quantity <= LARGEST_QUANTITY:
        raise InvalidValueError(
            f"quantity is {command.quantity!r}; accepted: 1 to {LARGEST_QUANTITY:,}", field="quantity"
        )


def _answered(uow: UnitOfWork, command: ConfigureItem, read: ReadOptions, variant: Variant) -> Configured:
    settings = uow.company.settings()
    price = promise = None
    if command.customer is not None:
        price = price_variant(
            uow,
            variant,
            customer=command.customer,
            quantity=command.quantity,
            on=settings.as_of,
            currency=settings.currency,
        )
    if command.requested is not None:
        ask = Ask(
            item=variant.item.code,
            location=settings.default_ship_from,
            quantity=command.quantity,
            requested=command.requested,
        )
        (promise,) = inquire_variants(uow, (ask,), (variant,))
    return Configured(
        product=variant.configuration.product,
        read=read,
        variant=variant,
        born=variant.item.code in uow.configurations.variants(),
        list_price=variant.item.list_price,
        price=price,
        promise=promise,
    )
