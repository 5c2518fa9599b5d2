"""Purchase orders: entered as a draft, sent, cancelled, closed."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.domain.errors import ConflictError, InvalidValueError
from core.domain.ids import ItemCode, LocationCode, OrderNo, PurchaseOrderNo, SupplierCode
from core.domain.purchasing import Purchase, PurchaseLine
from core.domain.showing import shown
from core.domain.supply_life import PurchaseStage
from core.ports.storage import UnitOfWork
from core.services.supplying.purchase_results import PurchaseResult, check_price, check_quantity, result_of


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedLine:
    """What is to be bought; with a sales order line the supplier ships to the customer."""

    line: int
    item: ItemCode
    location: LocationCode
    quantity: int
    unit_price: Decimal
    due: date
    sales_order: OrderNo | None = None
    sales_line: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterPurchase:
    """A new purchase order, kept as a draft until it is sent."""

    key: str
    number: PurchaseOrderNo
    supplier: SupplierCode
    lines: tuple[WantedLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SendPurchase:
    """The draft goes to the supplier."""

    key: str
    number: PurchaseOrderNo
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EndPurchase:
    """Cancel an order nothing has come of, or close one that is received in part and gets no more."""

    key: str
    number: PurchaseOrderNo
    version: int
    why: str


def enter_purchase(uow: UnitOfWork, command: EnterPurchase) -> PurchaseResult:
    """Keep a draft; nothing is expected of the supplier before it is sent."""
    return uow.commands.once(command.key, command, PurchaseResult, lambda: _enter(uow, command))


def send_purchase(uow: UnitOfWork, command: SendPurchase) -> PurchaseResult:
    """The order is the supplier's to answer from now on."""

    def act() -> PurchaseResult:
        uow.purchasing.lock(command.number, version=command.version)
        uow.purchasing.advance(command.number, to=PurchaseStage.SENT, why="sent to the supplier")
        return result_of(uow, command.number)

    return uow.commands.once(command.key, command, PurchaseResult, act)


def cancel_purchase(uow: UnitOfWork, command: EndPurchase) -> PurchaseResult:
    """Take an order back of which nothing has arrived or is on its way."""

    def act() -> PurchaseResult:
        uow.purchasing.lock(command.number, version=command.version)
        coming = sorted(n.number for n in uow.receiving.notices_of(command.number) if n.on_the_way(command.number))
        if coming:
            raise ConflictError(
                f"purchase order {command.number!r} is on its way in notice {coming[0]!r}; accepted is to refuse it on"
                " receipt, or a notice the supplier took back",
                notices=coming,
            )
        uow.purchasing.advance(command.number, to=PurchaseStage.CANCELLED, why=command.why)
        return result_of(uow, command.number)

    return uow.commands.once(command.key, command, PurchaseResult, act)


def close_purchase(uow: UnitOfWork, command: EndPurchase) -> PurchaseResult:
    """Nothing more is expected of an order that came in whole or in part."""

    def act() -> PurchaseResult:
        uow.purchasing.lock(command.number, version=command.version)
        uow.purchasing.advance(command.number, to=PurchaseStage.CLOSED, why=command.why)
        return result_of(uow, command.number)

    return uow.commands.once(command.key, command, PurchaseResult, act)


def _enter(uow: UnitOfWork, command: EnterPurchase) -> PurchaseResult:
    supplier = uow.company.supplier(command.supplier)
    if not (supplier.approved and supplier.active):
        raise InvalidValueError(
            f"supplier {command.supplier!r} is not approved and active; accepted is one that is", field="supplier"
        )
    numbers = [wanted.line for wanted in command.lines]
    if not numbers or len(set(numbers)) != len(numbers) or min(numbers) < 1:
        raise InvalidValueError(
            f"line numbers {shown(numbers)} are not accepted; accepted are one or more, each once and from 1 up",
            field="lines",
        )
    lines = [_drafted(uow, command.number, wanted, drop_ships=supplier.drop_ships) for wanted in command.lines]
    settings = uow.company.settings()
    order = Purchase(
        number=command.number, supplier=command.supplier, order_date=settings.as_of, currency=settings.currency
    )
    uow.purchasing.add(order, lines)
    return result_of(uow, command.number)


def _drafted(uow: UnitOfWork, number: PurchaseOrderNo, wanted: WantedLine, *, drop_ships: bool) -> PurchaseLine:
    where = f"{number}/{wanted.line}"
    check_quantity(wanted.quantity, least=1, where=where)
    check_price(wanted.unit_price, where=where)
    _check_drop_shipment(uow, wanted, where=where, drop_ships=drop_ships)
    return PurchaseLine(
        order=number,
        line=wanted.line,
        item=wanted.item,
        location=wanted.location,
        ordered=wanted.quantity,
        unit_price=wanted.unit_price,
        due=wanted.due,
        sales_order=wanted.sales_order,
        sales_line=wanted.sales_line,
    )


def _check_drop_shipment(uow: UnitOfWork, wanted: WantedLine, *, where: str, drop_ships: bool) -> None:
    if wanted.sales_order is None or wanted.sales_line is None:
        if wanted.sales_order != wanted.sales_line:
            raise InvalidValueError(
                f"{where} names a sales order {wanted.sales_order!r} with line {wanted.sales_line!r}; accepted is both"
                " or none",
                field="sales_line",
            )
        return
    if not drop_ships:
        raise InvalidValueError(f"the supplier of {where} does not ship to customers; accepted is one that does")
    sold = uow.orders.line(wanted.sales_order, wanted.sales_line)
    if sold.item != wanted.item or not 1 <= wanted.quantity <= sold.open_quantity:
        raise InvalidValueError(
            f"{where} is {wanted.quantity} of {wanted.item!r} for {sold.order}/{sold.line}; accepted is up to"
            f" {sold.open_quantity} of {sold.item!r}",
            field="quantity",
        )
