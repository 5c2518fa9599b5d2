"""A frePPLe model as a snapshot and asks: its groups of items, confirmed orders and order of planning; no answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import ceil
from typing import Any

from core.domain.errors import InvalidValueError
from core.domain.ids import ItemCode, LocationCode
from core.domain.promising import Ask
from core.planning.composing import (
    PlainClaim,
    PlainItem,
    PlainLane,
    PlainPart,
    PlainSource,
    PlainStock,
    PlainSupply,
    compose,
)
from core.planning.snapshot import PER_PARENT_SCALE, PURCHASE_ORDER, TRANSFER_ORDER, WORK_ORDER, Snapshot
from evals.frepple.operations import Operation, read_operation

# frePPLe sends a demand in at most ten parts unless it has a minimum of its own.
_PARTS = 10
_COUNTS = {"confirmed", "approved", "completed"}
Case = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A model: its books, its open demands by name in the order they are planned, and what had to be
    assumed of an item."""

    name: str
    snapshot: Snapshot
    asks: tuple[tuple[str, Ask], ...]
    assumed: Mapping[str, str]


def read_model(case: Case) -> Model:
    """The model of a case; what it needs and the case leaves out is assumed, and said."""
    operations = [read_operation(text) for text in case["operations_xml"]]
    items, assumed = _items(case, operations)
    supply, claims = _confirmed(case, {operation.name: operation for operation in operations})
    demands = sorted(case["demands"], key=lambda d: (d["priority"], d["due"], d["name"]))
    snapshot = compose(
        as_of=_day(case["current"]),
        items=items.values(),
        locations=_locations(case, operations),
        stock=[PlainStock(b["item"], b["location"], _units(b["onhand"])) for b in case["buffers"]],
        supply=supply,
        parts=_parts(operations),
        lanes=_lanes(case, items),
        sources=_sources(case, items),
        claims=claims,
    )
    asks = tuple((demand["name"], _ask(demand)) for demand in demands if demand["status"] == "open")
    return Model(name=case["name"], snapshot=snapshot, asks=asks, assumed=assumed)


def _ask(demand: Case) -> Ask:
    least, late = demand["minshipment"], demand["maxlateness"]
    return Ask(
        item=ItemCode(demand["item"]),
        location=LocationCode(demand["location"]),
        quantity=_units(demand["quantity"]),
        requested=_day(demand["due"]),
        minimum_shipment=ceil(demand["quantity"] / _PARTS) if least is None else max(1, ceil(least)),
        partial=demand["policy"] not in ("alltogether", "all together"),
        max_lateness=None if late is None else _days(late),
    )


def _items(case: Case, operations: Sequence[Operation]) -> tuple[dict[str, PlainItem], Mapping[str, str]]:
    """Every item named, made where an operation that may be planned makes it. A case that says it needs operations and
    lists none leaves out how its items are made and delivered: by frePPLe's default operation then, which takes no
    time. Nothing in the file tells it from one that takes days (in frePPLe's own model `safety_stock` making takes
    none, delivering three), so demands that rest on it are counted apart and never corrected."""
    safety = _soft_safety(case)
    made = {flow.item: one for one in operations if one.priority for flow in one.flows if flow.each > 0}
    sourced = {*made, *(member for row in case["itemsuppliers"] for member in _members(case, row["item"]))}
    sourced |= {member for row in case["itemdistributions"] for member in _members(case, row["item"])}
    missing = "operations" in case["needs"] and not operations
    unsourced = sorted({d["item"] for d in case["demands"]} - sourced) if missing else []
    found: dict[str, PlainItem] = {}
    for name in sorted(_names(case, operations)):
        one = made.get(name)
        if one is None:
            found[name] = PlainItem(name, make=name in unsourced, safety_days=safety.get(name, 0))
        else:
            days = _days(one.duration / timedelta(days=1))
            found[name] = PlainItem(name, True, days, _units(one.minimum), max(1, _units(one.multiple)))
    return found, {name: _left_out(name) for name in unsourced}


def _left_out(name: str) -> str:
    return (
        f"the case needs operations and lists none: {name!r} is taken as made and delivered in no time, an operation's"
        " default; how long the model's own take is not in the file"
    )


def _soft_safety(case: Case) -> dict[str, int]:
    found: dict[str, int] = {}
    for row in case["itemsuppliers"]:
        for member in _members(case, row["item"]):
            found[member] = max(found.get(member, 0), _days(row["soft_safety_days"]))
    return found


def _names(case: Case, operations: Sequence[Operation]) -> set[str]:
    rows = (*case["demands"], *case["buffers"], *case["confirmed"])
    named = {row["item"] for row in rows if row["item"]} | {flow.item for one in operations for flow in one.flows}
    sold = {
        member for row in (*case["itemsuppliers"], *case["itemdistributions"]) for member in _members(case, row["item"])
    }
    return named | sold


