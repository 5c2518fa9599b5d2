"""The files of configurable products, column by column."""

from decimal import Decimal
from typing import Any

from core.domain.configuring.products import LANGUAGES, RuleKind
from core.services.packs.cells import as_code, as_decimal, as_flag, as_member, as_text, as_whole
from core.services.packs.parts import Part
from core.services.packs.product_cells import (
    LONGEST_NUMBER,
    as_conditions,
    as_fraction,
    as_more_days,
    as_option,
    as_rows,
    as_supplement,
    as_words,
)

_ITEM = Part(refers="item", needed=True)
_PRODUCT = Part(refers="product", needed=True)
_OPTION = Part(parse=as_option, needed=True, blank="")
_MAYBE_OPTION = Part(parse=as_option)
_NAME = Part(parse=as_text, blank="", needed=True)
_TEXT = Part(parse=as_text, blank="")
_NUMBER = Part(parse=as_whole(most=LONGEST_NUMBER))
_POSITION = Part(parse=as_whole(most=10_000), blank=0)
_LINE = Part(parse=as_whole(1, 100_000), needed=True, blank=0)
_MORE = Part(parse=as_supplement, blank=Decimal(0))
_WHEN = Part(parse=as_conditions, blank=())
_WORDS: dict[str, Part] = {language: Part(parse=as_words, blank=()) for language in LANGUAGES}
_SHARE = {"per_feature": _MAYBE_OPTION, "per": Part(parse=as_fraction)}

PARTS: dict[str, dict[str, Part]] = {
    "products": {"item": _ITEM, **_WORDS},
    "product_features": {
        "item": _PRODUCT,
        "feature": _OPTION,
        "name": _NAME,
        "position": _POSITION,
        "required": Part(parse=as_flag, blank=False),
        "default": _MAYBE_OPTION,
        "none": _MAYBE_OPTION,
        "least": _NUMBER,
        "most": _NUMBER,
        "step": Part(parse=as_whole(1, LONGEST_NUMBER), blank=1),
        "unit": Part(parse=as_code, blank=""),
        "price": _MORE,
        **_WORDS,
    },
    "product_options": {
        "item": _PRODUCT,
        "feature": _OPTION,
        "option": _OPTION,
        "name": _NAME,
        "position": _POSITION,
        "price": _MORE,
        "lead_days": Part(parse=as_more_days, blank=0),
        **_WORDS,
    },
    "product_rules": {
        "item": _PRODUCT,
        "rule": _OPTION,
        "kind": Part(parse=as_member(RuleKind), needed=True, blank=RuleKind.REQUIRES),
        "when": _WHEN,
        "then": Part(parse=as_rows, needed=True, blank=()),
        "because": _TEXT,
    },
    "product_parts": {
        "item": _PRODUCT,
        "line": _LINE,
        "component": Part(refers="item", needed=True),
        "quantity_per": Part(parse=as_decimal(6, most=Decimal(400_000)), blank=Decimal(0)),
        **_SHARE,
        "when": _WHEN,
        "scrap": Part(parse=as_decimal(4, most=Decimal("0.5")), blank=Decimal(0)),
        "operation": Part(parse=as_whole(most=1_000_000)),
    },
    "product_steps": {
        "item": _PRODUCT,
        "line": _LINE,
        "operation": Part(parse=as_whole(most=1_000_000), needed=True, blank=0),
        "work_center": Part(refers="work_center", needed=True),
        "name": _TEXT,
        "setup_minutes": Part(parse=as_whole(most=1_000_000), blank=0),
        "unit_minutes": Part(parse=as_decimal(6, most=Decimal(100_000)), blank=Decimal(0)),
        "yield_percent": Part(parse=as_decimal(6, most=Decimal(100), positive=True), blank=Decimal(100)),
        **_SHARE,
        "when": _WHEN,
    },
}
KEYS: dict[str, tuple[str, ...]] = {
    "products": ("item",),
    "product_features": ("item", "feature"),
    "product_options": ("item", "feature", "option"),
    "product_rules": ("item", "rule"),
    "product_parts": ("item", "line"),
    "product_steps": ("item", "line"),
}
Row = dict[str, Any]
"""The values of a row by column."""
