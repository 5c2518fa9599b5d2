"""What the books say of a case beyond the columns: how its lines may be treated, its holds, prices asked."""

from collections.abc import Collection, Mapping
from datetime import timedelta

from core.domain.capacity import CentreLoad
from core.domain.cases import Case
from core.domain.errors import NotFoundError
from core.domain.exception_table import KINDS
from core.domain.ids import LocationCode, OrderNo, PurchaseOrderNo, WorkCenterCode, WorkOrderNo
from core.domain.making import WorkCenter
from core.domain.orders import SalesOrder, SalesOrderLine
from core.domain.parties import PriceBreak
from core.domain.plans import Resolution
from core.domain.purchasing import DecisionState, PurchasingPolicy
from core.planning.outcome import NetResult
from core.planning.repair.floors import beside
from core.planning.repair.parts import lacking_orders
from core.planning.repair.reallocating import givers
from core.planning.repair.terms import (
    AskedPrice,
    CaseTerms,
    CountedStock,
    LineTerms,
    OpenHold,
    QuickerWay,
    WorkingDay,
)
from core.planning.repair.work_minutes import centers_of
from core.planning.snapshot import Snapshot, date_of
from core.ports.orders import LineKey
from core.ports.storage import UnitOfWork
from core.services.asked_changes import asked_changes
from core.services.center_moves import center_moves
from core.services.counted_stock import counted_stock
from core.services.doing.parts import part_now
from core.services.doing.selling import MAY_LOSE, may_move
from core.services.lost_goods import lost_goods
from core.services.policies import policy_of
from core.services.quicker_service import quicker_ways

MOST_LINES, MOST_DAYS, OVERTIME_DAYS = 10, 3, 28
POLICY = PurchasingPolicy()
_ORDER, _PURCHASE, _CENTER = "order ", "purchase order ", "work center "


def terms_of(
    uow: UnitOfWork,
    snapshot: Snapshot,
    result: NetResult,
    case: Case,
    *,
    lines: Mapping[LineKey, LineTerms] | None = None,
) -> CaseTerms:
    """The terms of the lines the case hurts most and of those that could give to them, of its holds and its prices.
    `lines` are those of the lines of many cases, where they were read together."""
    keys = lines_of(snapshot, result, case)
    known = terms_of_lines(uow, keys) if lines is None else lines
    overloads = _overloads(uow, case.detected.root)
    return CaseTerms(
        lines={key: known[key] for key in sorted(keys) if key in known},
        holds=_holds(uow, case.detected.root),
        prices=_prices(uow, case.detected.root),
        overloads=overloads,
        counts=_counts(uow, case),
        changes=asked_changes(uow, case),
        quicker=_quicker(uow, case),
        fixed_work=_fixed_work(uow, snapshot, result, case),
        breaks=_breaks(uow, case),
        longer=_longer(uow, snapshot, case),
        lost=lost_goods(uow, case.detected.root),
        centers=center_moves(uow, snapshot, case.detected.root, overloads),
        award=policy_of(uow).award,
    )


def lines_of(snapshot: Snapshot, result: NetResult, case: Case) -> set[LineKey]:
    """The lines of which the terms of a case speak."""
    impacts = sorted(case.detected.impacts, key=lambda i: (-i.exposure, i.order, i.line))[:MOST_LINES]
    keys = {(OrderNo(impact.order), impact.line) for impact in impacts}
    if case.detected.item in snapshot.items.code:
        giving = givers(snapshot, result, case)
        others = (*giving, *(beside(snapshot, result, case) if giving else ()))
        keys |= {(OrderNo(order), line) for order, line in others}
    return keys


def terms_of_lines(uow: UnitOfWork, keys: Collection[LineKey]) -> dict[LineKey, LineTerms]:
    """What may be done with each of these lines, read at once."""
    sold, claimed = uow.orders.of_lines(keys), uow.stock.claimed(keys)
    return {key: _line_terms(order, line, claimed=key in claimed) for key, (order, line) in sold.items()}


def _line_terms(order: SalesOrder, line: SalesOrderLine, *, claimed: bool) -> LineTerms:
    free = may_move(line, claimed=claimed)
    return LineTerms(
        splittable=order.allow_partial and not order.ship_complete and line.line_set is None,
        substitutable=order.allow_substitution and free and line.shipped == line.cancelled == 0,
        movable=free,
        may_lose=line.strategy in MAY_LOSE,
        least=line.minimum_shipment,
    )


