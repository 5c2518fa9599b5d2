"""What a supplier refused is not supply: the books are put back as they were before it was asked for."""

from datetime import date

from core.domain.cases import CaseState
from core.domain.ids import PurchaseOrderNo
from core.domain.orders import SupplyState
from core.domain.proposals import MessageKind, OutboxMessage
from core.ports.storage import UnitOfWork

_ENDED = frozenset({CaseState.EXECUTING, CaseState.RESOLVED, CaseState.ACCEPTED})


def take_off_the_books(uow: UnitOfWork, message: OutboxMessage) -> None:
    """Cancel the purchase order, or give the line its old date back, and open the case of the plan again. A message of
    another kind, or one that was overtaken by an undo, changes nothing."""
    if message.kind is MessageKind.PLACE_ORDER:
        changed = _cancelled(uow, PurchaseOrderNo(str(message.payload["reference"])))
    elif message.kind is MessageKind.EXPEDITE_ORDER:
        changed = _slowed_down(uow, message)
    else:
        changed = False
    if not changed or message.approval is None:
        return
    case = uow.cases.get(uow.approvals.get(message.approval).case)
    if case.state in _ENDED:
        uow.cases.move(case.id, to=CaseState.OPEN)


def _cancelled(uow: UnitOfWork, number: PurchaseOrderNo) -> bool:
    if uow.supply.purchase_order(number).state is not SupplyState.OPEN:
        return False
    uow.supply.cancel_purchase_order(number)
    return True


def _slowed_down(uow: UnitOfWork, message: OutboxMessage) -> bool:
    number, line = PurchaseOrderNo(str(message.payload["purchase_order"])), int(str(message.payload["line"]))
    old, new = (date.fromisoformat(str(message.payload[name])) for name in ("old_date", "new_date"))
    if uow.supply.purchase_line(number, line).due != new:
        return False
    uow.supply.reschedule(number, line, old=new, due=old)
    return True
