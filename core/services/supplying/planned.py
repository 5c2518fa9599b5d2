"""Planned orders: taken down, firmed into a purchase, work or transfer order, or dropped."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from core.domain.errors import InvalidValueError
from core.domain.ids import ProposalId, PurchaseOrderNo, SupplierCode, TransferOrderNo, WorkOrderNo
from core.domain.orders import TransferOrder
from core.domain.parties import SupplierItem
from core.domain.planned_orders import PlannedKind, PlannedOrder
from core.domain.production import Making
from core.domain.purchasing import Purchase, PurchaseLine
from core.domain.quantity import rounded_up
from core.ports.storage import UnitOfWork
from core.services.buffering import buffer_days_of


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSupply:
    """A suggestion to keep; nothing is promised on it."""

    key: str
    order: PlannedOrder


@dataclass(frozen=True, slots=True, kw_only=True)
class FirmPlanned:
    """The suggestion becomes an order under this number."""

    key: str
    number: str
    version: int
    become: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DropPlanned:
    """Nobody needs it any more."""

    key: str
    number: str
    version: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedResult:
    """The planned order as it is now; `quantity` is what was ordered when order sizes made it more."""

    order: PlannedOrder
    quantity: int


def plan_supply(uow: UnitOfWork, command: PlanSupply) -> PlannedResult:
    """Keep a planned order."""

    def act() -> PlannedResult:
        uow.planned_orders.add(command.order)
        return PlannedResult(order=command.order, quantity=command.order.quantity)

    return uow.commands.once(command.key, command, PlannedResult, act)


def firm_planned(uow: UnitOfWork, command: FirmPlanned) -> PlannedResult:
    """Make it an order: a draft to a supplier, a work order to release, or a transfer with its units reserved."""
    return uow.commands.once(command.key, command, PlannedResult, lambda: _firm(uow, command))


def drop_planned(uow: UnitOfWork, command: DropPlanned) -> PlannedResult:
    """Drop a planned order."""

    def act() -> PlannedResult:
        uow.planned_orders.cancel(command.number, version=command.version, why=command.why)
        order = uow.planned_orders.get(command.number)
        return PlannedResult(order=order, quantity=order.quantity)

    return uow.commands.once(command.key, command, PlannedResult, act)


def _firm(uow: UnitOfWork, command: FirmPlanned) -> PlannedResult:
    uow.planned_orders.firm(command.number, version=command.version, firmed_as=command.become)
    order = uow.planned_orders.get(command.number)
    match order.kind:
        case PlannedKind.PURCHASE:
            quantity = _buy(uow, order, PurchaseOrderNo(command.become))
        case PlannedKind.WORK:
            quantity = _make(uow, order, WorkOrderNo(command.become))
        case PlannedKind.TRANSFER:
            quantity = _transfer(uow, order, TransferOrderNo(command.become))
    return PlannedResult(order=order, quantity=quantity)


def _buy(uow: UnitOfWork, order: PlannedOrder, number: PurchaseOrderNo) -> int:
    source = _source(uow, order)
    quantity = rounded_up(order.quantity, minimum=source.minimum_order, multiple=source.multiple)
    if source.maximum_order is not None and quantity > source.maximum_order:
        raise InvalidValueError(
            f"{quantity} of {order.item!r} is more than {source.supplier!r} takes in one order; accepted is up to"
            f" {source.maximum_order}",
            field="quantity",
        )
    settings = uow.company.settings()
    head = Purchase(number=number, supplier=source.supplier, order_date=settings.as_of, currency=settings.currency)
    line = PurchaseLine(
        order=number,
        line=1,
        item=order.item,
        location=order.location,
        ordered=quantity,
        unit_price=source.unit_price,
        due=max(settings.as_of, order.due - timedelta(days=buffer_days_of(uow, source.supplier))),
    )
    uow.purchasing.add(head, [line])
    return quantity


def _source(uow: UnitOfWork, order: PlannedOrder) -> SupplierItem:
    """The supplier named, or the one of the best priority, then the lowest price, that may be bought from."""
    usable = [source for source in uow.company.sources(order.item) if _may_buy(uow, source.supplier)]
    wanted = [source for source in usable if order.supplier in {None, source.supplier}]
    if not wanted:
        raise InvalidValueError(
            f"{order.supplier or 'nobody'!r} may not be bought {order.item!r} from; accepted is one of"
            f" {sorted(source.supplier for source in usable)}",
            field="supplier",
        )
    return min(wanted, key=_rank)


def _rank(source: SupplierItem) -> tuple[int, Decimal, SupplierCode]:
    return (source.priority, source.unit_price, source.supplier)


def _may_buy(uow: UnitOfWork, code: SupplierCode) -> bool:
    supplier = uow.company.supplier(code)
    return supplier.approved and supplier.active


def _make(uow: UnitOfWork, order: PlannedOrder, number: WorkOrderNo) -> int:
    made = Making(
        number=number,
        item=order.item,
        location=order.location,
        ordered=order.quantity,
        start=order.start,
        due=order.due,
    )
    uow.making.add(made)
    return order.quantity


def _transfer(uow: UnitOfWork, order: PlannedOrder, number: TransferOrderNo) -> int:
    assert order.origin is not None
    uow.stock.reserve(order.item, order.origin, quantity=order.quantity, reference=number)
    moved = TransferOrder(
        number=number,
        item=order.item,
        origin=order.origin,
        destination=order.location,
        quantity=order.quantity,
        ship_on=order.start,
        due=order.due,
    )
    nobody: ProposalId | None = None
    uow.supply.add_transfer(moved, proposal=nobody)
    return order.quantity
