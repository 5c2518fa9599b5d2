"""Actions on stock, purchases and work orders drawn at random: most can be carried out on the books, some cannot."""

from dataclasses import fields, replace
from datetime import timedelta
from decimal import Decimal

from core.domain.ids import PurchaseOrderNo, TransferOrderNo, WorkOrderNo
from core.domain.plans import (
    AcceptPrice,
    Action,
    Buy,
    CancelPurchase,
    CancelWork,
    Expedite,
    Make,
    Reallocate,
    ReschedulePurchase,
    RescheduleWork,
    SplitPurchase,
    TopUp,
    Transfer,
    UseSafetyStock,
)
from core.planning.snapshot import PURCHASE_ORDER, WORK_ORDER
from core.services.doing.selling import MAY_LOSE, movable
from tests.builders import DELTA, GULF, HOUSTON, MOTOR, PUMP, RENO, VALVE, YARD, day
from tests.core.services.doing.drawing import FREE, Draw, Line, coming, lines, stock

PLACES = (HOUSTON, RENO, YARD)


def transfer(draw: Draw) -> Action | None:
    """Of what is available, to another place."""
    if (found := stock(draw)) is None:
        return None
    item, origin, free = found
    arrives = draw.later()
    return Transfer(
        reference=TransferOrderNo(f"TO-{draw.name}"),
        item=item,
        origin=origin,
        destination=draw.dice.choice([place for place in PLACES if place != origin]),
        quantity=draw.units(free),
        ship_on=day(0),
        arrive_on=arrives,
        cost=FREE,
    )


def use_safety_stock(draw: Draw) -> Action | None:
    """The same, paid back later."""
    moved = transfer(draw)
    if not isinstance(moved, Transfer):
        return None
    values = {one.name: getattr(moved, one.name) for one in fields(moved)}
    return UseSafetyStock(**values, repaid_on=day(30))


def reallocate(draw: Draw) -> Action | None:
    """Units held where a line wants them, which another one counts on; sometimes more than it still lacks."""

    def gives(one: Line) -> bool:
        return movable(draw.uow, (line := draw.uow.orders.line(one.order, one.line))) and line.strategy in MAY_LOSE

    found = lines(draw)
    taker = draw.likely(found, lambda one: draw.uow.stock.available(one.item, one.place) > 0)
    giver = draw.likely([one for one in found if one is not taker], gives)
    if giver is None or taker is None:
        return None
    return Reallocate(
        reference=f"RA-{draw.name}",
        item=taker.item,
        location=taker.place,
        quantity=draw.units(min(draw.uow.stock.available(taker.item, taker.place), taker.open)),
        from_order=giver.order,
        from_line=giver.line,
        to_order=taker.order,
        to_line=taker.line,
    )


def expedite(draw: Draw) -> Action | None:
    """Some open purchase, on some other day."""
    if (one := coming(draw, PURCHASE_ORDER)) is None:
        return None
    return Expedite(
        purchase_order=PurchaseOrderNo(one.number),
        line=one.line,
        supplier=one.supplier,
        item=one.item,
        quantity=one.open,
        old_due=one.due,
        new_due=draw.later(),
        fee=Decimal("80.00"),
        quote="E-78",
    )


def reschedule_purchase(draw: Draw) -> Action | None:
    """Some open purchase, later."""
    if (one := coming(draw, PURCHASE_ORDER)) is None:
        return None
    return ReschedulePurchase(
        purchase_order=PurchaseOrderNo(one.number),
        line=one.line,
        supplier=one.supplier,
        item=one.item,
        quantity=one.open,
        old_due=one.due,
        new_due=one.due + timedelta(days=draw.units(20)),
    )


def buy(draw: Draw) -> Buy:
    """Valves or motors."""
    return Buy(
        reference=PurchaseOrderNo(f"PO-{draw.name}"),
        supplier=draw.dice.choice([DELTA, GULF]),
        item=draw.dice.choice([VALVE, MOTOR]),
        location=draw.dice.choice(PLACES),
        quantity=draw.units(30),
        unit_price=Decimal("15.50"),
        currency="USD",
        arrive_on=draw.later(),
        cost=FREE,
        quote="Q-77",
    )


def split_purchase(draw: Draw) -> Action | None:
    """Sometimes of all that is open, which is refused."""
    if (one := coming(draw, PURCHASE_ORDER)) is None:
        return None
    bought = replace(buy(draw), item=one.item, location=HOUSTON)
    values = {one.name: getattr(bought, one.name) for one in fields(bought)}
    return SplitPurchase(
        **values,
        from_order=PurchaseOrderNo(one.number),
        from_line=one.line,
        from_supplier=one.supplier,
        from_open=one.open,
        taken=draw.dice.choice([draw.units(one.open), draw.units(one.open - 1)]),
    )


def cancel_purchase(draw: Draw) -> Action | None:
    """Some open purchase, which may not be alone on its order."""
    if (one := coming(draw, PURCHASE_ORDER)) is None:
        return None
    return CancelPurchase(
        purchase_order=PurchaseOrderNo(one.number),
        line=one.line,
        supplier=one.supplier,
        item=one.item,
        quantity=one.open,
        due=one.due,
        fee=Decimal("38.75"),
    )


def accept_price(draw: Draw) -> Action | None:
    """A higher price for some open purchase."""
    if (one := coming(draw, PURCHASE_ORDER)) is None:
        return None
    (price,) = [x.unit_price for x in draw.uow.purchasing.lines(PurchaseOrderNo(one.number)) if x.line == one.line]
    return AcceptPrice(
        purchase_order=PurchaseOrderNo(one.number),
        line=one.line,
        supplier=one.supplier,
        item=one.item,
        quantity=one.open,
        old_price=price,
        new_price=price + draw.units(3),
        currency="USD",
    )


def make(draw: Draw) -> Action:
    """Some pumps."""
    start, units = draw.dice.randint(0, 9), draw.units(6)
    return Make(
        reference=WorkOrderNo(f"WO-{draw.name}"),
        item=PUMP,
        location=HOUSTON,
        quantity=units,
        start=day(start),
        finish=day(start + draw.dice.randint(0, 9)),
        value=Decimal(400) * units,
        cost=FREE,
    )


def top_up(draw: Draw) -> Action | None:
    """More on some open work order."""
    if (one := coming(draw, WORK_ORDER)) is None:
        return None
    units = draw.units(5)
    return TopUp(
        work_order=WorkOrderNo(one.number),
        item=one.item,
        quantity=units,
        old_open=one.open,
        start=one.start,
        due=one.due,
        value=Decimal(400) * units,
        cost=FREE,
    )


def reschedule_work(draw: Draw) -> Action | None:
    """Other dates for some open work order."""
    if (one := coming(draw, WORK_ORDER)) is None:
        return None
    start = draw.dice.randint(0, 9)
    return RescheduleWork(
        work_order=WorkOrderNo(one.number),
        item=one.item,
        quantity=one.open,
        old_start=one.start,
        old_due=one.due,
        new_start=day(start),
        new_due=day(start + draw.dice.randint(0, 9)),
    )


def cancel_work(draw: Draw) -> Action | None:
    """Some open work order."""
    if (one := coming(draw, WORK_ORDER)) is None:
        return None
    number = WorkOrderNo(one.number)
    return CancelWork(work_order=number, item=one.item, quantity=one.open, start=one.start, due=one.due)
