"""Asking for a change of an order line: it is worked out, said as a signal, and decided by people on its case."""

from dataclasses import dataclass
from datetime import date

from core.domain.amendments import Change, ChangeDate, ChangeQuantity
from core.domain.checking_values import checked
from core.domain.errors import ConflictError, InvalidValueError, NotFoundError, UsageError
from core.domain.ids import CaseId, OrderNo
from core.domain.signals import Signal, SignalKind
from core.planning.detection import detect
from core.ports.storage import UnitOfWork
from core.services.asked_changes import amendment_of, value_of
from core.services.deferring import scan_soon
from core.services.looking.naming import order_of
from core.services.ordering.previewing import outcomes_of
from core.services.rule_values import rules_of
from core.services.scanning import ScanCommand, look

_WHY = "asked for in conversation"


@dataclass(frozen=True, slots=True, kw_only=True)
class AskChange:
    """Another quantity in base units, or another requested day, for a line of an order (its number, ours or the
    customer's): one of both."""

    order: str
    line: int
    quantity: int | None = None
    requested: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeAsked:
    """A change that waits on a case of its own: `words` say what it would do. `fence` is the last frozen day when the
    change is inside it; `fresh` whether it was not asked for before."""

    signal: str
    case: CaseId
    order: OrderNo
    line: int
    words: tuple[str, ...]
    fence: date | None
    fresh: bool


def ask_change(uow: UnitOfWork, command: AskChange) -> ChangeAsked:
    """Say what is wanted, and open the case that a scan would make of it; the order is not touched. The same change
    asked again on one business date is said once.

    InvalidValueError for a change that means nothing, IllegalTransitionError for a line that is too far for it,
    ConflictError for one that was decided on that day already.
    """
    change = _change(checked(command))
    order = order_of(uow, command.order)
    uow.orders.line(order, command.line)
    outcomes = outcomes_of(uow, amendment_of(order, (change,), _WHY))
    kind, value = value_of(change)
    reference = f"asked:{order}/{command.line}:{kind}:{value}:{uow.company.settings().as_of}"
    fresh = not _known(uow, reference)
    if fresh:
        _say(uow, reference, order, command.line, change)
    return ChangeAsked(
        signal=reference,
        case=_case_of(uow, reference),
        order=order,
        line=command.line,
        words=tuple(one.consequence.words for one in outcomes),
        fence=next((one.consequence.fence for one in outcomes if one.consequence.fence), None),
        fresh=fresh,
    )


def _change(command: AskChange) -> Change:
    if (command.quantity is None) == (command.requested is None):
        raise InvalidValueError("a change is another quantity or another day, one of both at a time", field="quantity")
    if command.quantity is not None:
        return ChangeQuantity(line=command.line, quantity=command.quantity)
    assert command.requested is not None, "one of both is given"
    return ChangeDate(line=command.line, requested=command.requested)


def _known(uow: UnitOfWork, reference: str) -> bool:
    try:
        uow.signals.get(reference)
    except NotFoundError:
        return False
    return True


def _case_of(uow: UnitOfWork, reference: str) -> CaseId:
    """The case of a change that waits, opened as a scan would open it where none has seen it yet."""
    signal = uow.signals.get(reference)
    if signal.settled:
        raise ConflictError(f"{reference} was decided on already: {signal.outcome}", signal=reference)
    last = uow.cases.last_scan()
    if last is None:
        raise UsageError("no scan has run yet; run `expediter scan` first")
    seen = look(uow, ScanCommand(rules=rules_of(last[1])))
    found = next(one for one in detect(seen.snapshot, seen.result, seen.facts) if one.cause == reference)
    known = uow.cases.heads().get(found.key)
    return known.id if known is not None else uow.cases.open(found, on=seen.as_of, deadline=None).id


def _say(uow: UnitOfWork, reference: str, order: OrderNo, line: int, change: Change) -> None:
    kind, value = value_of(change)
    uow.signals.add(
        Signal(
            reference=reference,
            kind=SignalKind.CHANGE,
            subject=f"order {order}",
            text=f"Line {line} of {order}: {kind} {value}, {_WHY}",
            order=order,
            lines=(line,),
            asked=(change,),
        )
    )
    scan_soon(uow)
