"""Configurable products, and the items that orders make of them."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Select, insert, select, text
from sqlalchemy.orm import aliased

from core.db.codec import from_json
from core.db.loading.tables import TABLES, Values, values_of
from core.db.rows import (
    BomComponentRow,
    ConfigurableProductRow,
    ItemRow,
    ItemVariantRow,
    OperationRow,
)
from core.db.transaction import Transaction
from core.domain.configuring.exploding import Variant
from core.domain.configuring.products import ConfigurableProduct, Feature, Material, Rule, Step, Words
from core.domain.errors import ConflictError
from core.domain.ids import ItemCode
from core.domain.master_data import MasterDataKind

_LOCK = text("SELECT pg_advisory_xact_lock(hashtextextended('expediter:variant:' || :code, 0))")
_Product = aliased(ItemRow)


@dataclass(frozen=True, slots=True)
class SqlConfigurationStore:
    """Products and variants of this transaction."""

    transaction: Transaction

    def product(self, item: ItemCode) -> ConfigurableProduct | None:
        """What can be chosen about an item."""
        found = self.transaction.session.execute(_open().where(ItemRow.code == item)).one_or_none()
        return None if found is None else _product(*found)

    def products(self) -> tuple[ConfigurableProduct, ...]:
        """All of them, by item."""
        found = self.transaction.session.execute(_open().order_by(ItemRow.code.collate("C")))
        return tuple(_product(row, code) for row, code in found)

    def variants(self) -> Mapping[ItemCode, ItemCode]:
        """The product of each variant, by code."""
        query = (
            select(ItemRow.code, _Product.code)
            .join(ItemVariantRow, ItemVariantRow.item_id == ItemRow.id)
            .join(_Product, _Product.id == ItemVariantRow.product_id)
            .order_by(ItemRow.code.collate("C"))
        )
        found = self.transaction.session.execute(query)
        return {ItemCode(variant): ItemCode(product) for variant, product in found}

    def bear(self, variant: Variant) -> bool:
        """Insert the item and all of it, once: who asks at the same time waits."""
        session, code = self.transaction.session, variant.item.code
        session.execute(_LOCK, {"code": code})
        known = (
            select(ItemVariantRow.configuration)
            .select_from(ItemRow)
            .outerjoin(ItemVariantRow, ItemVariantRow.item_id == ItemRow.id)
            .where(ItemRow.code == code)
        )
        found = session.execute(known).one_or_none()
        if found is not None:
            if found.configuration != variant.configuration.code:
                raise ConflictError(f"item {code!r} is another one than {variant.configuration.code}; rename it first")
            return False
        self._insert(variant)
        return True

    def _insert(self, variant: Variant) -> None:
        session, item = self.transaction.session, variant.item
        chosen = variant.configuration
        self.transaction.declare(
            MasterDataKind.CONFIGURATION,
            scope=f"item:{item.code}",
            event="variant_born",
            subject=item.code,
            facts={"configuration": chosen.code, "digest": chosen.digest, "list_price": item.list_price},
        )
        key = session.scalars(insert(ItemRow).values(values_of(TABLES["items"], item, {})).returning(ItemRow.id)).one()
        keys = {"item": {item.code: key, **self._keys(variant)}}
        for table, row, parts in (
            ("bom", BomComponentRow, variant.components),
            ("operations", OperationRow, variant.operations),
        ):
            values: list[Values] = [values_of(TABLES[table], part, keys) for part in parts]
            if values:
                session.execute(insert(row), values)
        session.execute(
            insert(ItemVariantRow).values(
                item_id=key,
                product_id=keys["item"][chosen.product],
                configuration=chosen.code,
                chosen=[list(pair) for pair in chosen.values],
                supplement=variant.supplement,
                born_by=self.transaction.actor,
                recorded_at=self.transaction.now,
            )
        )

    def _keys(self, variant: Variant) -> dict[str, int]:
        named = [variant.configuration.product, *(one.component for one in variant.components)]
        return {code: self.transaction.key(ItemRow.id, ItemRow.code, code, what=f"item {code!r}") for code in named}


def _open() -> Select[ConfigurableProductRow, str]:
    query = select(ConfigurableProductRow, ItemRow.code).join(ItemRow, ItemRow.id == ConfigurableProductRow.item_id)
    return query.where(ConfigurableProductRow.closed.is_(None)).execution_options(populate_existing=True)


def _product(row: ConfigurableProductRow, code: str) -> ConfigurableProduct:
    return ConfigurableProduct(
        item=ItemCode(code),
        words=from_json(tuple[Words, ...], row.words),
        features=from_json(tuple[Feature, ...], row.features),
        rules=from_json(tuple[Rule, ...], row.rules),
        materials=from_json(tuple[Material, ...], row.materials),
        steps=from_json(tuple[Step, ...], row.steps),
    )