def _members(case: Case, owner: str) -> list[str]:
    """The items that belong to one, at any depth; the item itself where none does."""
    below = [member for child, its in case["item_owner"].items() if its == owner for member in _members(case, child)]
    return below or [owner]


def _locations(case: Case, operations: Sequence[Operation]) -> set[str]:
    rows = (*case["demands"], *case["buffers"], *case["confirmed"], *case["itemsuppliers"])
    lanes = case["itemdistributions"]
    ends = {row[end] for row in lanes for end in ("origin", "destination")}
    origins = {row["origin"] for row in case["confirmed"]}
    found = {row["location"] for row in rows} | ends | origins | {one.location for one in operations}
    return {name for name in found if name}


def _sources(case: Case, items: Mapping[str, PlainItem]) -> list[PlainSource]:
    return [
        PlainSource(
            item=member,
            supplier=row["supplier"],
            lead_days=_days(row["lead_days"]),
            location=row["location"] or "",
            priority=row["priority"],
            safety_days=_days(row["hard_safety_days"]),
            minimum=max(1, _units(row["size_min"])),
            multiple=max(1, _units(row["size_multiple"])),
        )
        for row in case["itemsuppliers"]
        if row["priority"]
        for member in _members(case, row["item"])
        if member in items
    ]


def _lanes(case: Case, items: Mapping[str, PlainItem]) -> list[PlainLane]:
    for row in case["itemdistributions"]:
        if row["size_min"] > 1 or row["size_multiple"] > 1:
            raise InvalidValueError(f"lane {row!r} has a size; accepted are lanes for any quantity", field="size_min")
    return [
        PlainLane(member, row["origin"], row["destination"], _days(row["lead_days"]), row["priority"])
        for row in case["itemdistributions"]
        if row["priority"]
        for member in _members(case, row["item"])
        if member in items
    ]


def _parts(operations: Sequence[Operation]) -> list[PlainPart]:
    return [
        PlainPart(made.item, taken.item, ceil(-taken.each / made.each * PER_PARENT_SCALE))
        for one in operations
        if one.priority
        for made in one.flows
        if made.each > 0
        for taken in one.flows
        if taken.each < 0
    ]


def _confirmed(case: Case, operations: Mapping[str, Operation]) -> tuple[list[PlainSupply], list[PlainClaim]]:
    """What comes in, and what leaves for it: confirmed orders are not the solver's to change."""
    supply, claims = list[PlainSupply](), list[PlainClaim]()
    for n, row in enumerate(case["confirmed"], start=1):
        if row["status"] not in _COUNTS:
            continue
        if row["operation"]:
            _run(row, operations[row["operation"]], f"MO-{n}", supply, claims)
            continue
        kind = TRANSFER_ORDER if row["type"] == "DO" else PURCHASE_ORDER
        if row["location"] and row["end"]:
            supply.append(
                PlainSupply(
                    kind, f"{row['type']}-{n}", row["item"], row["location"], _units(row["quantity"]), _day(row["end"])
                )
            )
        if row["origin"]:
            claims.append(PlainClaim(row["item"], row["origin"], _units(row["quantity"]), _leaves(case, row)))
    return supply, claims


def _run(row: Case, one: Operation, number: str, supply: list[PlainSupply], claims: list[PlainClaim]) -> None:
    for flow in one.flows:
        units = _units(row["quantity"] * flow.each + flow.fixed)
        if units > 0:
            supply.append(PlainSupply(WORK_ORDER, number, flow.item, one.location, units, _day(row["end"])))
        elif units < 0:
            claims.append(PlainClaim(flow.item, one.location, -units, _day(row["start"])))


def _leaves(case: Case, row: Case) -> date:
    """The start of a confirmed transfer: as given, else its lane's days before its end."""
    if row["start"]:
        return _day(row["start"])
    days = (
        _days(lane["lead_days"])
        for lane in case["itemdistributions"]
        if (lane["origin"], lane["destination"]) == (row["origin"], row["location"])
    )
    return _day(row["end"]) - timedelta(days=next(days, 0))


def _day(text: str) -> date:
    moment = datetime.fromisoformat(text)
    if moment != datetime.combine(moment.date(), datetime.min.time()):
        raise InvalidValueError(f"{text!r} is within a day; accepted are whole days", field="date")
    return moment.date()


def _days(value: float) -> int:
    return _units(value)


def _units(value: float) -> int:
    if value != int(value):
        raise InvalidValueError(f"{value!r} is not whole; accepted are whole units and whole days", field="quantity")
    return int(value)
