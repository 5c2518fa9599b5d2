"""A snapshot with an item that nobody has made yet: what a configuration would be promised as, before it is an item."""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from math import ceil
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.domain.configuring.exploding import Variant
from core.domain.items import BomComponent, Item
from core.domain.quantity import LARGEST_QUANTITY
from core.planning.positions import item_position
from core.planning.snapshot import Bom, Operations, Snapshot

_MILLION = 1_000_000
# The columns that hold positions of items, by table of the snapshot.
_OF_ITEMS: Mapping[str, tuple[str, ...]] = {
    "demand": ("item",),
    "stock": ("item",),
    "supply": ("item",),
    "bom": ("parent", "component"),
    "sources": ("item",),
    "lane_terms": ("item",),
    "alternates": ("item", "alternate"),
    "built_instead": ("component", "alternate"),
    "operations": ("item",),
    "claims": ("item",),
    "planned": ("item",),
}


def with_variant(snapshot: Snapshot, variant: Variant) -> Snapshot:
    """The snapshot that the database would give after the variant was born; itself where it is an item already.

    NotFoundError for a component or a work centre that the snapshot has not.
    """
    codes = snapshot.items.code
    at = bisect_left(codes, variant.item.code)
    if at < len(codes) and codes[at] == variant.item.code:
        return snapshot
    wider = replace(
        snapshot,
        items=_added(snapshot.items, at, _item_row(variant.item)),
        **{name: _shifted(getattr(snapshot, name), columns, at) for name, columns in _OF_ITEMS.items()},
    )
    if snapshot.item_terms.minimum.size:
        wider = replace(wider, item_terms=_added(snapshot.item_terms, at, _terms_row(variant.item)))
    return _with_routing(replace(wider, bom=_with_materials(wider, at, variant)), at, variant)


def _item_row(item: Item) -> dict[str, Any]:
    return {
        "code": item.code,
        "make": True,
        "finished_good": True,
        "lead_days": item.lead_time_days,
        "safety_stock": 0,
        "unit_cost": int(item.standard_cost * 10_000),
    }


def _terms_row(item: Item) -> dict[str, Any]:
    return {
        "minimum": item.minimum_lot,
        "multiple": item.lot_multiple,
        "maximum": LARGEST_QUANTITY if item.maximum_lot is None else item.maximum_lot,
        "safety_days": item.safety_days,
        "fence": item.planning_fence_days,
        "phantom": False,
    }


def _added(table: Any, at: int, row: Mapping[str, Any]) -> Any:
    """The table with a row of these values before the place `at`."""
    values: dict[str, Any] = {}
    for name, value in row.items():
        column = getattr(table, name)
        values[name] = (
            (*column[:at], value, *column[at:]) if isinstance(column, tuple) else np.insert(column, at, value)
        )
    return replace(table, **values)


def _shifted(table: Any, columns: tuple[str, ...], at: int) -> Any:
    """The table with each position from `at` on one higher, in the type it has."""
    moved: dict[str, NDArray[Any]] = {}
    for name in columns:
        column = getattr(table, name)
        moved[name] = (column + (column >= at)).astype(column.dtype)
    return replace(table, **moved)


def _with_materials(snapshot: Snapshot, at: int, variant: Variant) -> Bom:
    parts = sorted((item_position(snapshot, one.component), _per_parent(one)) for one in variant.components)
    bom = snapshot.bom
    place = int(np.searchsorted(bom.parent, at))
    return _with_rows(
        bom,
        place,
        {
            "parent": [at] * len(parts),
            "component": [component for component, _ in parts],
            "per_parent": [units for _, units in parts],
        },
    )


def _per_parent(one: BomComponent) -> int:
    """Millionths of a component for one, with what becomes scrap."""
    return ceil(Fraction(one.quantity_per) / (1 - Fraction(one.scrap)) * _MILLION)


def _with_routing(snapshot: Snapshot, at: int, variant: Variant) -> Snapshot:
    steps, rows = variant.operations, snapshot.operations
    center_of = {code: position for position, code in enumerate(snapshot.work_centers.code)}
    known = [one for one in steps if one.work_center in center_of]
    place = int(np.searchsorted(rows.item, at))
    operations: Operations = _with_rows(
        rows,
        place,
        {
            "item": [at] * len(known),
            "sequence": [one.sequence for one in known],
            "center": [center_of[one.work_center] for one in known],
            "setup": [one.setup_minutes for one in known],
            "unit": [int(one.unit_minutes * _MILLION) for one in known],
            "good": [int(one.yield_percent * 10_000) for one in known],
        },
    )
    others = snapshot.operation_alternates
    moved = (others.operation + len(known) * (others.operation >= place)).astype(others.operation.dtype)
    return replace(snapshot, operations=operations, operation_alternates=replace(others, operation=moved))


def _with_rows(table: Any, place: int, rows: Mapping[str, list[int]]) -> Any:
    """The table with rows of these values before a place, in the types it has."""
    values = {name: np.insert(getattr(table, name), place, more) for name, more in rows.items()}
    return replace(table, **{name: value.astype(getattr(table, name).dtype) for name, value in values.items()})
