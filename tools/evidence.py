"""What an agent may find out about a case: stock at other locations, and suppliers' answers."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import TypeVar

from pydantic import Field

from core.domain.errors import InvalidValueError
from core.domain.evidence import quote_evidence_id, refusal_evidence_id, updated
from core.domain.ids import CaseId
from core.domain.quotes import ExpediteQuote, ExpediteRequest, Quote, QuoteRefusal, QuoteRequest
from core.domain.reserve_price import ReservePrice
from tools.access.evidence import Unanswered
from tools.arguments import CaseRef
from tools.core_access import ReadCore
from tools.spec import Cost, ToolInput, ToolOutput, reads

Request = TypeVar("Request", QuoteRequest, ExpediteRequest)


class FindStockElsewhere(ToolInput):
    """What find_stock_elsewhere takes."""

    case: CaseRef


class StockRow(ToolOutput):
    """Units a location can give up without a new shortage, and when and at what cost they would arrive."""

    id: str
    location: str
    quantity: int
    arrive_on: date
    fixed_cost: Decimal
    unit_cost: Decimal


class StockFound(ToolOutput):
    """Stock elsewhere, by location; empty when no location can give anything up."""

    stock: tuple[StockRow, ...]


def _find_stock(core: ReadCore, asked: FindStockElsewhere) -> StockFound:
    found = core.needs(CaseId(asked.case)).stock
    rows = [
        StockRow(
            id=stock.id,
            location=stock.location,
            quantity=stock.quantity,
            arrive_on=stock.arrive_on,
            fixed_cost=stock.fixed_cost,
            unit_cost=stock.unit_cost,
        )
        for stock in found
    ]
    return StockFound(stock=tuple(sorted(rows, key=lambda row: row.id)))


class RequestQuotes(ToolInput):
    """What request_supplier_quotes and request_expedite_quotes take."""

    case: CaseRef
    suppliers: tuple[str, ...] = Field(
        (), max_length=20, description="supplier codes to ask, such as ['GULF']; an empty list asks all who can help"
    )


class QuoteRow(ToolOutput):
    """An offer for new units. `id` is how it is cited. `worth_it`: whether its price is at most what a unit more is
    worth by the last plan over all cases; null where none was kept."""

    id: str
    supplier: str
    item: str
    quantity: int
    unit_price: Decimal
    currency: str
    lead_time_days: int
    available_quantity: int
    minimum_order: int
    valid_until: date
    worth_it: bool | None = None


class ExpediteRow(ToolOutput):
    """An offer to have an open purchase order line sooner: the fee for the whole line, and the earliest day.
    `worth_it`: whether the fee is at most what the units are worth by the last plan over all cases; null where none was
    kept."""

    id: str
    supplier: str
    purchase_order: str
    line: int
    item: str
    quantity: int
    fee: Decimal
    currency: str
    earliest_date: date
    valid_until: date
    worth_it: bool | None = None


class RefusalRow(ToolOutput):
    """A supplier that will not quote, and why."""

    id: str
    supplier: str
    item: str
    reason: str


class SilentRow(ToolOutput):
    """A supplier that gave no usable answer, with the code of what happened."""

    supplier: str
    code: str


class QuotesReceived(ToolOutput):
    """Suppliers' answers, by id. What suppliers wrote in their own words is left out: people see it with the case."""

    quotes: tuple[QuoteRow, ...]
    refusals: tuple[RefusalRow, ...]
    unanswered: tuple[SilentRow, ...]


class ExpeditesReceived(ToolOutput):
    """Suppliers' answers about open purchase order lines, by id, without what they wrote in their own words."""

    expedites: tuple[ExpediteRow, ...]
    refusals: tuple[RefusalRow, ...]
    unanswered: tuple[SilentRow, ...]


def _request_quotes(core: ReadCore, asked: RequestQuotes) -> QuotesReceived:
    case = CaseId(asked.case)
    needs = core.needs(case)
    answers = [core.ask_price(request) for request in _chosen(needs.quotes, asked.suppliers)]
    quotes = tuple(answer for answer in answers if isinstance(answer, Quote))
    refusals = tuple(answer for answer in answers if isinstance(answer, QuoteRefusal))
    kept = core.evidence(case)
    core.record_evidence(case, updated(kept, stock=needs.stock, quotes=quotes, refusals=refusals))
    return QuotesReceived(
        quotes=tuple(sorted((_quote_row(quote, kept.reserve) for quote in quotes), key=lambda row: row.id)),
        refusals=_refusal_rows(refusals),
        unanswered=_silent_rows(answers),
    )


