"""The facts that preconditions speak of: how each is read from the books, and how it is called."""

from collections.abc import Callable, Mapping
from datetime import date

from core.domain.errors import NotFoundError
from core.domain.holds import HoldNo
from core.domain.ids import ItemCode, LocationCode, OrderNo, PurchaseOrderNo, SupplierCode, WorkCenterCode, WorkOrderNo
from core.domain.orders import SalesOrderLine, SupplyState
from core.domain.production import OperationState
from core.planning.repair.relocating import qualified_centers
from core.ports.storage import UnitOfWork
from core.services.asked_changes import change_words
from core.services.counted_stock import waiting_words
from core.services.doing.centers import step_of
from core.services.doing.making import begun
from core.services.doing.parts import part_now
from core.services.doing.purchases import purchase_line
from core.services.doing.reshipping import replacement_of
from core.services.doing.selling import MAY_LOSE, movable
from core.services.quicker_service import leaving_words


def _stock(uow: UnitOfWork, subject: str) -> str:
    item, _, location = subject.partition("@")
    return str(uow.stock.available(ItemCode(item), LocationCode(location)))


def _stock_on_hand(uow: UnitOfWork, subject: str) -> str:
    item, _, location = subject.partition("@")
    return str(uow.stock.balance(ItemCode(item), LocationCode(location)).on_hand)


def _stock_free(uow: UnitOfWork, subject: str) -> str:
    """Below 0 when more is reserved or blocked than is there."""
    item, _, location = subject.partition("@")
    level = uow.stock.balance(ItemCode(item), LocationCode(location))
    return str(level.on_hand - level.reserved - level.blocked)


def _line(subject: str) -> tuple[str, int]:
    number, _, line = subject.rpartition("/")
    return number, int(line)


def _purchase_open(uow: UnitOfWork, subject: str) -> str:
    number, line = _line(subject)
    order = uow.supply.purchase_order(PurchaseOrderNo(number))
    if order.state is not SupplyState.OPEN:
        return "0"
    return str(uow.supply.purchase_line(PurchaseOrderNo(number), line).open_quantity)


def _purchase_due(uow: UnitOfWork, subject: str) -> str:
    number, line = _line(subject)
    return uow.supply.purchase_line(PurchaseOrderNo(number), line).due.isoformat()


def _line_open(uow: UnitOfWork, subject: str) -> str:
    number, line = _line(subject)
    return str(uow.orders.line(OrderNo(number), line).open_quantity)


def _line_due(uow: UnitOfWork, subject: str) -> str:
    number, line = _line(subject)
    return uow.orders.line(OrderNo(number), line).due.isoformat()


def _supplier(uow: UnitOfWork, subject: str) -> str:
    supplier = uow.company.supplier(SupplierCode(subject))
    return "yes" if supplier.approved and supplier.active else "no"


def _purchase_price(uow: UnitOfWork, subject: str) -> str:
    number, line = _line(subject)
    return f"{purchase_line(uow, PurchaseOrderNo(number), line).unit_price:.4f}"


def _purchase_untouched(uow: UnitOfWork, subject: str) -> str:
    """Whether the order has one line and nothing of it has come."""
    lines = uow.purchasing.lines(PurchaseOrderNo(subject))
    return _yes(len(lines) == 1 and lines[0].received == 0)


def _item_made(uow: UnitOfWork, subject: str) -> str:
    item = ItemCode(subject)
    return _yes(uow.company.item(item).make or bool(uow.routings.components(item)))


def _work_open(uow: UnitOfWork, subject: str) -> str:
    return str(uow.making.order(WorkOrderNo(subject)).open_quantity)


def _work_dates(uow: UnitOfWork, subject: str) -> str:
    order = uow.making.order(WorkOrderNo(subject))
    return f"{order.start.isoformat()} {order.due.isoformat()}"


