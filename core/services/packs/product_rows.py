"""Configurable products as the rows of their files, so that reading them gives the same products."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from core.domain.configuring.products import LANGUAGES, ConfigurableProduct, Material, Step, Words
from core.services.packs.product_cells import written, written_rows
from core.services.packs.product_files import KEYS, Row

PRODUCT_FILES = frozenset(KEYS)


def product_rows(kind: str, products: Iterable[ConfigurableProduct]) -> list[Row]:
    """The rows of one of the files, the products in turn."""
    return [{"item": one.item, **row} for one in products for row in _rows(kind, one)]


def _rows(kind: str, product: ConfigurableProduct) -> list[Row]:
    match kind:
        case "products":
            return [_words(product.words)]
        case "product_features":
            return _features(product)
        case "product_options":
            return _options(product)
        case "product_rules":
            return [
                {
                    "rule": one.code,
                    "kind": one.kind.value,
                    "when": written(one.when),
                    "then": written_rows(one.rows),
                    "because": one.because,
                }
                for one in product.rules
            ]
        case "product_parts":
            names = ("line", "component", "quantity_per", "scrap", "operation")
            return [{**_named(one, names), **_when(one)} for one in product.materials]
        case _:
            names = ("line", "work_center", "name", "setup_minutes", "unit_minutes", "yield_percent")
            return [{**_named(one, names), "operation": one.sequence, **_when(one)} for one in product.steps]


def _features(product: ConfigurableProduct) -> list[Row]:
    rows: list[Row] = []
    for number, one in enumerate(product.features, start=1):
        span: Row = {"least": None, "most": None, "step": 1, "unit": "", "price": Decimal(0)}
        if one.range is not None:
            span = _named(one.range, tuple(span))
        plain = {**_named(one, ("name", "required", "default", "none")), **span, **_words(one.words)}
        rows.append({"feature": one.code, "position": number, **plain})
    return rows


def _options(product: ConfigurableProduct) -> list[Row]:
    return [
        {
            "feature": feature.code,
            "option": one.code,
            "position": number,
            **_named(one, ("name", "price", "lead_days")),
            **_words(one.words),
        }
        for feature in product.features
        for number, one in enumerate(feature.choices, start=1)
    ]


def _named(one: Any, names: tuple[str, ...]) -> Row:
    return {name: getattr(one, name) for name in names}


def _when(line: Material | Step) -> Row:
    share = line.share
    return {
        "when": written(line.when),
        "per_feature": share.feature if share else None,
        "per": f"{share.numerator}/{share.denominator}" if share else None,
    }


def _words(words: tuple[Words, ...]) -> Row:
    said = {one.language: "|".join(one.words) for one in words}
    return {language: said.get(language, "") for language in LANGUAGES}
