"""Risk tiers of plans."""

from datetime import date
from decimal import Decimal

from core.domain.ids import CaseId, ItemCode, LocationCode, OptionId, PurchaseOrderNo, SupplierCode
from core.domain.plans import Action, Buy, Plan, Wait, plan_of
from core.domain.tiers import tier_of


def _plan(*actions: Action) -> Plan:
    return plan_of(case=CaseId("CASE-1"), option=OptionId("CASE-1-1A"), actions=actions, currency="EUR")


def _buy(unit_price: str) -> Buy:
    return Buy(
        reference=PurchaseOrderNo("PO-1.1A-1"),
        supplier=SupplierCode("S1"),
        item=ItemCode("A"),
        location=LocationCode("MAIN"),
        quantity=100,
        unit_price=Decimal(unit_price),
        currency="EUR",
        arrive_on=date(2026, 11, 5),
        cost=Decimal(0),
        quote="Q-1",
    )


def test_waiting_is_t0() -> None:
    assert tier_of(_plan(Wait(until=date(2026, 11, 5)))) == 0


def test_buying_up_to_the_limit_is_t3() -> None:
    assert tier_of(_plan(_buy("100"))) == 3


def test_committing_more_than_the_limit_is_t4() -> None:
    assert tier_of(_plan(_buy("100.01"))) == 4
    assert tier_of(_plan(_buy("100")), Decimal("9999.99")) == 4
