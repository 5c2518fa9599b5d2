"""Configurable products of a pack: read from their files, and checked as wholes before any is taken."""

from collections.abc import Mapping, Sequence
from typing import Any

from core.domain.configuring.compiling import ProductFault, product_faults
from core.domain.configuring.products import (
    LANGUAGES,
    Choice,
    ConfigurableProduct,
    Feature,
    Material,
    Range,
    Rule,
    Share,
    Step,
    Words,
)
from core.domain.ids import ItemCode
from core.services.packs.desk import Desk
from core.services.packs.gaps import GapRule
from core.services.packs.masters import Masters
from core.services.packs.parts import read_parts
from core.services.packs.product_files import KEYS, PARTS, Row
from core.services.packs.sheet import Known, Sheet

# Where a part of a product stands: its file, and the column of a fault that is not called as the field is.
_FILE_OF = {
    "feature": "product_features",
    "choice": "product_options",
    "rule": "product_rules",
    "material": "product_parts",
    "step": "product_steps",
}
_COLUMN_OF = {"choice": "option"}
_Rows = Mapping[str, Sequence[tuple[int, Row]]]


def read_products(desk: Desk, masters: Masters, work_centers: Known) -> tuple[ConfigurableProduct, ...]:
    """The products by item. One with a fault is refused with all its rows; each fault names file, line and column."""
    heads = read_parts(desk.sheets["products"], PARTS["products"], {"item": masters.item_codes})
    sheet = desk.sheets["products"]
    sheet.unique(heads["item"], "item")
    _refuse_sold(sheet, heads["item"], masters)
    known = {"item": masters.item_codes, "product": sheet.known(heads["item"]), "work_center": work_centers}
    rows = {kind: _rows(desk.sheets[kind], kind, known) for kind in KEYS if kind != "products"}
    for row, feature in rows["product_features"]:
        if (feature["least"] is None) != (feature["most"] is None):
            accepted = "accepted are both or neither: a range of numbers goes from least to most"
            desk.sheets["product_features"].reject(row, "least", GapRule.CONTRADICTION, accepted)
    _refuse_strangers(desk, rows)
    found: list[ConfigurableProduct] = []
    for row in sorted(sheet.good(), key=lambda row: heads["item"][row]):
        head = {column: values[row] for column, values in heads.items()}
        product = _product(head, {kind: _of(lines, head["item"]) for kind, lines in rows.items()})
        faults = () if _broken(desk, rows, head["item"]) else product_faults(product)
        for fault in faults:
            _reject(desk, rows, row, product, fault)
        if not faults and not _broken(desk, rows, head["item"]):
            found.append(product)
        elif not faults:
            sheet.follow(row, "item")
    return tuple(found)


def _refuse_sold(sheet: Sheet, codes: Sequence[str], masters: Masters) -> None:
    """Nobody can buy or stock a product that is not configured yet: its item is a phantom."""
    phantom = {item.code for item in masters.items if item.phantom}
    for row in sheet.good():
        if codes[row] not in phantom:
            accepted = "accepted is an item with phantom = yes: only what is configured is made and sold"
            sheet.reject(row, "item", GapRule.CONTRADICTION, accepted)


def _rows(sheet: Sheet, kind: str, known: Mapping[str, Known]) -> list[tuple[int, Row]]:
    """The rows of a file, each with its place; those with a fault of their own are among them."""
    columns = read_parts(sheet, PARTS[kind], known)
    keys: list[Any] = list(zip(*(columns[name] for name in KEYS[kind]), strict=True))
    sheet.unique(keys, ",".join(KEYS[kind]))
    return [(row, {name: values[row] for name, values in columns.items()}) for row in range(sheet.size)]


def _of(lines: Sequence[tuple[int, Row]], item: str) -> list[Row]:
    return [line for _, line in lines if line["item"] == item]


