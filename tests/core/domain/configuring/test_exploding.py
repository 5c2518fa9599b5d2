"""What a configuration takes is what a plain sum over the lines says, and its code is the same every time."""

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings

from core.domain.configuring.choosing import Configuration, configure
from core.domain.configuring.exploding import explode
from core.domain.configuring.products import ConfigurableProduct
from core.domain.ids import ItemCode
from core.domain.items import Item
from tests.core.domain.configuring.worlds import VALUES, choices, lengths, products

BASE = Item(code=ItemCode("T"), name="Tap", make=True, phantom=True, list_price=Decimal(100), lead_time_days=3)


def plainly(product: ConfigurableProduct, values: dict[str, str]) -> dict[str, Fraction]:
    """The oracle: every line that applies, one after the other."""
    found: defaultdict[str, Fraction] = defaultdict(Fraction)
    for line in product.materials:
        if all(values[one.feature] in one.values for one in line.when):
            more = Fraction(line.share.numerator, line.share.denominator) if line.share else Fraction(0)
            found[line.component] += Fraction(line.quantity_per) + more * int(values["length"])
    return dict(found)


@settings(max_examples=60)
@given(product=products(), chosen=choices, length=lengths)
def test_an_explosion_is_the_plain_sum_of_its_lines(
    product: ConfigurableProduct, chosen: dict[str, str], length: str
) -> None:
    whole = {**dict.fromkeys("abc", VALUES[0]), **chosen, "length": length}
    made = configure(replace(product, rules=()), whole)
    assert isinstance(made, Configuration)

    variant = explode(product, made, BASE)

    assert {one.component: Fraction(one.quantity_per) for one in variant.components} == plainly(product, whole)
    prices = sum(choice.price for one in product.features if (choice := one.choice(whole[one.code])))
    assert variant.item.list_price == max(0, 100 + prices)
    assert {one.parent for one in variant.components} <= {variant.item.code}


@settings(max_examples=30)
@given(product=products(), length=lengths)
def test_a_variant_that_is_made_otherwise_is_another_item(product: ConfigurableProduct, length: str) -> None:
    made = configure(replace(product, rules=()), {**dict.fromkeys("abc", "x"), "length": length})
    assert isinstance(made, Configuration)
    first = explode(product, made, BASE)
    turned = replace(product, materials=tuple(reversed(product.materials)))
    doubled = replace(
        product, materials=tuple(replace(one, quantity_per=one.quantity_per + 1) for one in product.materials)
    )

    assert explode(turned, made, BASE).item.code == first.item.code
    if first.components:
        assert explode(doubled, made, BASE).item.code != first.item.code