def _request_expedites(core: ReadCore, asked: RequestQuotes) -> ExpeditesReceived:
    case = CaseId(asked.case)
    needs = core.needs(case)
    answers = [core.ask_expedite(request) for request in _chosen(needs.expedites, asked.suppliers)]
    quotes = tuple(answer for answer in answers if isinstance(answer, ExpediteQuote))
    refusals = tuple(answer for answer in answers if isinstance(answer, QuoteRefusal))
    kept = core.evidence(case)
    core.record_evidence(case, updated(kept, stock=needs.stock, expedites=quotes, refusals=refusals))
    return ExpeditesReceived(
        expedites=tuple(sorted((_expedite_row(quote, kept.reserve) for quote in quotes), key=lambda row: row.id)),
        refusals=_refusal_rows(refusals),
        unanswered=_silent_rows(answers),
    )


def _chosen(requests: Sequence[Request], suppliers: Sequence[str]) -> list[Request]:
    known = sorted({request.supplier for request in requests})
    for supplier in suppliers:
        if supplier not in known:
            raise InvalidValueError(f"supplier {supplier!r} cannot help here; accepted are {known}", field="suppliers")
    return [request for request in requests if not suppliers or request.supplier in suppliers]


def _quote_row(quote: Quote, reserve: ReservePrice | None) -> QuoteRow:
    return QuoteRow(
        id=quote_evidence_id(quote),
        supplier=quote.supplier,
        item=quote.item,
        quantity=quote.quantity,
        unit_price=quote.unit_price,
        currency=quote.currency,
        lead_time_days=quote.lead_time_days,
        available_quantity=quote.available_quantity,
        minimum_order=quote.minimum_order,
        valid_until=quote.valid_until,
        worth_it=reserve.allows_price(quote.unit_price, currency=quote.currency) if reserve else None,
    )


def _expedite_row(quote: ExpediteQuote, reserve: ReservePrice | None) -> ExpediteRow:
    return ExpediteRow(
        id=quote_evidence_id(quote),
        supplier=quote.supplier,
        purchase_order=quote.purchase_order,
        line=quote.line,
        item=quote.item,
        quantity=quote.quantity,
        fee=quote.fee,
        currency=quote.currency,
        earliest_date=quote.earliest_date,
        valid_until=quote.valid_until,
        worth_it=reserve.allows_fee(quote.fee, quote.quantity, currency=quote.currency) if reserve else None,
    )


def _refusal_rows(refusals: Iterable[QuoteRefusal]) -> tuple[RefusalRow, ...]:
    rows = [
        RefusalRow(
            id=refusal_evidence_id(refusal),
            supplier=refusal.supplier,
            item=refusal.item,
            reason=refusal.reason.value,
        )
        for refusal in refusals
    ]
    return tuple(sorted(rows, key=lambda row: row.id))


def _silent_rows(answers: Iterable[object]) -> tuple[SilentRow, ...]:
    rows = [
        SilentRow(supplier=answer.supplier, code=answer.code) for answer in answers if isinstance(answer, Unanswered)
    ]
    return tuple(sorted(rows, key=lambda row: (row.supplier, row.code)))


FIND_STOCK_ELSEWHERE = reads(
    "find_stock_elsewhere",
    "Finds units of the case's item that other locations can give up without making a new shortage there, when they "
    "would arrive and what moving them costs (a fixed amount plus an amount for each unit). Moves nothing.",
    cost=Cost.MODERATE,
    examples=({"case": "CASE-17"},),
    takes=FindStockElsewhere,
    gives=StockFound,
    handler=_find_stock,
)
REQUEST_SUPPLIER_QUOTES = reads(
    "request_supplier_quotes",
    "Asks suppliers for price, lead time and availability of the case's item, several at once, and keeps the answers "
    "as evidence on the case; plan_options then reckons with them. Asking commits nobody: nothing is ordered.",
    cost=Cost.COSTLY,
    examples=({"case": "CASE-17", "suppliers": ["GULF"]},),
    takes=RequestQuotes,
    gives=QuotesReceived,
    handler=_request_quotes,
)
REQUEST_EXPEDITE_QUOTES = reads(
    "request_expedite_quotes",
    "Asks suppliers what it would cost to have the open purchase order lines behind the case sooner, and how much "
    "sooner, and keeps the answers as evidence on the case. Asking commits nobody: no date is moved.",
    cost=Cost.COSTLY,
    examples=({"case": "CASE-17"},),
    takes=RequestQuotes,
    gives=ExpeditesReceived,
    handler=_request_expedites,
)