def _work_begun(uow: UnitOfWork, subject: str) -> str:
    return _yes(begun(uow.making.order(WorkOrderNo(subject))))


def _center_day(uow: UnitOfWork, subject: str) -> str:
    """Minutes of a day: there, allowed as overtime, booked."""
    center, _, day = subject.rpartition(" ")
    on = date.fromisoformat(day)
    loads = uow.capacity.loads(WorkCenterCode(center), first=on, last=on)
    return f"{loads[0].capacity} {loads[0].overtime} {loads[0].booked}" if loads else "not known"


def _operation_at(uow: UnitOfWork, subject: str) -> str:
    """The work centre of an operation that waits; otherwise how far it is."""
    number, sequence = _line(subject)
    step = step_of(uow, WorkOrderNo(number), sequence)
    if step is None:
        return "not known"
    return str(step.work_center) if step.state is OperationState.WAITING else step.state.value


def _center_qualified(uow: UnitOfWork, subject: str) -> str:
    operation, _, center = subject.rpartition(">")
    item, sequence = _line(operation)
    return _yes(center in {code for code, _ in qualified_centers(uow.snapshot(), item, sequence)})


def _order_line(uow: UnitOfWork, subject: str) -> SalesOrderLine:
    number, line = _line(subject)
    return uow.orders.line(OrderNo(number), line)


def _line_item(uow: UnitOfWork, subject: str) -> str:
    return _order_line(uow, subject).item


def _line_location(uow: UnitOfWork, subject: str) -> str:
    line = _order_line(uow, subject)
    return line.node or uow.orders.order(line.order).ship_from


def _line_pickable(uow: UnitOfWork, subject: str) -> str:
    """Whether what is open of it is neither on its way out nor reserved."""
    return _yes(movable(uow, _order_line(uow, subject)))


def _line_may_lose(uow: UnitOfWork, subject: str) -> str:
    return _yes(_order_line(uow, subject).strategy in MAY_LOSE)


def _line_splittable(uow: UnitOfWork, subject: str) -> str:
    line = _order_line(uow, subject)
    order = uow.orders.order(line.order)
    return _yes(order.allow_partial and not order.ship_complete and line.line_set is None)


def _line_substitutable(uow: UnitOfWork, subject: str) -> str:
    line = _order_line(uow, subject)
    agreed = uow.orders.order(line.order).allow_substitution
    return _yes(agreed and line.shipped == 0 and line.cancelled == 0 and movable(uow, line))


def _alternate_valid(uow: UnitOfWork, subject: str) -> str:
    return _valid(uow, subject, component=False)


def _part_alternate_valid(uow: UnitOfWork, subject: str) -> str:
    return _valid(uow, subject, component=True)


def _work_built_with(uow: UnitOfWork, subject: str) -> str:
    number, _, component = subject.partition("/")
    return part_now(uow, WorkOrderNo(number), ItemCode(component))


def _valid(uow: UnitOfWork, subject: str, *, component: bool) -> str:
    item, _, alternate = subject.partition(">")
    books = uow.snapshot()
    table, codes = books.alternates, books.items.code
    return _yes(
        any(
            (codes[int(of)], codes[int(other)], bool(inside)) == (item, alternate, component)
            and first <= books.as_of <= last
            for of, other, inside, first, last in zip(
                table.item, table.alternate, table.component, table.valid_from, table.valid_to, strict=True
            )
        )
    )


def _shipment_problem(uow: UnitOfWork, subject: str) -> str:
    return uow.shipments.get(subject).problem or "none"


def _shipment_made_good(uow: UnitOfWork, subject: str) -> str:
    return _yes(replacement_of(uow, subject) is not None)


def _hold_open(uow: UnitOfWork, subject: str) -> str:
    hold = uow.holds.get(HoldNo(subject))
    return _yes(any(one.number == hold.number for one in uow.holds.of_order(hold.order, open_only=True)))


