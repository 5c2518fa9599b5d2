"""The facts a plan's preconditions speak of, read from the books, and the differences found."""

from collections.abc import Callable, Mapping

from core.domain.errors import NotFoundError
from core.domain.ids import ItemCode, LocationCode, OrderNo, PurchaseOrderNo, SupplierCode
from core.domain.orders import SupplyState
from core.domain.plans import Action, Operator, Predicate
from core.ports.storage import UnitOfWork
from core.services.doing.table import doing_of


def unmet(uow: UnitOfWork, predicates: tuple[Predicate, ...]) -> tuple[str, ...]:
    """A sentence for each precondition that no longer holds; empty when all do."""
    found: list[str] = []
    for predicate in predicates:
        try:
            fact = _FACTS[predicate.fact](uow, predicate.subject)
        except NotFoundError as error:
            found.append(error.message)
            continue
        if not _holds(predicate, fact):
            found.append(f"{_SAID[predicate.fact]} {predicate.subject} is {fact}, the plan needs {_needs(predicate)}")
    return tuple(dict.fromkeys(found))


def _holds(predicate: Predicate, fact: str) -> bool:
    match predicate.operator:
        case Operator.EQUAL:
            return fact == predicate.value
        case Operator.AT_LEAST:
            return int(fact) >= int(predicate.value)
        case Operator.AT_MOST:
            return int(fact) <= int(predicate.value)


def _needs(predicate: Predicate) -> str:
    words = {Operator.EQUAL: "", Operator.AT_LEAST: "at least ", Operator.AT_MOST: "at most "}
    return f"{words[predicate.operator]}{predicate.value}"


def _stock(uow: UnitOfWork, subject: str) -> str:
    item, _, location = subject.partition("@")
    return str(uow.stock.available(ItemCode(item), LocationCode(location)))


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


_FACTS: Mapping[str, Callable[[UnitOfWork, str], str]] = {
    "stock_available": _stock,
    "purchase_open_quantity": _purchase_open,
    "purchase_due": _purchase_due,
    "line_open_quantity": _line_open,
    "line_due": _line_due,
    "supplier_usable": _supplier,
}
_SAID: Mapping[str, str] = {
    "stock_available": "stock available of",
    "purchase_open_quantity": "the open quantity of purchase order line",
    "purchase_due": "the due date of purchase order line",
    "line_open_quantity": "the open quantity of order line",
    "line_due": "the promised date of order line",
    "supplier_usable": "approved to buy from supplier",
}


def unmet_undo(uow: UnitOfWork, actions: tuple[Action, ...]) -> tuple[str, ...]:
    """A sentence for each action that can no longer be taken back."""
    obstacles = (doing_of(action).obstacle(uow, action) for action in actions)
    return tuple(obstacle for obstacle in obstacles if obstacle is not None)