def _longer(uow: UnitOfWork, snapshot: Snapshot, case: Case) -> tuple[WorkingDay, ...]:
    """The days to come of the work centres the item goes through, where overtime is allowed at all."""
    first = date_of(snapshot.as_of)
    found: list[WorkingDay] = []
    for code in centers_of(snapshot, case.detected.item) if case.detected.lacking > 0 else ():
        center = uow.routings.work_center(WorkCenterCode(code))
        if center.overtime_minutes:
            loads = uow.capacity.loads(center.code, first=first, last=first + timedelta(days=OVERTIME_DAYS))
            found += [_working_day(load, center) for load in loads]
    return tuple(found)


def _working_day(load: CentreLoad, center: WorkCenter) -> WorkingDay:
    return WorkingDay(
        center=center.code,
        day=load.day,
        capacity=load.capacity,
        allowed=load.overtime,
        booked=load.booked,
        most=center.overtime_minutes,
        hourly_cost=center.overtime_hourly_cost,
    )


def _breaks(uow: UnitOfWork, case: Case) -> dict[tuple[str, str], tuple[PriceBreak, ...]]:
    if not case.detected.item or case.detected.lacking < 1:
        return {}
    found: dict[tuple[str, str], tuple[PriceBreak, ...]] = {}
    for one in uow.company.price_breaks(case.detected.item):
        key = (str(one.supplier), str(one.item))
        found[key] = (*found.get(key, ()), one)
    return found


def _counts(uow: UnitOfWork, case: Case) -> tuple[CountedStock, ...]:
    detected = case.detected
    wanted = Resolution.CORRECT_LEDGER.value in KINDS[detected.type].candidates
    if not wanted or not detected.item or not detected.location:
        return ()
    return counted_stock(uow, detected.item, LocationCode(detected.location))


def _fixed_work(uow: UnitOfWork, snapshot: Snapshot, result: NetResult, case: Case) -> dict[str, str]:
    """Of the work orders that lack the item those whose components stay as they are, with the reason."""
    if Resolution.SUBSTITUTE.value not in KINDS[case.detected.type].candidates:
        return {}
    rows = lacking_orders(snapshot, result, case.detected.item, case.detected.location)
    numbers = (WorkOrderNo(snapshot.supply.number[row]) for row in rows)
    built = {number: part_now(uow, number, case.detected.item) for number in numbers}
    return {number: f"it is built with {now}" for number, now in built.items() if now != case.detected.item}


def _quicker(uow: UnitOfWork, case: Case) -> tuple[QuickerWay, ...]:
    wanted = Resolution.SHIP_MODE.value in KINDS[case.detected.type].candidates
    return quicker_ways(uow, case.detected.root) if wanted else ()


def _holds(uow: UnitOfWork, root: str) -> tuple[OpenHold, ...]:
    if not root.startswith(_ORDER):
        return ()
    number = OrderNo(root.removeprefix(_ORDER).removeprefix("line ").partition("/")[0])
    return tuple(
        OpenHold(number=hold.number, order=hold.order, kind=hold.kind.value, why=hold.why)
        for hold in uow.holds.of_order(number, open_only=True)
    )


def _overloads(uow: UnitOfWork, root: str) -> tuple[WorkingDay, ...]:
    """The overloaded days of the work centre the case names, the first ones."""
    if not root.startswith(_CENTER):
        return ()
    code = WorkCenterCode(root.removeprefix(_CENTER))
    center = uow.routings.work_center(code)
    loads = (load for load in uow.capacity.overloaded() if load.work_center == code)
    return tuple(_working_day(load, center) for load in loads)[:MOST_DAYS]


def _prices(uow: UnitOfWork, root: str) -> tuple[AskedPrice, ...]:
    """Prices that wait for a decision on the purchase order the case names."""
    if not root.startswith(_PURCHASE):
        return ()
    number = PurchaseOrderNo(root.removeprefix(_PURCHASE).removeprefix("line ").partition("/")[0])
    try:
        lines = {line.line: line for line in uow.purchasing.lines(number)}
    except NotFoundError:
        return ()
    return tuple(
        AskedPrice(
            order=number,
            line=change.line,
            quantity=lines[change.line].open_quantity,
            old=lines[change.line].unit_price,
            new=change.new,
            within=POLICY.accepts_price(lines[change.line].unit_price, change.new),
        )
        for change in uow.price_changes.of_order(number)
        if change.state is DecisionState.PENDING and change.line in lines
    )
