"""What a configuration is made of and costs: the item of its own it becomes, with its materials and operations."""

import hashlib
import json
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from core.domain.configuring.choosing import Configuration, all_hold
from core.domain.configuring.products import Choice, ConfigurableProduct, Share
from core.domain.ids import ItemCode
from core.domain.items import BomComponent, Item
from core.domain.making import Operation
from core.domain.money import PRICE_STEP

SMALLEST = Fraction(1, 1_000_000)
"""Quantities and minutes are whole multiples of this."""
_DIGITS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """A configuration as an item of its own. `supplement` is what a unit costs beyond the list price of the product;
    the variant's list price has it in."""

    configuration: Configuration
    item: Item
    supplement: Decimal
    components: tuple[BomComponent, ...]
    operations: tuple[Operation, ...]


def explode(product: ConfigurableProduct, configuration: Configuration, base: Item) -> Variant:
    """The variant of a configuration; `base` is the product's item, whose unit, tariff and the like it has.

    Its code comes from its values, its materials and its operations: what is made otherwise is another item.
    """
    values = dict(configuration.values)
    materials = _materials(product, values)
    steps = _steps(product, values)
    code = ItemCode(f"{product.item}-{_digest(configuration, materials, steps)[:_DIGITS].upper()}")
    supplement, lead = _supplements(product, values)
    named = "; ".join(f"{name} {value}" for name, value in _told(product, values))
    item = replace(
        base,
        code=code,
        name=f"{base.name}: {named}"[:400],
        make=True,
        finished_good=True,
        phantom=False,
        made_to_order=True,
        safety_stock=0,
        list_price=max(Decimal(0), base.list_price + supplement),
        lead_time_days=max(0, base.lead_time_days + lead),
    )
    return Variant(
        configuration=configuration,
        item=item,
        supplement=supplement,
        components=tuple(replace(one, parent=code) for one in materials),
        operations=tuple(replace(one, item=code) for one in steps),
    )


def amount(fixed: Decimal, share: Share | None, values: dict[str, str]) -> Fraction:
    """A quantity with its share of a numeric feature, exactly."""
    if share is None:
        return Fraction(fixed)
    return Fraction(fixed) + Fraction(share.numerator, share.denominator) * int(values[share.feature])


def plain(quantity: Fraction) -> Decimal:
    """A whole multiple of a millionth as a decimal."""
    assert quantity % SMALLEST == 0, "lines that are not exact are refused when the product is loaded"
    return Decimal(int(quantity / SMALLEST)).scaleb(-6).normalize() + 0


def _materials(product: ConfigurableProduct, values: dict[str, str]) -> tuple[BomComponent, ...]:
    """The lines that apply, one a component; nothing of a component is no line."""
    lines = [one for one in product.materials if all_hold(one.when, values)]
    taken: dict[ItemCode, Fraction] = {}
    for line in lines:
        taken[line.component] = taken.get(line.component, Fraction(0)) + amount(line.quantity_per, line.share, values)
    first = {line.component: line for line in reversed(lines)}
    return tuple(
        BomComponent(
            parent=product.item,
            component=code,
            quantity_per=plain(quantity),
            scrap=first[code].scrap,
            operation=first[code].operation,
        )
        for code, quantity in sorted(taken.items())
        if quantity > 0
    )


def _steps(product: ConfigurableProduct, values: dict[str, str]) -> tuple[Operation, ...]:
    found = [
        Operation(
            item=product.item,
            sequence=one.sequence,
            name=one.name,
            work_center=one.work_center,
            setup_minutes=one.setup_minutes,
            unit_minutes=plain(amount(one.unit_minutes, one.share, values)),
            yield_percent=one.yield_percent,
        )
        for one in product.steps
        if all_hold(one.when, values)
    ]
    return tuple(sorted(found, key=lambda one: one.sequence))


def _supplements(product: ConfigurableProduct, values: dict[str, str]) -> tuple[Decimal, int]:
    money, days = Decimal(0), 0
    for feature in product.features:
        value = values[feature.code]
        if feature.range is not None:
            money += feature.range.price * int(value)
            continue
        choice = feature.choice(value)
        assert isinstance(choice, Choice), "a configuration has values of its features only"
        money, days = money + choice.price, days + choice.lead_days
    return money.quantize(PRICE_STEP), days


def _told(product: ConfigurableProduct, values: dict[str, str]) -> list[tuple[str, str]]:
    told: list[tuple[str, str]] = []
    for feature in product.features:
        value = values[feature.code]
        choice = feature.choice(value)
        unit = f" {feature.range.unit}".rstrip() if feature.range else ""
        told.append((feature.name, choice.name if choice else f"{value}{unit}"))
    return told


def _digest(configuration: Configuration, materials: tuple[BomComponent, ...], steps: tuple[Operation, ...]) -> str:
    made_of = [[one.component, f"{one.quantity_per:f}", f"{one.scrap:f}", one.operation] for one in materials]
    made_by = [
        [one.sequence, one.name, one.work_center, one.setup_minutes, f"{one.unit_minutes:f}", f"{one.yield_percent:f}"]
        for one in steps
    ]
    return hashlib.sha256(json.dumps([configuration.digest, made_of, made_by]).encode()).hexdigest()
