"""Sandbox suppliers answer near what the pack lists, the same each time."""

from decimal import Decimal

from core.connectors.sandbox.catalogue import Mood
from core.demo.company import demo_company
from core.demo.offers import demo_offers, demo_suppliers
from core.domain.ids import SupplierCode


def test_every_listed_item_is_offered_near_its_price_and_lead_time() -> None:
    company = demo_company()

    offers = demo_offers(company)

    assert sum(len(items) for items in offers.values()) == len(company.supplier_items)
    for row in company.supplier_items:
        offer = offers[row.supplier][row.item]
        assert abs(offer.unit_price / row.unit_price - 1) <= Decimal("0.031")
        assert -1 <= offer.lead_time_days - row.lead_time_days <= 2
        assert (offer.minimum_order, offer.multiple) == (row.minimum_order, row.multiple)
        assert offer.available >= offer.minimum_order
    assert offers == demo_offers(demo_company())


def test_a_supplier_that_is_out_refuses() -> None:
    suppliers = demo_suppliers(demo_company(), out={SupplierCode("GULF")})

    assert [supplier.code for supplier in suppliers if supplier.mood is Mood.REFUSES] == ["GULF"]
    assert len(suppliers) == 10
