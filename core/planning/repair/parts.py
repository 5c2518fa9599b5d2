"""R04 for components: work orders that lack a component are built with another one that does the same work."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import numpy as np

from core.domain.ids import ItemCode, LocationCode, WorkOrderNo
from core.domain.money import rounded
from core.domain.options import CostTerm, RejectedIdea
from core.domain.plans import Resolution, SubstitutePart
from core.planning.atp import donor_surplus
from core.planning.exposure import late_units
from core.planning.instead import instead_units
from core.planning.naming import counted
from core.planning.outcome import WORK_ORDER_COMPONENT, NetResult
from core.planning.positions import item_position, location_position
from core.planning.repair.alternative import Alternative, Ground
from core.planning.repair.wants import served_there
from core.planning.snapshot import PER_PARENT_SCALE, PRICE_SCALE, WORK_ORDER, Snapshot, date_of

Found = list[Alternative | RejectedIdea]
_ORDERS = 5


def other_parts(ground: Ground) -> Found:
    """Every work order of the case that lacks the item, with the first alternate that is free where it is made."""
    detected, left = ground.case.detected, dict[tuple[int, int], int]()
    found: list[SubstitutePart] = []
    refused: list[RejectedIdea] = []
    for row in lacking_orders(ground.snapshot, ground.result, detected.item, detected.location):
        number = ground.snapshot.supply.number[row]
        if number in ground.terms.fixed_work:
            refused.append(_refused(number, detected.item, ground.terms.fixed_work[number]))
            continue
        action = _for_order(ground, row, left)
        if action is not None:
            found.append(action)
        elif _alternates(ground.snapshot, item_position(ground.snapshot, detected.item)):
            refused.append(_refused(number, detected.item, "no valid alternate is free where it is made"))
    return [*([_together(ground, found)] if found else []), *refused]


def lacking_orders(snapshot: Snapshot, result: NetResult, item: str, location: str) -> tuple[int, ...]:
    """The work orders (positions in supply) that lack units of the item there or get them late, the first ones."""
    needs = result.requirements
    lacking = (late_units(result) + needs.short > 0) & (needs.kind == WORK_ORDER_COMPONENT)
    rows = np.unique(needs.ref[lacking & served_there(snapshot, result, item, location)])
    return tuple(row for row in rows.tolist() if snapshot.supply.kind[row] == WORK_ORDER)[:_ORDERS]


def _for_order(ground: Ground, row: int, left: dict[tuple[int, int], int]) -> SubstitutePart | None:
    snapshot, item = ground.snapshot, item_position(ground.snapshot, ground.case.detected.item)
    group = int(ground.result.group_of[location_position(snapshot, ground.case.detected.location)])
    places = [n for n in range(len(snapshot.locations.code)) if int(ground.result.group_of[n]) == group]
    for other, ratio in _alternates(snapshot, item):
        action = _action(ground, row, item=item, other=other, ratio=ratio)
        if action is None:
            continue
        for place in places:
            if (other, place) not in left:
                left[other, place] = donor_surplus(
                    snapshot, ground.result, item=other, location=place, keep_safety_stock=True
                )
            if left[other, place] >= action.new_quantity:
                left[other, place] -= action.new_quantity
                return replace(action, location=LocationCode(snapshot.locations.code[place]))
    return None


def _alternates(snapshot: Snapshot, item: int) -> Sequence[tuple[int, int]]:
    """What may be built in instead of an item today, by priority: the position and the ratio in millionths."""
    table = snapshot.alternates
    valid = (table.valid_from <= snapshot.as_of) & (table.valid_to >= snapshot.as_of)
    rows = np.flatnonzero((table.item == item) & table.component & valid).tolist()
    return [(int(table.alternate[row]), int(table.ratio[row])) for row in rows]


def _action(ground: Ground, row: int, *, item: int, other: int, ratio: int) -> SubstitutePart | None:
    """The action without its place; None where the order takes the other item already, or nothing of the first."""
    snapshot, supply = ground.snapshot, ground.snapshot.supply
    made, units = int(supply.item[row]), int(supply.quantity[row])
    one = _per_parent(snapshot, made, item)
    if not one or _per_parent(snapshot, made, other) or _holds(snapshot, other, made):
        return None
    quantity, instead = -(-units * one // PER_PARENT_SCALE), instead_units(one, ratio, units)
    costs = snapshot.items.unit_cost
    dearer = Decimal(int(costs[other]) * instead - int(costs[item]) * quantity) / PRICE_SCALE
    return SubstitutePart(
        work_order=WorkOrderNo(supply.number[row]),
        item=_code(snapshot, made),
        units=units,
        component=_code(snapshot, item),
        quantity=quantity,
        alternate=_code(snapshot, other),
        ratio=Decimal(ratio) / PER_PARENT_SCALE,
        new_quantity=instead,
        location=LocationCode(""),
        start=date_of(int(supply.start[row])),
        due=date_of(int(supply.due[row])),
        cost=rounded(dearer),
    )


def _per_parent(snapshot: Snapshot, parent: int, component: int) -> int:
    """Millionths of a component for one of its parent, 0 where it holds none."""
    rows = np.flatnonzero((snapshot.bom.parent == parent) & (snapshot.bom.component == component))
    return int(snapshot.bom.per_parent[rows[0]]) if rows.size else 0


def _holds(snapshot: Snapshot, item: int, other: int) -> bool:
    """Whether an item is the other one or is made of it, at any depth."""
    seen, front = set[int](), {item}
    while front:
        if other in front:
            return True
        seen |= front
        inside = np.isin(snapshot.bom.parent, list(front))
        front = set(snapshot.bom.component[inside].tolist()) - seen
    return False


def _together(ground: Ground, found: Sequence[SubstitutePart]) -> Alternative:
    actions = tuple(found)
    others = ", ".join(sorted({action.alternate for action in actions}))
    orders = counted(len(actions), "work order")
    return Alternative(
        resolution=Resolution.SUBSTITUTE,
        said=f"build {orders} with {others} instead of {ground.case.detected.item}",
        note="the alternate is valid, and free by ATP where it is made",
        actions=lambda number: actions,
        last_day=ground.snapshot.as_of,
        terms=(CostTerm(name="dearer component", amount=sum((action.cost for action in actions), Decimal(0))),),
    )


def _refused(number: str, item: str, reason: str) -> RejectedIdea:
    what = f"build work order {number} with another component than {item}"
    return RejectedIdea(resolution=Resolution.SUBSTITUTE.value, what=what, reason=reason)


def _code(snapshot: Snapshot, at: int) -> ItemCode:
    return ItemCode(snapshot.items.code[at])
