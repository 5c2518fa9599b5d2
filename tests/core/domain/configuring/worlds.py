"""Small products at random, sound ones and others, for properties."""

from decimal import Decimal

from hypothesis import strategies as st

from core.domain.configuring.products import (
    Choice,
    Condition,
    ConfigurableProduct,
    Feature,
    Material,
    Range,
    Rule,
    RuleKind,
    Share,
)
from core.domain.ids import ItemCode

FEATURES = ("a", "b", "c")
VALUES = ("x", "y", "z")
PARTS = tuple(ItemCode(f"P{number}") for number in range(4))

_conditions = st.builds(
    lambda feature, values: Condition(feature=feature, values=tuple(sorted(values))),
    st.sampled_from(FEATURES),
    st.sets(st.sampled_from(VALUES), min_size=1, max_size=2),
)
_some = st.lists(_conditions, min_size=1, max_size=2).map(tuple)
_maybe = st.lists(_conditions, max_size=2).map(tuple)


@st.composite
def products(draw: st.DrawFn) -> ConfigurableProduct:
    """Three features of three choices and a length, up to three rules, and some materials."""
    features = [
        Feature(
            code=code,
            name=code.upper(),
            required=(required := draw(st.booleans())),
            default=None if required else draw(st.sampled_from(VALUES)),
            choices=tuple(Choice(code=value, name=value, price=Decimal(draw(st.integers(-5, 9)))) for value in VALUES),
        )
        for code in FEATURES
    ]
    length = Feature(code="length", name="Length", default="0", range=Range(least=0, most=300, step=50, unit="mm"))
    kinds = st.sampled_from([RuleKind.REQUIRES, RuleKind.EXCLUDES])
    rules = [
        Rule(
            code=f"R{number}",
            kind=draw(kinds),
            when=draw(_maybe),
            rows=tuple(draw(st.lists(_some, min_size=1, max_size=2))),
        )
        for number in range(draw(st.integers(0, 3)))
    ]
    materials = [
        Material(
            line=number,
            component=draw(st.sampled_from(PARTS)),
            quantity_per=Decimal(draw(st.integers(1, 5))),
            share=draw(st.sampled_from([None, Share(feature="length", numerator=1, denominator=50)])),
            when=draw(_maybe),
        )
        for number in range(draw(st.integers(1, 5)))
    ]
    return ConfigurableProduct(
        item=ItemCode("T"), features=(*features, length), rules=tuple(rules), materials=tuple(materials)
    )  # fmt: skip


choices = st.dictionaries(st.sampled_from(FEATURES), st.sampled_from(VALUES))
lengths = st.integers(0, 6).map(lambda step: str(step * 50))
