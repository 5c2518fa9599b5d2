"""Actions on order lines drawn at random, and those whose figures services work out."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from math import ceil

from core.domain.cases import ExceptionType
from core.domain.ids import ItemCode, WorkCenterCode, WorkOrderNo
from core.domain.plans import (
    Action,
    CorrectLedger,
    MoveOperation,
    Overtime,
    ReleaseHold,
    RePromise,
    ShipFrom,
    SplitLine,
    Substitute,
    SubstitutePart,
)
from core.domain.plans.asking import AskPerson
from core.planning.repair.terms import AskedChange
from core.planning.snapshot import WORK_ORDER
from core.services.asked_changes import asked_changes
from core.services.center_moves import center_moves
from core.services.counted_stock import counted_stock
from core.services.lost_goods import lost_goods
from core.services.quicker_service import quicker_ways
from tests.builders import HOUSTON, MOTOR, RENO, SEAL, VALVE, YARD, day
from tests.core.planning.repair.cases import case_of
from tests.core.services.doing.drawing import FREE, Draw, Line, coming, lines
from tests.desk import detected

DRIVE, ASKED = ItemCode("DRIVE"), ("MAIL-1", "MAIL-2")
CENTERS = tuple(WorkCenterCode(code) for code in ("ASSEMBLY", "TEST"))


def asking(shape: type[AskPerson]) -> Callable[[Draw], Action]:
    """Asking a person in one of the ways there are."""

    def ask(draw: Draw) -> Action:
        subject = f"{shape.kind} {draw.name}"
        return shape(subject=subject, about="order:SO-1", due=draw.later(), text="what shall it be?")  # type: ignore[return-value]  # all of them are actions

    return ask


def some_line(draw: Draw) -> Line | None:
    """One of the open order lines."""
    found = lines(draw)
    return draw.dice.choice(found) if found else None


def re_promise(draw: Draw) -> Action | None:
    """Another date."""
    if (one := some_line(draw)) is None:
        return None
    return RePromise(order=one.order, line=one.line, old=one.due, new=draw.later(), quantity=one.open)


def split_line(draw: Draw) -> Action | None:
    """Some on one day, the others later."""
    if (one := some_line(draw)) is None or one.open < 2:
        return None
    now, on = draw.units(one.open - 1), draw.later()
    return SplitLine(
        order=one.order,
        line=one.line,
        item=one.item,
        now_quantity=now,
        now_on=on,
        rest_quantity=one.open - now,
        old=one.due,
        new=on + timedelta(days=draw.units(20)),
        cost=FREE,
    )


def ship_from(draw: Draw) -> Action | None:
    """From the other site, which mostly has what is open of the line."""

    def fits(one: Line) -> bool:
        there = draw.uow.stock.available(one.item, RENO if one.place == HOUSTON else HOUSTON)
        return there >= one.open and not draw.uow.stock.claims_of(one.order, one.line)

    one = draw.likely(lines(draw), fits)
    if one is None:
        return None
    return ShipFrom(
        order=one.order,
        line=one.line,
        item=one.item,
        quantity=one.open,
        old=one.place,
        new=RENO if one.place == HOUSTON else HOUSTON,
        cost=FREE,
    )


def substitute(draw: Draw) -> Action | None:
    """Two seals for each valve of a line."""
    valves = [one for one in lines(draw) if one.item == VALVE]
    one = draw.likely(valves, lambda one: draw.uow.orders.order(one.order).allow_substitution)
    if one is None:
        return None
    return Substitute(
        order=one.order,
        line=one.line,
        item=one.item,
        quantity=one.open,
        unit_price=one.price,
        alternate=SEAL,
        new_quantity=2 * one.open,
        new_price=draw.dice.choice([one.price / 2, Decimal("1.2345")]).quantize(Decimal("0.0001")),
        cost=FREE,
    )


def release_hold(draw: Draw) -> Action | None:
    """One of the open holds."""
    orders = sorted({one.order for one in lines(draw)})
    holds = [hold for order in orders for hold in draw.uow.holds.of_order(order, open_only=True)]
    if not holds:
        return None
    hold = draw.dice.choice(holds)
    return ReleaseHold(order=hold.order, hold=hold.number, what=hold.kind.value, reason="looked at")


def overtime(draw: Draw) -> Action | None:
    """Some minutes on a day that has work."""
    center = draw.dice.choice(CENTERS)
    loads = draw.uow.capacity.loads(center, first=day(0), last=day(30))
    if not loads:
        return None
    load = draw.dice.choice(loads)
    return Overtime(
        center=center,
        day=load.day,
        minutes=draw.units(120 - load.overtime),
        capacity=load.capacity,
        booked=load.booked,
        allowed=load.overtime,
        cost=FREE,
    )


def move_operation(draw: Draw) -> Action | None:
    """What the service finds for one of the work orders."""
    if (one := coming(draw, WORK_ORDER)) is None:
        return None
    found = center_moves(draw.uow, draw.books, f"work order {one.number}", ())
    moves: list[MoveOperation] = [move.action for move in found if not move.why_not]
    return draw.dice.choice(moves) if moves else None


def substitute_part(draw: Draw) -> Action | None:
    """Three drives for two motors."""
    if (one := coming(draw, WORK_ORDER)) is None:
        return None
    ratio = Decimal("1.5")
    return SubstitutePart(
        work_order=WorkOrderNo(one.number),
        item=one.item,
        units=one.open,
        component=MOTOR,
        quantity=one.open,
        alternate=DRIVE,
        ratio=ratio,
        new_quantity=ceil(one.open * ratio),
        location=YARD,
        start=one.start,
        due=one.due,
        cost=FREE,
    )


def correct_ledger(draw: Draw) -> Action | None:
    """What was counted of Reno's seals."""
    found: list[CorrectLedger] = [one.action for one in counted_stock(draw.uow, SEAL, RENO) if not one.why_not]
    return draw.dice.choice(found) if found else None


def reship(draw: Draw) -> Action | None:
    """What a carrier lost."""
    (lost,) = lost_goods(draw.uow, "shipment SO-5-S1")
    return lost.action


def ship_quicker(draw: Draw) -> Action | None:
    """What missed its cut-off."""
    (way,) = quicker_ways(draw.uow, "order line SO-6/1")
    return way.action if not way.why_not else None


def apply_change(draw: Draw) -> Action | None:
    """What a customer asked for."""
    applied = [action for asked in _asked(draw) for action in asked.applied]
    return draw.dice.choice(applied) if applied else None


def answer_change(draw: Draw) -> Action | None:
    """That it is declined."""
    asked = _asked(draw)
    return draw.dice.choice(asked).declined if asked else None


def _asked(draw: Draw) -> list[AskedChange]:
    """What customers asked for and nobody answered, as their cases would be worked out."""
    cases = [case_of(replace(detected(), type=ExceptionType.CUSTOMER_CHANGE, cause=cause)) for cause in ASKED]
    return [change for case in cases for change in asked_changes(draw.uow, case)]
