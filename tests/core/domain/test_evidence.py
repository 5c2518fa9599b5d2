"""Evidence ids."""

from datetime import date
from decimal import Decimal

from core.domain.evidence import CaseEvidence, stock_evidence_id
from core.domain.ids import ItemCode, PurchaseOrderNo, SupplierCode
from core.domain.options import StockElsewhere
from core.domain.quotes import ExpediteQuote, QuoteRefusal, RefusalReason


def test_every_piece_of_evidence_can_be_cited_by_its_id() -> None:
    evidence = CaseEvidence(
        stock=(
            StockElsewhere(
                id=stock_evidence_id("RENO"),
                location="RENO",
                quantity=4,
                arrive_on=date(2026, 11, 5),
                fixed_cost=Decimal(1),
                unit_cost=Decimal(0),
            ),
        ),
        expedites=(
            ExpediteQuote(
                quote_id="E-7",
                supplier=SupplierCode("S1"),
                purchase_order=PurchaseOrderNo("PO-1"),
                line=1,
                item=ItemCode("A"),
                quantity=4,
                fee=Decimal(9),
                currency="EUR",
                earliest_date=date(2026, 11, 5),
                valid_until=date(2026, 11, 4),
            ),
        ),
        refusals=(QuoteRefusal(supplier=SupplierCode("S2"), item=ItemCode("A"), reason=RefusalReason.NO_STOCK),),
    )

    assert evidence.ids == ("quote:E-7", "refusal:S2/A", "stock:RENO")