def _broken(desk: Desk, rows: _Rows, item: str) -> bool:
    """Whether a row of the product is refused already: then nothing more is said about it."""
    return any(
        row in desk.sheets[kind].bad for kind, lines in rows.items() for row, one in lines if one["item"] == item
    )


def _refuse_strangers(desk: Desk, rows: _Rows) -> None:
    """Options of features that the product has not."""
    features = {(one["item"], one["feature"]) for _, one in rows["product_features"]}
    for row, one in rows["product_options"]:
        if (one["item"], one["feature"]) not in features and row not in desk.sheets["product_options"].bad:
            accepted = f"accepted is a feature of {one['item']} in {desk.sheets['product_features'].file}"
            desk.sheets["product_options"].reject(row, "feature", GapRule.ORPHAN_REFERENCE, accepted)


def _reject(desk: Desk, rows: _Rows, head: int, product: ConfigurableProduct, fault: ProductFault) -> None:
    kind = _FILE_OF[fault.part]
    place = next((row for row, one in rows[kind] if _is(product, kind, one, fault.name)), None)
    if place is None:
        desk.sheets["products"].reject(
            head, "item", GapRule.CONTRADICTION, f"accepted is {fault.accepted}", value=fault.value
        )
        return
    column = _COLUMN_OF.get(fault.field, fault.field)
    if column not in PARTS[kind]:
        column = KEYS[kind][-1]
    desk.sheets[kind].reject(place, column, GapRule.CONTRADICTION, f"accepted is {fault.accepted}", value=fault.value)


def _is(product: ConfigurableProduct, kind: str, row: Row, name: str) -> bool:
    key = "=".join(str(row[column]) for column in KEYS[kind][1:])
    return row["item"] == product.item and key == name


def _product(head: Row, rows: Mapping[str, list[Row]]) -> ConfigurableProduct:
    features = sorted(rows["product_features"], key=lambda one: (one["position"], one["feature"]))
    return ConfigurableProduct(
        item=ItemCode(head["item"]),
        words=_words(head),
        features=tuple(_feature(one, rows["product_options"]) for one in features),
        rules=tuple(_rule(one) for one in sorted(rows["product_rules"], key=lambda one: one["rule"])),
        materials=tuple(_material(one) for one in sorted(rows["product_parts"], key=lambda one: one["line"])),
        steps=tuple(_step(one) for one in sorted(rows["product_steps"], key=lambda one: one["line"])),
    )


def _words(row: Row) -> tuple[Words, ...]:
    return tuple(Words(language=one, words=row[one]) for one in LANGUAGES if row[one])


def _feature(row: Row, options: Sequence[Row]) -> Feature:
    own = sorted(
        (one for one in options if one["feature"] == row["feature"]), key=lambda one: (one["position"], one["option"])
    )
    ranged = row["least"] is not None and row["most"] is not None
    return Feature(
        code=row["feature"],
        name=row["name"],
        words=_words(row),
        required=row["required"],
        default=row["default"],
        none=row["none"],
        choices=tuple(
            Choice(
                code=one["option"],
                name=one["name"],
                words=_words(one),
                price=one["price"],
                lead_days=one["lead_days"],
            )
            for one in own
        ),
        range=Range(**{name: row[name] for name in ("least", "most", "step", "unit", "price")}) if ranged else None,
    )


def _rule(row: Row) -> Rule:
    return Rule(code=row["rule"], kind=row["kind"], when=row["when"], rows=row["then"], because=row["because"])


def _share(row: Row) -> Share | None:
    if row["per_feature"] is None or row["per"] is None:
        return None
    return Share(feature=row["per_feature"], numerator=row["per"][0], denominator=row["per"][1])


def _material(row: Row) -> Material:
    names = ("line", "component", "quantity_per", "when", "scrap", "operation")
    return Material(share=_share(row), **{name: row[name] for name in names})


def _step(row: Row) -> Step:
    names = ("line", "name", "work_center", "setup_minutes", "unit_minutes", "yield_percent", "when")
    return Step(sequence=row["operation"], share=_share(row), **{name: row[name] for name in names})
