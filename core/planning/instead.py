"""What single work orders are built with instead of a component of their bill of materials."""

import numpy as np

from core.domain.errors import InvalidValueError
from core.domain.quantity import LARGEST_QUANTITY
from core.planning.lowlevel import Structure
from core.planning.snapshot import PER_PARENT_SCALE, WORK_ORDER, Ints, Positions, Snapshot


def pairs_instead(snapshot: Snapshot) -> tuple[Positions, Positions] | None:
    """Parent and other component of each open work order that is built with another one; None where none is."""
    table, supply = snapshot.built_instead, snapshot.supply
    if not table.ratio.size:
        return None
    parents = {supply.number[at]: int(supply.item[at]) for at in np.flatnonzero(supply.kind == WORK_ORDER).tolist()}
    pairs = [
        (parents[number], other)
        for number, other in zip(table.number, table.alternate.tolist(), strict=True)
        if number in parents
    ]
    return (
        np.array([parent for parent, _ in pairs], dtype=np.int32),
        np.array([other for _, other in pairs], dtype=np.int32),
    )


def built_with(
    snapshot: Snapshot, structure: Structure, orders: Ints, *, parent: Ints, component: Positions, quantity: Ints
) -> tuple[Positions, Ints]:
    """Component and units of each row of these orders (positions in supply), `parent` being the order of the row."""
    table = snapshot.built_instead
    if not table.ratio.size:
        return component, quantity
    component, quantity = component.copy(), quantity.copy()
    supply = snapshot.supply
    works: list[int] = orders.tolist()
    at = {supply.number[order]: n for n, order in enumerate(works) if supply.kind[order] == WORK_ORDER}
    columns = (table.component.tolist(), table.alternate.tolist(), table.ratio.tolist())
    for number, part, other, ratio in zip(table.number, *columns, strict=True):
        if number not in at:
            continue
        order = works[at[number]]
        for row in np.flatnonzero((parent == at[number]) & (component == part)).tolist():
            units = instead_units(per_parent(structure, int(supply.item[order]), part), ratio, supply.quantity[order])
            component[row], quantity[row] = other, _possible(units, number)
    return component, quantity


def per_parent(structure: Structure, item: int, component: int) -> int:
    """Millionths of a component for one of an item, 0 where it holds none."""
    rows = slice(int(structure.first[item]), int(structure.first[item + 1]))
    found = np.flatnonzero(structure.component[rows] == component)
    return int(structure.per_parent[rows][found[0]]) if found.size else 0


def instead_units(millionths: int, ratio: int, units: int) -> int:
    """Units of the other item that so many units take: first one unit is rounded up to millionths, then all."""
    one = -(-millionths * ratio // PER_PARENT_SCALE)
    return -(-int(units) * one // PER_PARENT_SCALE)


def _possible(units: int, number: str) -> int:
    if units > LARGEST_QUANTITY:
        raise InvalidValueError(f"work order {number!r} would need {units!r} units; accepted: up to {LARGEST_QUANTITY}")
    return units
