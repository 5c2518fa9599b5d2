"""Goods on their way and goods that arrived: notices of suppliers, receipts in parts, refused units, drop shipments."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.domain.errors import ConflictError, IllegalTransitionError, InvalidValueError
from core.domain.ids import LotCode, PurchaseOrderNo, SerialNo, SupplierCode
from core.domain.lots import Lot
from core.domain.order_life import OrderState
from core.domain.purchasing import (
    PriceSource,
    Purchase,
    PurchaseLine,
    PurchasingPolicy,
    Receipt,
    stage_after_receipt,
)
from core.domain.shipping_notices import NoticeLine, ShippingNotice
from core.domain.stock import StockMove, VirtualPlace
from core.domain.supply_life import PurchaseStage
from core.ports.storage import UnitOfWork
from core.services.deferring import scan_soon
from core.services.happened import check_happened
from core.services.supplying.lotting import check_tracking, keep_lot
from core.services.supplying.price_deciding import keep_price
from core.services.supplying.purchase_results import PurchaseResult, check_price, check_quantity, result_of

POLICY = PurchasingPolicy()
_COMING = frozenset(
    {PurchaseStage.SENT, PurchaseStage.ACKNOWLEDGED, PurchaseStage.CONFIRMED, PurchaseStage.PARTLY_RECEIVED}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnounceShipment:
    """An advance ship notice (856 or a mail) under the supplier's number."""

    key: str
    supplier: SupplierCode
    number: str
    carrier: str
    tracking: str = ""
    shipped_on: date
    eta: date
    lines: tuple[NoticeLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawShipment:
    """The supplier takes a notice back."""

    key: str
    supplier: SupplierCode
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnouncedResult:
    """The purchase orders a notice is for, and the lines whose date it moved."""

    orders: tuple[PurchaseOrderNo, ...]
    moved: tuple[tuple[PurchaseOrderNo, int, date], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Receive:
    """Units of a line that arrived. Refused units are not taken into stock and still owed; `reason` says why.

    `reference` is the delivery note, `notice` the supplier's notice they came on. A lot-controlled item needs a lot,
    one with serial numbers a number for each unit taken.
    """

    key: str
    number: PurchaseOrderNo
    line: int
    reference: str
    accepted: int
    rejected: int = 0
    reason: str = ""
    received_on: date
    lot: str = ""
    expires_on: date | None = None
    serials: tuple[SerialNo, ...] = ()
    unit_price: Decimal | None = None
    notice: str | None = None


def announce_shipment(uow: UnitOfWork, command: AnnounceShipment) -> AnnouncedResult:
    """Keep a notice; a line of which all that is open is on its way is planned with for the day it arrives."""

    def act() -> AnnouncedResult:
        scan_soon(uow)
        return _announce(uow, command)

    return uow.commands.once(command.key, command, AnnouncedResult, act)


def withdraw_shipment(uow: UnitOfWork, command: WithdrawShipment) -> AnnouncedResult:
    """Take a notice back of which nothing has arrived."""

    def act() -> AnnouncedResult:
        scan_soon(uow)
        notice = uow.receiving.notice(command.supplier, command.number)
        uow.receiving.withdraw(command.supplier, command.number)
        return AnnouncedResult(orders=_orders(notice))

    return uow.commands.once(command.key, command, AnnouncedResult, act)


def receive(uow: UnitOfWork, command: Receive, *, policy: PurchasingPolicy = POLICY) -> PurchaseResult:
    """Take units into stock, or count a drop shipment as delivered to the customer.

    More than were ordered are taken up to the tolerance of the policy. Another price on the papers than was ordered at
    is a price change like any other.
    """

    def act() -> PurchaseResult:
        scan_soon(uow)
        return _receive(uow, command, policy)

    return uow.commands.once(command.key, command, PurchaseResult, act)


def _announce(uow: UnitOfWork, command: AnnounceShipment) -> AnnouncedResult:
    if not command.lines or command.eta < command.shipped_on:
        raise InvalidValueError(
            f"notice {command.number!r} has {len(command.lines)} lines, leaves on {command.shipped_on} and arrives on"
            f" {command.eta}; accepted is a line or more and an arrival that is not before it leaves",
            field="eta",
        )
    for line in command.lines:
        if line.received:
            raise InvalidValueError(
                f"{line.received} of {line.order}/{line.line} cannot have arrived with a notice; accepted is 0,"
                " what arrives is received",
                field="received",
            )
    notice = ShippingNotice(
        supplier=command.supplier,
        number=command.number,
        carrier=command.carrier,
        tracking=command.tracking,
        shipped_on=command.shipped_on,
        eta=command.eta,
        lines=command.lines,
    )
    lines = {key: line for number in _orders(notice) for key, line in _coming(uow, number, command.supplier).items()}
    wanted = sorted({(part.order, part.line) for part in notice.lines})
    for order, line in wanted:
        _check_announced(uow, notice, lines.get((order, line)), where=f"{order}/{line}")
    uow.receiving.announce(notice)
    moved = [
        (order, line, command.eta)
        for order, line in wanted
        if notice.announced(order, line) >= lines[order, line].open_quantity and lines[order, line].due != command.eta
    ]
    for order, line, eta in moved:
        uow.supply.reschedule(order, line, old=lines[order, line].due, due=eta)
    return AnnouncedResult(orders=_orders(notice), moved=tuple(moved))


def _coming(
    uow: UnitOfWork, number: PurchaseOrderNo, supplier: SupplierCode
) -> dict[tuple[PurchaseOrderNo, int], PurchaseLine]:
    order = uow.purchasing.lock(number)
    if order.supplier != supplier:
        raise InvalidValueError(
            f"purchase order {number!r} is with {order.supplier!r}, not with {supplier!r}; accepted is an order of"
            " the supplier of the notice",
            field="supplier",
        )
    _check_coming(order)
    return {(number, line.line): line for line in uow.purchasing.lines(number)}


def _check_announced(uow: UnitOfWork, notice: ShippingNotice, line: PurchaseLine | None, *, where: str) -> None:
    if line is None:
        raise InvalidValueError(
            f"there is no purchase order line {where}; accepted is a line of the order", field="lines"
        )
    before = sum(known.announced(line.order, line.line) for known in uow.receiving.notices_of(line.order))
    most = POLICY.most_receivable(line.ordered) - line.received - before
    units = notice.announced(line.order, line.line)
    if not 1 <= units <= most:
        raise InvalidValueError(
            f"{units} units of {where} cannot be announced: {line.received} arrived, {before} are on their way;"
            f" accepted is 1 to {max(0, most)}",
            field="quantity",
        )


def _receive(uow: UnitOfWork, command: Receive, policy: PurchasingPolicy) -> PurchaseResult:
    order = uow.purchasing.lock(command.number)
    _check_coming(order)
    check_happened(uow, command.received_on, field="received_on")
    line = _line_of(uow, command)
    _check_receipt(uow, command, line)
    receipt = Receipt(
        order=command.number,
        line=command.line,
        reference=command.reference,
        location=line.location,
        accepted=command.accepted,
        rejected=command.rejected,
        reason=command.reason,
        lot=command.lot,
        expires_on=command.expires_on,
        unit_price=command.unit_price,
        received_on=command.received_on,
    )
    most = policy.most_receivable(line.ordered)
    uow.receiving.receive(receipt, most=most, supplier=order.supplier, notice=command.notice)
    if command.accepted:
        _book(uow, command, order, line)
    if command.unit_price is not None and command.unit_price != line.unit_price:
        keep_price(uow, line, command.unit_price, source=PriceSource.RECEIPT, policy=policy)
    stage = stage_after_receipt(order.stage, uow.purchasing.lines(command.number))
    uow.purchasing.advance(command.number, to=stage, why=f"delivery note {command.reference!r}")
    return result_of(uow, command.number)


def _line_of(uow: UnitOfWork, command: Receive) -> PurchaseLine:
    lines = {line.line: line for line in uow.purchasing.lines(command.number)}
    if command.line not in lines:
        raise InvalidValueError(
            f"line {command.line!r} of {command.number!r} is not there; accepted is one of {sorted(lines)}",
            field="line",
        )
    return lines[command.line]


def _check_receipt(uow: UnitOfWork, command: Receive, line: PurchaseLine) -> None:
    where = f"{command.number}/{command.line}"
    check_quantity(command.accepted, least=0, where=where)
    check_quantity(command.rejected, least=0 if command.accepted else 1, where=where)
    if command.rejected and not command.reason.strip():
        raise InvalidValueError(f"{command.rejected} units of {where} are refused without a reason", field="reason")
    if command.unit_price is not None:
        check_price(command.unit_price, where=where)
    if command.accepted and not line.drop_shipped:
        check_tracking(uow.company.item(line.item), units=command.accepted, lot=command.lot, serials=command.serials)


def _check_coming(order: Purchase) -> None:
    if order.stage not in _COMING:
        raise IllegalTransitionError(
            f"purchase order {order.number!r} is {order.stage.value!r} and nothing of it is coming; accepted is one"
            " that was sent and is not received, closed or cancelled",
            old=order.stage.value,
        )


def _book(uow: UnitOfWork, command: Receive, order: Purchase, line: PurchaseLine) -> None:
    if command.lot and not line.drop_shipped:
        keep_lot(uow, _lot(command, order, line, origin=uow.company.supplier(order.supplier).country))
    to = VirtualPlace.CUSTOMER.location if line.drop_shipped else line.location
    move = StockMove(
        item=line.item,
        origin=VirtualPlace.SUPPLIER.location,
        destination=to,
        quantity=command.accepted,
        reason="drop shipment" if line.drop_shipped else "receipt",
        reference=f"{command.number}/{command.line}",
        moved_on=command.received_on,
        lot=LotCode(command.lot) if command.lot and not line.drop_shipped else None,
        unit_cost=line.unit_price,
        order=line.sales_order,
        line=line.sales_line,
        serials=() if line.drop_shipped else command.serials,
    )
    uow.stock.move([move])
    if line.sales_order is not None and line.sales_line is not None:
        _deliver(uow, command, line)


def _lot(command: Receive, order: Purchase, line: PurchaseLine, *, origin: str) -> Lot:
    return Lot(
        code=LotCode(command.lot),
        item=line.item,
        received_on=command.received_on,
        expires_on=command.expires_on,
        supplier=order.supplier,
        supplier_lot=command.lot,
        purchase_order=command.number,
        origin=origin,
        unit_cost=line.unit_price,
    )


def _deliver(uow: UnitOfWork, command: Receive, line: PurchaseLine) -> None:
    assert line.sales_order is not None
    assert line.sales_line is not None
    sold = uow.orders.line(line.sales_order, line.sales_line)
    if command.accepted > sold.open_quantity:
        raise ConflictError(
            f"{command.accepted} units went to the customer of {sold.order}/{sold.line}, which has"
            f" {sold.open_quantity} open; accepted is up to that many",
            open=sold.open_quantity,
        )
    units = command.accepted
    uow.orders.count_line(sold.order, sold.line, shipped=units, delivered=units)
    if uow.orders.line(sold.order, sold.line).open_quantity == 0:
        why = f"drop shipment {command.reference!r} of {command.number}"
        for step in (OrderState.SHIPPED, OrderState.DELIVERED):
            uow.orders.advance(sold.order, sold.line, to=step, why=why)


def _orders(notice: ShippingNotice) -> tuple[PurchaseOrderNo, ...]:
    return tuple(sorted({part.order for part in notice.lines}))
