"""Cases, evidence and plans for repair tests, from small books."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from core.domain.cases import Case, CaseState, DetectedCase
from core.domain.evidence import CaseEvidence
from core.domain.ids import CaseId, ItemCode, PurchaseOrderNo, SupplierCode
from core.domain.options import StockElsewhere
from core.domain.quotes import ExpediteQuote, Quote
from core.planning.detection import detect
from core.planning.donors import stock_elsewhere
from core.planning.netting import net
from core.planning.repair import CasePlan, plan_case
from core.planning.rules import ScanRules
from core.planning.snapshot import Snapshot, date_of
from tests.core.planning.books import AS_OF


def day(offset: int) -> date:
    """A day counted from the business date of the test books."""
    return date_of(AS_OF + offset)


def case_of(detected: DetectedCase, *, number: int = 17, planning_round: int = 1) -> Case:
    """An open case."""
    return Case(
        id=CaseId(f"CASE-{number}"),
        state=CaseState.OPEN,
        detected=detected,
        deadline=None,
        planning_round=planning_round,
        opened_on=day(0),
    )


def first_case(books: Snapshot, rules: ScanRules | None = None) -> Case:
    """The case with the largest exposure."""
    return case_of(detect(books, net(books, rules or ScanRules()))[0])


def planned(
    books: Snapshot,
    *,
    quotes: Iterable[Quote] = (),
    expedites: Iterable[ExpediteQuote] = (),
    stock: tuple[StockElsewhere, ...] | None = None,
    rules: ScanRules | None = None,
) -> CasePlan:
    """The plan of the first case; stock elsewhere is looked for in the books when none is given."""
    result = net(books, rules or ScanRules())
    case = case_of(detect(books, result)[0])
    found = stock_elsewhere(books, result, case) if stock is None else stock
    evidence = CaseEvidence(stock=found, quotes=tuple(quotes), expedites=tuple(expedites))
    return plan_case(books, result, case, evidence)


def quote(
    supplier: str,
    lead: int,
    price: str,
    *,
    item: str = "A",
    available: int = 1000,
    minimum: int = 1,
    multiple: int = 1,
    currency: str = "EUR",
    valid: int = 5,
) -> Quote:
    """A supplier's offer."""
    return Quote(
        quote_id=f"Q-{supplier}",
        supplier=SupplierCode(supplier),
        item=ItemCode(item),
        quantity=available,
        unit_price=Decimal(price),
        currency=currency,
        lead_time_days=lead,
        available_quantity=available,
        minimum_order=minimum,
        multiple=multiple,
        valid_until=day(valid),
    )


def expedite(
    order: str, earliest: int, fee: str, *, item: str = "A", quantity: int = 1, valid: int = 5
) -> ExpediteQuote:
    """A supplier's offer to be sooner."""
    return ExpediteQuote(
        quote_id=f"E-{order}",
        supplier=SupplierCode("S1"),
        purchase_order=PurchaseOrderNo(order),
        line=1,
        item=ItemCode(item),
        quantity=quantity,
        fee=Decimal(fee),
        currency="EUR",
        earliest_date=day(earliest),
        valid_until=day(valid),
    )
