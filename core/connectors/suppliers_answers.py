"""What a supplier's answer means: each must be of the agreed form and about what was asked."""

from collections.abc import Mapping
from typing import NoReturn, TypeVar

from core.connectors.exchange import Answer
from core.connectors.strict import Inbound, UnreadableError, shown
from core.connectors.suppliers_wire import (
    AcknowledgementAnswer,
    ExpediteQuoteAnswer,
    OrdersAnswer,
    QuoteAnswer,
    RefusalAnswer,
)
from core.domain.ids import ItemCode, SupplierCode
from core.domain.quotes import (
    AcknowledgementState,
    CounterOffer,
    ExpediteQuote,
    ExpediteRequest,
    OrderRefusal,
    Quote,
    QuoteRefusal,
    QuoteRequest,
    SupplierAcknowledgement,
)

Answered = TypeVar("Answered", bound=Inbound)
Ordered = Mapping[int, tuple[ItemCode, int]]


def read_quote(answer: Answer, request: QuoteRequest | CounterOffer) -> Quote | QuoteRefusal:
    """The quote for what was asked, still valid, or the refusal."""
    found = _answered(answer, QuoteAnswer)
    if isinstance(found, RefusalAnswer):
        return found.of_quote(request)
    _same("item", found.item, request.item)
    _same("quantity", found.quantity, request.quantity)
    if found.valid_until < request.as_of:
        _refuse("valid_until", found.valid_until.isoformat(), f"a day not before {request.as_of.isoformat()}")
    if isinstance(request, CounterOffer):
        _same("currency", found.currency, request.currency)
    return found.quote(request)


def read_expedite_quote(answer: Answer, request: ExpediteRequest) -> ExpediteQuote | QuoteRefusal:
    """The fee and date for the line that was asked about, still valid, or the refusal."""
    found = _answered(answer, ExpediteQuoteAnswer)
    if isinstance(found, RefusalAnswer):
        return found.of_quote(request)
    _same("purchase_order", found.purchase_order, request.purchase_order)
    _same("line", found.line, request.line)
    _same("item", found.item, request.item)
    _same("quantity", found.quantity, request.quantity)
    for name, day in (("earliest_date", found.earliest_date), ("valid_until", found.valid_until)):
        if day < request.as_of:
            _refuse(name, day.isoformat(), f"a day not before {request.as_of.isoformat()}")
    return found.quote(request)


def read_acknowledgement(
    answer: Answer,
    *,
    supplier: SupplierCode,
    reference: str,
    state: AcknowledgementState,
    ordered: Ordered | None,
) -> SupplierAcknowledgement | OrderRefusal:
    """The acknowledgement of this instruction, of these lines and never of more units, or the refusal."""
    found = _answered(answer, AcknowledgementAnswer)
    if isinstance(found, RefusalAnswer):
        return found.of_order(supplier, reference)
    _same("reference", found.reference, reference)
    _same("state", found.state, state)
    if ordered is not None:
        _check_lines(found, ordered)
    return found.acknowledgement(supplier)


def read_orders(answer: Answer, *, supplier: SupplierCode, reference: str) -> tuple[SupplierAcknowledgement, ...]:
    """Everything the supplier holds under the reference."""
    found = _answered(answer, OrdersAnswer)
    if isinstance(found, RefusalAnswer):
        _refuse("status", "422", "200")
    for order in found.orders:
        _same("reference", order.reference, reference)
    return tuple(order.acknowledgement(supplier) for order in found.orders)


def _answered(answer: Answer, model: type[Answered]) -> Answered | RefusalAnswer:
    match answer.status:
        case 200 | 201:
            return model.model_validate(answer.json())
        case 422:
            return RefusalAnswer.model_validate(answer.json())
        case 401 | 403:
            _refuse("status", str(answer.status), "200, 201 or 422; the API key set for the supplier is refused")
        case _:
            _refuse("status", str(answer.status), "200, 201 or 422")


def _check_lines(found: AcknowledgementAnswer, ordered: Ordered) -> None:
    numbers = sorted(line.line for line in found.lines)
    if numbers != sorted(ordered):
        _refuse("lines", shown(numbers), f"exactly the lines {shown(sorted(ordered))}")
    for line in found.lines:
        item, quantity = ordered[line.line]
        _same(f"lines.{line.line}.item", line.item, item)
        if line.quantity > quantity:
            _refuse(f"lines.{line.line}.quantity", str(line.quantity), f"up to {quantity}, which was ordered")


def _same(field: str, answered: str | int, asked: str | int) -> None:
    if answered != asked:
        _refuse(field, shown(answered), f"{shown(asked)}, which was asked")


def _refuse(field: str, value: str, accepted: str) -> NoReturn:
    raise UnreadableError(field=field, value=value, accepted=accepted)
