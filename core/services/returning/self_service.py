"""Returns that customers ask for themselves: what may come back, where to, and whom it is put before."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.domain.checking_values import checked
from core.domain.errors import ConflictError
from core.domain.ids import LocationCode, OrderNo
from core.domain.returns import Wish
from core.ports.storage import UnitOfWork
from core.services.returning.requesting import AskedBack, RequestReturn, ReturnStands, request_return
from core.services.tasks import ask_person


@dataclass(frozen=True, slots=True, kw_only=True)
class AskForReturn:
    """What a customer wants to send back of an order, and what for."""

    key: str
    order: OrderNo
    lines: tuple[AskedBack, ...]
    wish: Wish = Wish.REFUND
    note: str = ""


def returnable(uow: UnitOfWork, order: OrderNo) -> Mapping[int, int]:
    """Units by line that were delivered and that no return asks for yet; nothing where no place takes returns."""
    return uow.returns.returnable(order) if _takers(uow) else {}


def ask_for_return(uow: UnitOfWork, command: AskForReturn) -> ReturnStands:
    """Put it before the people who serve customers: nothing comes back before one of them authorises it.

    InvalidValueError when more would come back than was delivered, ConflictError where no place takes returns.
    """

    def act() -> ReturnStands:
        wanted = RequestReturn(
            key=f"{command.key}:return",
            order=command.order,
            location=_place(uow, command.order),
            lines=command.lines,
            wish=command.wish,
            note=command.note,
        )
        asked = request_return(uow, wanted)
        said = f"the customer of order {command.order} asks to send goods back; authorise or refuse {asked.number}"
        ask_person(uow, f"return {asked.number}", said)
        return asked

    checked(command)
    return uow.commands.once(command.key, command, ReturnStands, act)


def _place(uow: UnitOfWork, order: OrderNo) -> LocationCode:
    """Where the order ships from if it takes returns, else the first place by code that does."""
    takers = _takers(uow)
    ship_from = uow.orders.order(order).ship_from
    if ship_from in takers:
        return ship_from
    if not takers:
        raise ConflictError("no place takes returns here; please write to whom you ordered from")
    return takers[0]


def _takers(uow: UnitOfWork) -> list[LocationCode]:
    """Places that take returns, by code."""
    return sorted(node.code for node in uow.nodes.nodes() if node.takes_returns)
