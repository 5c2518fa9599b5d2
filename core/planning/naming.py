"""Names of things in the books as a person reads them: items at places, orders, counts and days."""

from core.planning.outcome import NetResult
from core.planning.snapshot import (
    PLANNED_PURCHASE,
    PLANNED_TRANSFER,
    PLANNED_WORK,
    PURCHASE_ORDER,
    TRANSFER_ORDER,
    WORK_ORDER,
    Snapshot,
    day_of,
)

KIND_NAMES = {
    WORK_ORDER: "work order",
    PURCHASE_ORDER: "purchase order",
    TRANSFER_ORDER: "transfer order",
    PLANNED_WORK: "planned work order",
    PLANNED_PURCHASE: "planned purchase",
    PLANNED_TRANSFER: "planned transfer",
}


def node_name(snapshot: Snapshot, result: NetResult, *, item: int, group: int) -> str:
    """`item FG-100@RENO`; the place is the first location of the group, and left out where all are pooled."""
    code = snapshot.items.code[item]
    if result.rules.pool_locations:
        return f"item {code}"
    return f"item {code}@{snapshot.locations.code[first_location(result, group)]}"


def requirement_name(snapshot: Snapshot, result: NetResult, requirement: int) -> str:
    """The name of the node at which something is required."""
    requirements = result.requirements
    return node_name(
        snapshot, result, item=int(requirements.item[requirement]), group=int(requirements.group[requirement])
    )


def first_location(result: NetResult, group: int) -> int:
    """The first location (position) of a group."""
    return result.first_location[group]


def supply_name(snapshot: Snapshot, supply: int) -> str:
    """`purchase order PO-7/1`, `work order WO-3`, `transfer order TO-2`, `planned purchase PP-SO-1-1.1-1`."""
    table = snapshot.supply
    kind, number = int(table.kind[supply]), table.number[supply]
    return (
        f"{KIND_NAMES[kind]} {number}/{table.line[supply]}"
        if kind == PURCHASE_ORDER
        else f"{KIND_NAMES[kind]} {number}"
    )


def supplier_name(snapshot: Snapshot, supply: int) -> str:
    """The name of the supplier of a purchase order line."""
    return snapshot.parties.supplier_name[int(snapshot.supply.supplier[supply])]


def counted(number: int, thing: str) -> str:
    """`1 day`, `2 days`, `1,200 order lines`."""
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"


def day_name(day: int) -> str:
    """The date in ISO form, or that it is not known."""
    on = day_of(day)
    return "a day not known" if on is None else on.isoformat()
