"""The names master data has for customers, items and places, as plain values to look words up in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from core.domain.configuring.products import ConfigurableProduct
from core.domain.ids import CustomerCode, ItemCode
from core.domain.intake.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownItem:
    """An item that is sold, its base unit, and the larger units it is counted in with their base units."""

    code: ItemCode
    name: str
    unit: str = "EA"
    packs: Mapping[str, int] = field(default_factory=dict[str, int])


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownCustomer:
    """A customer as a letter may name it; an invoice of it is due after `payment_days`, None where nobody says."""

    code: CustomerCode
    name: str
    email: str = ""
    payment_days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Everything of master data that words of a letter may mean. `numbers` are customers' own item numbers, `variants`
    the items that configurable `products` became: nobody calls them otherwise than by their codes. `own_name` is the
    company's that letters are written to."""

    items: tuple[KnownItem, ...] = ()
    customers: tuple[KnownCustomer, ...] = ()
    numbers: Mapping[CustomerCode, Mapping[str, ItemCode]] = field(
        default_factory=dict[CustomerCode, Mapping[str, ItemCode]]
    )
    variants: tuple[KnownItem, ...] = ()
    own_name: str = ""
    products: tuple[ConfigurableProduct, ...] = ()

    def item(self, code: str) -> KnownItem | None:
        """The item with exactly this code."""
        return next((item for item in (*self.items, *self.variants) if item.code == code), None)

    def customer(self, code: str) -> KnownCustomer | None:
        """The customer with exactly this code."""
        return next((one for one in self.customers if one.code == code), None)

    def vocabulary(self) -> Vocabulary:
        """The same as words worth finding in a text."""
        return Vocabulary(
            item_codes=frozenset(item.code for item in (*self.items, *self.variants)),
            item_names=frozenset(item.name for item in self.items),
            customer_numbers=frozenset(number for theirs in self.numbers.values() for number in theirs),
            customer_names=frozenset(one.name for one in self.customers),
            own_name=self.own_name,
            units=frozenset(unit for item in self.items for unit in (item.unit, *item.packs)),
            products=self.products,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Usual:
    """What a customer usually orders of an item: how often it did, and the most at once; zero where it never did."""

    times: int = 0
    most: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderSeen:
    """An order or a draft that may be the same as a new one: what it is called, and its lines."""

    number: str
    customer_po: str
    lines: tuple[tuple[ItemCode, int, date], ...]
