"""What an agent may ask of a product that is made as each order says: what options make, cost and take."""

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from core.domain.configuring.products import ConfigurableProduct
from core.domain.ids import CustomerCode
from core.domain.overviews import NameKind
from core.services.configuring import Configured, ConfigureItem
from tools.arguments import NO_CONTROL, Customer, Day, Units
from tools.core_access import ReadCore
from tools.provenance import Role
from tools.spec import Cost, ToolInput, ToolOutput, reads

MOST_OPTIONS = 30
MOST_PARTS = 30

_Name = Annotated[str, Field(min_length=1, max_length=60, pattern=NO_CONTROL)]


class OptionGiven(ToolInput):
    """One option: a feature and its value, both by code, such as 'voltage' and '400'."""

    feature: _Name
    value: _Name


class ConfigureItemAsked(ToolInput):
    """What configure_item takes."""

    product: Annotated[
        str,
        Field(
            min_length=1,
            max_length=2_000,
            description="the product's code, or a description with its name and options, such as 'process pump 15 kW'",
        ),
        Role.EVIDENCE,
    ]
    options: Annotated[
        tuple[OptionGiven, ...],
        Field(max_length=MOST_OPTIONS, description="options by code; they go before those of the description"),
    ] = ()
    quantity: Units = Field(1, description="how many, for price and date")
    customer: Customer | None = Field(None, description="for the price: a customer's code or whole name")
    requested: Day | None = Field(None, description="for the date: the day it is wanted; none: no date is worked out")


class OptionRow(ToolOutput):
    """A feature with its value, and the words it came from (empty where it is the usual one or was given by code)."""

    feature: str
    name: str
    value: str
    said: str


class OpenRow(ToolOutput):
    """What stands in the way: a feature that is missing, not clear or against a rule, and what is accepted."""

    feature: str
    name: str
    value: str | None
    why: str
    accepted: tuple[str, ...]


class PartRow(ToolOutput):
    """Units of a component that one takes."""

    item: str
    quantity: Decimal


class ItemConfigured(ToolOutput):
    """A product as it would be made. With `open` rows it cannot be made so; without any, `item` is the item it becomes
    with the first order (`exists`: it is one already). Prices are of a unit. Nothing is held or promised."""

    product: str
    item: str | None
    exists: bool
    options: tuple[OptionRow, ...]
    open: tuple[OpenRow, ...]
    parts: tuple[PartRow, ...]
    parts_left_out: int
    list_price: Decimal | None
    price: Decimal | None
    complete: date | None


def _configure_item(core: ReadCore, asked: ConfigureItemAsked) -> ItemConfigured:
    product = core.product(asked.product)
    customer = None if asked.customer is None else core.code_of(NameKind.CUSTOMER, asked.customer)
    made = core.configured(
        ConfigureItem(
            product=product.item,
            options=tuple((one.feature, one.value) for one in asked.options),
            words="" if asked.product.strip().casefold() == product.item.casefold() else asked.product,
            customer=None if customer is None else CustomerCode(customer),
            quantity=asked.quantity,
            requested=asked.requested,
        )
    )
    parts = made.variant.components if made.variant else ()
    return ItemConfigured(
        product=made.product,
        item=made.variant.item.code if made.variant else None,
        exists=made.born,
        options=_options(product, made),
        open=_open(product, made),
        parts=tuple(PartRow(item=one.component, quantity=one.quantity_per) for one in parts[:MOST_PARTS]),
        parts_left_out=max(0, len(parts) - MOST_PARTS),
        list_price=made.list_price,
        price=made.price.unit_price if made.price else None,
        complete=made.promise.complete if made.promise else None,
    )


def _options(product: ConfigurableProduct, made: Configured) -> tuple[OptionRow, ...]:
    words = {one.feature: one.quote for one in made.read.said}
    values = dict(made.variant.configuration.values) if made.variant else made.read.chosen
    return tuple(
        OptionRow(
            feature=one.code,
            name=one.name,
            value=values[one.code],
            said=words.get(one.code, ""),
        )
        for one in product.features
        if one.code in values
    )


def _open(product: ConfigurableProduct, made: Configured) -> tuple[OpenRow, ...]:
    names = {one.code: one.name for one in product.features}
    rows = [
        OpenRow(feature=one.feature, name=names.get(one.feature, ""), value=None, why=one.why, accepted=one.choices)
        for one in made.unclear
    ]
    rows += [
        OpenRow(
            feature=one.feature,
            name=names.get(one.feature, ""),
            value=one.value,
            why=one.why,
            accepted=one.accepted[:MOST_OPTIONS],
        )
        for one in made.faults
    ]
    return tuple(rows[:MOST_OPTIONS])


CONFIGURE_ITEM = reads(
    "configure_item",
    "Checks the options of a product that is made as each order says: what is missing or against a rule with what is "
    "accepted, else the item it becomes, its parts, its price for a customer and the day it could be there. Nothing is "
    "made, held or promised; draft_order makes a draft of it.",
    cost=Cost.MODERATE,
    examples=(
        {"product": "process pump 15 kW, stainless, 400 V", "quantity": 2, "requested": "2026-03-31"},
        {"product": "XP-1", "options": [{"feature": "power", "value": "15"}]},
    ),
    takes=ConfigureItemAsked,
    gives=ItemConfigured,
    handler=_configure_item,
)
