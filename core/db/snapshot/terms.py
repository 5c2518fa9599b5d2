"""The columns only promising reads: alternates, quotes held, planned orders."""

from datetime import UTC, datetime, timedelta

import numpy as np

from core.db.snapshot.columns import Columns
from core.planning.snapshot import (
    PLANNED_PURCHASE,
    PLANNED_TRANSFER,
    PLANNED_WORK,
    BuiltInstead,
    Claims,
    ItemAlternates,
    Planned,
)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_KINDS = {"work": PLANNED_WORK, "purchase": PLANNED_PURCHASE, "transfer": PLANNED_TRANSFER}


def item_alternates(columns: Columns) -> ItemAlternates:
    """What may take an item's place."""
    return ItemAlternates(
        item=columns.at("other_item", columns.item),
        alternate=columns.at("other_alternate", columns.item),
        component=columns.flags("other_component"),
        ratio=columns.longs("other_ratio"),
        priority=columns.ints("other_priority"),
        valid_from=columns.ints("other_from"),
        valid_to=columns.ints("other_to"),
        approval=columns.flags("other_approval"),
    )


def built_instead(columns: Columns) -> BuiltInstead:
    """What open work orders are built with instead of a component."""
    return BuiltInstead(
        number=columns.texts("instead_number"),
        component=columns.at("instead_component", columns.item),
        alternate=columns.at("instead_alternate", columns.item),
        ratio=columns.longs("instead_ratio"),
    )


def claims(columns: Columns, now: datetime) -> Claims:
    """Units quoted that no stock is reserved for, of quotes that have not expired."""
    good = columns.longs("claim_until") > (now - _EPOCH) // timedelta(microseconds=1)
    return Claims(
        item=columns.at("claim_item", columns.item)[good],
        location=columns.at("claim_place", columns.place)[good],
        quantity=columns.longs("claim_quantity")[good],
        due=columns.ints("claim_due")[good],
    )


def planned(columns: Columns) -> Planned:
    """Planned orders that promises rest on; their keys 0 are none."""
    return Planned(
        kind=np.array([_KINDS[kind] for kind in columns.texts("planned_kind")], dtype=np.int8),
        number=columns.texts("planned_number"),
        order=columns.texts("planned_order"),
        line=columns.ints("planned_line"),
        item=columns.at("planned_item", columns.item),
        location=columns.at("planned_place", columns.place),
        quantity=columns.longs("planned_quantity"),
        start=columns.ints("planned_start"),
        due=columns.ints("planned_due"),
        supplier=columns.at("planned_supplier", columns.supplier),
        origin=columns.at("planned_origin", columns.place),
    )
