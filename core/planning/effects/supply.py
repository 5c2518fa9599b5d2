"""What actions on purchase and work orders do to the books."""

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
from core.planning.buffers import buffer_of, row_buffer
from core.planning.effects.events import Booked, BuiltWith, Event, MinutesSet, SupplyAdded, SupplyChanged, SupplyRemoved
from core.planning.positions import item_position, location_position, open_supply, supplier_position
from core.planning.snapshot import PER_PARENT_SCALE, PURCHASE_ORDER, WORK_ORDER, Snapshot, day_number


def bought(snapshot: Snapshot, action: Buy) -> list[Event]:
    """A purchase order more; of a split, the other one brings less."""
    found = list[Event]()
    day = day_number(action.arrive_on) + buffer_of(snapshot, action.supplier)
    if isinstance(action, SplitPurchase):
        number, line = action.from_order, action.from_line
        at = open_supply(snapshot, PURCHASE_ORDER, number, line)
        left = int(snapshot.supply.quantity[at]) - action.taken
        if left:
            found.append(SupplyChanged(kind=PURCHASE_ORDER, number=number, line=line, quantity=left))
        else:
            found.append(SupplyRemoved(kind=PURCHASE_ORDER, number=number, line=line))
    new = SupplyAdded(
        kind=PURCHASE_ORDER,
        number=action.reference,
        item=item_position(snapshot, action.item),
        location=location_position(snapshot, action.location),
        quantity=action.quantity,
        due=day,
        start=day,
        supplier=supplier_position(snapshot, action.supplier),
    )
    return [*found, new]


def purchase_moved(snapshot: Snapshot, action: Expedite | ReschedulePurchase) -> list[Event]:
    """The line is due on another day."""
    at, number = open_supply(snapshot, PURCHASE_ORDER, action.purchase_order, action.line), action.purchase_order
    day = day_number(action.new_due) + row_buffer(snapshot, at)
    return [SupplyChanged(kind=PURCHASE_ORDER, number=number, line=action.line, due=day, start=day)]


def work_planned(
    snapshot: Snapshot, action: Make | TopUp | RescheduleWork | MoveOperation | SubstitutePart | Overtime
) -> list[Event]:
    """A work order more, one that brings more, or one due on another day; only a rescheduled one also takes its
    components on another. One built with another component takes that one; overtime makes a day longer. One with an
    operation moved books its minutes anew."""
    match action:
        case SubstitutePart():
            return _built_instead(snapshot, action)
        case Overtime():
            return _longer_day(snapshot, action)
        case Make():
            return [_work_order(snapshot, action)]
        case TopUp():
            at = open_supply(snapshot, WORK_ORDER, action.work_order, 1)
            units = int(snapshot.supply.quantity[at]) + action.quantity
            return [SupplyChanged(kind=WORK_ORDER, number=action.work_order, quantity=units)]
        case RescheduleWork():
            open_supply(snapshot, WORK_ORDER, action.work_order, 1)
            due, start = day_number(action.new_due), day_number(action.new_start)
            return [SupplyChanged(kind=WORK_ORDER, number=action.work_order, due=due, start=start)]
        case MoveOperation():
            open_supply(snapshot, WORK_ORDER, action.work_order, 1)
            due = SupplyChanged(kind=WORK_ORDER, number=action.work_order, due=day_number(action.new_due))
            return [due, *_booked(snapshot, action)]


def _booked(snapshot: Snapshot, action: MoveOperation) -> list[Event]:
    codes = snapshot.work_centers.code
    rows = tuple(sorted((codes.index(center), day_number(day), minutes) for center, day, minutes in action.bookings))
    return [Booked(number=action.work_order, rows=rows)] if rows else []


def _longer_day(snapshot: Snapshot, action: Overtime) -> list[Event]:
    centers, day = snapshot.work_centers, day_number(action.day) - snapshot.as_of
    if action.center not in centers.code or not 0 <= day < centers.minutes.shape[1]:
        return []
    center = centers.code.index(action.center)
    return [MinutesSet(center=center, day=day, minutes=int(centers.minutes[center, day]) + action.minutes)]


def _built_instead(snapshot: Snapshot, action: SubstitutePart) -> list[Event]:
    open_supply(snapshot, WORK_ORDER, action.work_order, 1)
    part, other = item_position(snapshot, action.component), item_position(snapshot, action.alternate)
    ratio = int(action.ratio * PER_PARENT_SCALE)
    return [BuiltWith(number=action.work_order, component=part, alternate=other, ratio=ratio)]


def _work_order(snapshot: Snapshot, action: Make) -> SupplyAdded:
    return SupplyAdded(
        kind=WORK_ORDER,
        number=action.reference,
        item=item_position(snapshot, action.item),
        location=location_position(snapshot, action.location),
        quantity=action.quantity,
        due=day_number(action.finish),
        start=day_number(action.start),
    )


def supply_cancelled(snapshot: Snapshot, action: CancelPurchase | CancelWork) -> list[Event]:
    """The order brings nothing and, being made, takes nothing."""
    if isinstance(action, CancelPurchase):
        open_supply(snapshot, PURCHASE_ORDER, action.purchase_order, action.line)
        return [SupplyRemoved(kind=PURCHASE_ORDER, number=action.purchase_order, line=action.line)]
    open_supply(snapshot, WORK_ORDER, action.work_order, 1)
    return [SupplyRemoved(kind=WORK_ORDER, number=action.work_order)]
