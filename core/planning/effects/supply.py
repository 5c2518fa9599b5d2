"""What actions on purchase and work orders do to the columns."""

from bisect import bisect_left
from dataclasses import dataclass, replace

import numpy as np

from core.domain.errors import ConflictError
from core.domain.plans import (
    Buy,
    CancelPurchase,
    CancelWork,
    Expedite,
    Make,
    MoveOperation,
    Overtime,
    ReschedulePurchase,
    RescheduleWork,
    SplitPurchase,
    SubstitutePart,
    TopUp,
)
from core.planning.effects.columns import changed, inserted, without
from core.planning.positions import (
    first_not_before,
    item_position,
    location_position,
    open_supply,
    supplier_position,
)
from core.planning.snapshot import PER_PARENT_SCALE, PURCHASE_ORDER, WORK_ORDER, Snapshot, Supply, day_number


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSupply:
    """A row to come."""

    kind: int
    number: str
    item: int
    location: int
    quantity: int
    due: int
    start: int
    supplier: int = -1


def with_supply(supply: Supply, row: NewSupply) -> Supply:
    """The supply with one more row at its place in (kind, number, line)."""
    at = first_not_before(supply, row.kind, row.number, 1)
    if at < len(supply.number) and (supply.kind[at], supply.number[at], supply.line[at]) == (row.kind, row.number, 1):
        raise ConflictError(f"order line '{row.number}/1' exists already; a new order needs a number of its own")
    values = {
        "kind": row.kind,
        "number": row.number,
        "line": 1,
        "item": row.item,
        "location": row.location,
        "quantity": row.quantity,
        "due": row.due,
        "start": row.start,
        "supplier": row.supplier,
        "issued": False,
    }
    return inserted(supply, at, values)


def bought(snapshot: Snapshot, action: Buy) -> Snapshot:
    """A purchase order more; of a split, the other one brings less."""
    if isinstance(action, SplitPurchase):
        at = open_supply(snapshot, PURCHASE_ORDER, action.from_order, action.from_line)
        left = int(snapshot.supply.quantity[at]) - action.taken
        supply = changed(snapshot.supply, at, quantity=left) if left else without(snapshot.supply, at)
        snapshot = replace(snapshot, supply=supply)
    day = day_number(action.arrive_on)
    row = NewSupply(
        kind=PURCHASE_ORDER,
        number=action.reference,
        item=item_position(snapshot, action.item),
        location=location_position(snapshot, action.location),
        quantity=action.quantity,
        due=day,
        start=day,
        supplier=supplier_position(snapshot, action.supplier),
    )
    return replace(snapshot, supply=with_supply(snapshot.supply, row))


def purchase_moved(snapshot: Snapshot, action: Expedite | ReschedulePurchase) -> Snapshot:
    """The line is due on another day."""
    at = open_supply(snapshot, PURCHASE_ORDER, action.purchase_order, action.line)
    day = day_number(action.new_due)
    return replace(snapshot, supply=changed(snapshot.supply, at, due=day, start=day))


def work_planned(
    snapshot: Snapshot, action: Make | TopUp | RescheduleWork | MoveOperation | SubstitutePart | Overtime
) -> Snapshot:
    """A work order more, one that brings more, or one due on another day; only a rescheduled one also takes its
    components on another. One built with another component takes that one; overtime makes a day longer. Which minutes
    an operation books that is moved is found out when it is."""
    match action:
        case SubstitutePart():
            return _built_instead(snapshot, action)
        case Overtime():
            return _longer_day(snapshot, action)
        case Make():
            supply = with_supply(snapshot.supply, _work_order(snapshot, action))
        case TopUp():
            at = open_supply(snapshot, WORK_ORDER, action.work_order, 1)
            supply = changed(snapshot.supply, at, quantity=int(snapshot.supply.quantity[at]) + action.quantity)
        case RescheduleWork():
            at = open_supply(snapshot, WORK_ORDER, action.work_order, 1)
            days = {"due": day_number(action.new_due), "start": day_number(action.new_start)}
            supply = changed(snapshot.supply, at, **days)
        case MoveOperation():
            at = open_supply(snapshot, WORK_ORDER, action.work_order, 1)
            supply = changed(snapshot.supply, at, due=day_number(action.new_due))
    return replace(snapshot, supply=supply)


def _longer_day(snapshot: Snapshot, action: Overtime) -> Snapshot:
    centers, day = snapshot.work_centers, day_number(action.day) - snapshot.as_of
    if action.center not in centers.code or not 0 <= day < centers.minutes.shape[1]:
        return snapshot
    minutes = centers.minutes.copy()
    minutes[centers.code.index(action.center), day] += action.minutes
    return replace(snapshot, work_centers=replace(centers, minutes=minutes))


def _built_instead(snapshot: Snapshot, action: SubstitutePart) -> Snapshot:
    open_supply(snapshot, WORK_ORDER, action.work_order, 1)
    table = snapshot.built_instead
    part, other = item_position(snapshot, action.component), item_position(snapshot, action.alternate)
    keys = list(zip(table.number, table.component.tolist(), strict=True))
    at = bisect_left(keys, (action.work_order, part))
    after = replace(
        table,
        number=(*table.number[:at], action.work_order, *table.number[at:]),
        component=np.insert(table.component, at, part),
        alternate=np.insert(table.alternate, at, other),
        ratio=np.insert(table.ratio, at, int(action.ratio * PER_PARENT_SCALE)),
    )
    return replace(snapshot, built_instead=after)


def _work_order(snapshot: Snapshot, action: Make) -> NewSupply:
    return NewSupply(
        kind=WORK_ORDER,
        number=action.reference,
        item=item_position(snapshot, action.item),
        location=location_position(snapshot, action.location),
        quantity=action.quantity,
        due=day_number(action.finish),
        start=day_number(action.start),
    )


def supply_cancelled(snapshot: Snapshot, action: CancelPurchase | CancelWork) -> Snapshot:
    """The order brings nothing and, being made, takes nothing."""
    if isinstance(action, CancelPurchase):
        at = open_supply(snapshot, PURCHASE_ORDER, action.purchase_order, action.line)
    else:
        at = open_supply(snapshot, WORK_ORDER, action.work_order, 1)
    return replace(snapshot, supply=without(snapshot.supply, at))
