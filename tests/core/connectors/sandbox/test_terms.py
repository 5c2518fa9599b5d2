"""A sandbox supplier's terms are functions of their arguments."""

from core.connectors.sandbox.terms import identifier, objection_to_expedite, objection_to_order
from core.domain.ids import ItemCode
from core.domain.quotes import RefusalReason
from tests.core.connectors.builders import Line, expedite, order, supplier


def test_lines_of_one_item_are_taken_together() -> None:
    wanted = order(Line(quantity=10), Line(quantity=10))

    assert objection_to_order(supplier(), wanted, left=lambda _: 20, named={}) is None
    assert objection_to_order(supplier(), wanted, left=lambda _: 19, named={}) is RefusalReason.NO_STOCK


def test_a_price_in_another_currency_is_another_price() -> None:
    wanted = order(currency="EUR")

    assert objection_to_order(supplier(), wanted, left=lambda _: 99, named={}) is RefusalReason.PRICE_CHANGED


def test_an_item_that_is_not_sold_is_not_pulled_in() -> None:
    assert objection_to_expedite(supplier(), expedite(item=ItemCode("PUMP-9"))) is RefusalReason.UNKNOWN_ITEM


def test_identifiers_are_the_same_for_the_same_parts_only() -> None:
    assert identifier("Q", "GULF", "k-1") == "Q-9031e5e4bc23"
    assert identifier("Q", "GULFk", "-1") != identifier("Q", "GULF", "k-1")