def _signal_open(uow: UnitOfWork, subject: str) -> str:
    return _yes(not uow.signals.get(subject).settled)


def _change_consequence(uow: UnitOfWork, subject: str) -> str:
    reference, line = _line(subject)
    return change_words(uow, reference, line)


def _line_leaves(uow: UnitOfWork, subject: str) -> str:
    """From where, when it would leave by a service, and when it would be there."""
    name, _, service = subject.partition(" ")
    order, line = _line(name)
    return leaving_words(uow, OrderNo(order), line, service)


def _task_known(uow: UnitOfWork, subject: str) -> str:
    try:
        uow.tasks.get(subject)
    except NotFoundError:
        return "no"
    return "yes"


def _yes(found: bool) -> str:
    return "yes" if found else "no"


FACTS: Mapping[str, Callable[[UnitOfWork, str], str]] = {
    "stock_available": _stock,
    "stock_on_hand": _stock_on_hand,
    "stock_free": _stock_free,
    "count_waiting": waiting_words,
    "purchase_open_quantity": _purchase_open,
    "purchase_due": _purchase_due,
    "purchase_price": _purchase_price,
    "purchase_untouched": _purchase_untouched,
    "supplier_usable": _supplier,
    "item_made": _item_made,
    "work_open_quantity": _work_open,
    "work_dates": _work_dates,
    "work_begun": _work_begun,
    "center_day": _center_day,
    "operation_at": _operation_at,
    "center_qualified": _center_qualified,
    "line_open_quantity": _line_open,
    "line_due": _line_due,
    "line_item": _line_item,
    "line_location": _line_location,
    "line_pickable": _line_pickable,
    "line_may_lose": _line_may_lose,
    "line_splittable": _line_splittable,
    "line_substitutable": _line_substitutable,
    "alternate_valid": _alternate_valid,
    "part_alternate_valid": _part_alternate_valid,
    "work_built_with": _work_built_with,
    "shipment_problem": _shipment_problem,
    "shipment_made_good": _shipment_made_good,
    "hold_open": _hold_open,
    "task_known": _task_known,
    "line_leaves": _line_leaves,
    "signal_open": _signal_open,
    "change_consequence": _change_consequence,
}
SAID: Mapping[str, str] = {
    "stock_available": "stock available of",
    "stock_on_hand": "stock on hand of",
    "stock_free": "stock neither reserved nor blocked of",
    "count_waiting": "what is to be posted of count",
    "purchase_open_quantity": "the open quantity of purchase order line",
    "purchase_due": "the due date of purchase order line",
    "purchase_price": "the price of purchase order line",
    "purchase_untouched": "one line and nothing received of purchase order",
    "supplier_usable": "approved to buy from supplier",
    "item_made": "made here: item",
    "work_open_quantity": "the open quantity of work order",
    "work_dates": "start and due date of work order",
    "work_begun": "begun: work order",
    "center_day": "minutes there, as overtime and booked of work centre",
    "operation_at": "the work centre of the waiting operation",
    "center_qualified": "qualified for the operation:",
    "line_open_quantity": "the open quantity of order line",
    "line_due": "the promised date of order line",
    "line_item": "the item of order line",
    "line_location": "the ship-from location of order line",
    "line_pickable": "neither on its way out nor reserved: order line",
    "line_may_lose": "may lose what it counts on: order line",
    "line_splittable": "may ship in parts: order line",
    "line_substitutable": "may be sent another item: order line",
    "alternate_valid": "a valid alternate:",
    "part_alternate_valid": "a valid alternate to build in:",
    "work_built_with": "what is built in by work order",
    "shipment_problem": "what the carrier reported of shipment",
    "shipment_made_good": "made good by another one: shipment",
    "hold_open": "still open: hold",
    "task_known": "asked before:",
    "line_leaves": "the departure of order line",
    "signal_open": "still to be answered:",
    "change_consequence": "what follows from the change",
}
