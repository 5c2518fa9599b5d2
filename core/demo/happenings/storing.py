"""What goes wrong in stock: a lot on hold, one that is too old, a count that finds less, a reservation for nothing."""

from collections import Counter
from datetime import date

from core.demo.happenings.buying import DROP_SHIPPED, answer, bought, taken_in
from core.demo.happenings.world import FINANCE, PLANNER, QUALITY, SHIP, World, wanted
from core.demo.planted import Planted
from core.domain.cases import ExceptionType
from core.domain.ids import ItemCode, LocationCode, LotCode, OrderNo
from core.domain.items import LotControl
from core.domain.stock import Claim, ReserveStock
from core.services.reserving import reserve_stock
from core.services.stocking.adjusting import AdjustReason, AdjustStock, adjust_stock
from core.services.stocking.counting import EnterCount, OpenCount, PostCount, enter_count, open_count, post_count
from core.services.stocking.lots import JudgeLot, hold_lot

_UNITS, _MISSING = 10, 3
_OLD, _HELD, _COUNTED = LotCode("L-9301"), LotCode("L-9302"), LotCode("L-9303")
_SPARES = (("SE-02", _OLD, 120), ("CA-02", _HELD, None), ("FS-04", _COUNTED, 1500))


def lots_of_a_shutdown(world: World) -> tuple[Planted, ...]:
    """Spares bought and set aside for a customer: one lot too old for him, one held by quality, one counted short."""
    due = world.day(21)
    world.enter("SO-9301", *(wanted(item, _UNITS, due) for item, _, _ in _SPARES), tier=1)
    for line, (item, lot, days) in enumerate(_SPARES, start=1):
        _set_aside(world, line, item, lot, None if days is None else world.day(days))
    world.do(
        lambda uow, command: hold_lot(uow, command, QUALITY),
        JudgeLot(key=f"hold {_HELD}", lot=_HELD, why="porosity found at incoming inspection"),
        by=QUALITY,
    )
    _count(world, 3)
    return (
        Planted(type=ExceptionType.SHELF_LIFE, about=f"lot {_OLD}"),
        Planted(type=ExceptionType.QUALITY_HOLD, about=f"lot {_HELD}"),
        Planted(type=ExceptionType.INVENTORY_DISCREPANCY, about=f"item FS-04@{SHIP}"),
    )


def _set_aside(world: World, line: int, item: str, lot: LotCode, expires: date | None) -> None:
    number = f"PO-93{line:02}"
    bought(world, number, item, _UNITS, world.as_of)
    answer(world, number)
    taken_in(world, number, _UNITS, lot=lot, expires=expires)
    reserve(world, "SO-9301", line, item, _UNITS, lot=lot)


def reserve(
    world: World,
    order: str,
    line: int,
    item: str,
    units: int,
    *,
    lot: LotCode | None = None,
    place: LocationCode = SHIP,
) -> None:
    """Units are set aside for an order line."""
    held = Claim(
        item=ItemCode(item),
        location=place,
        quantity=units,
        reference=f"{order}/{line}",
        order=OrderNo(order),
        line=line,
        lot=lot,
        cause="set aside",
    )
    world.do(reserve_stock, ReserveStock(key=f"reserve {order}/{line}", claims=(held,)))


def _count(world: World, line: int) -> None:
    item, lot, _ = _SPARES[line - 1]
    sheet = world.do(
        open_count, OpenCount(key="open CC-9301", code="CC-9301", location=SHIP, items=((ItemCode(item), lot),))
    )
    found = {1: _UNITS - _MISSING}
    counted = world.do(
        enter_count, EnterCount(key="enter CC-9301", code=sheet.code, version=sheet.version, found=found), by=PLANNER
    )
    world.do(
        lambda uow, command: post_count(uow, command, FINANCE),
        PostCount(key="post CC-9301", code=sheet.code, version=counted.version),
        by=FINANCE,
    )


def reserved_for_nothing(world: World) -> tuple[Planted, ...]:
    """Goods were set aside for a line, and then its supplier shipped to the customer: they stay reserved."""
    world.enter("SO-9302", wanted(DROP_SHIPPED, 1, world.day(15)))
    bought(world, "PO-9311", DROP_SHIPPED, 1, world.as_of)
    answer(world, "PO-9311")
    taken_in(world, "PO-9311", 1)
    reserve(world, "SO-9302", 1, DROP_SHIPPED, 1)
    bought(world, "PO-9312", DROP_SHIPPED, 1, world.as_of, sold="SO-9302")
    answer(world, "PO-9312")
    taken_in(world, "PO-9312", 1)
    return (Planted(type=ExceptionType.OVERSELL, about="reservation SO-9302/1"),)


def below_safety_stock(world: World) -> tuple[Planted, ...]:
    """Units of a part that has little more than its safety stock are damaged."""
    there = Counter[ItemCode]()
    for row in world.company.stock:
        there[row.item] += row.on_hand - row.reserved
    items = [one for one in world.company.items if one.safety_stock and not one.make]
    plain = [one for one in items if one.lot_control is LotControl.NONE and there[one.code] >= one.safety_stock]
    item = min(plain, key=lambda one: (there[one.code] - one.safety_stock, one.code))
    most = max(
        (row for row in world.company.stock if row.item == item.code), key=lambda row: (row.on_hand, row.location)
    )
    command = AdjustStock(
        key="damage DM-9301",
        document="DM-9301",
        item=item.code,
        location=most.location,
        by=item.safety_stock - 1 - there[item.code],
        reason=AdjustReason.DAMAGE,
        note="a fork lift ran into the rack",
    )
    world.do(adjust_stock, command)
    return (Planted(type=ExceptionType.SAFETY_STOCK_BREACHED, about=f"item {item.code}"),)
