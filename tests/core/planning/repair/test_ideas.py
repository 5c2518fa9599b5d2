"""Lots, costs and the reasons why an idea is not possible."""

from decimal import Decimal

import pytest

from core.domain.evidence import CaseEvidence
from core.domain.options import RejectedIdea
from core.domain.quotes import ExpediteQuote, Quote
from core.planning.netting import net
from core.planning.repair.buying import buy_idea
from core.planning.repair.expediting import expedite_idea
from core.planning.repair.ideas import Desk, Reach, cost, lot
from core.planning.repair.policy import RepairPolicy
from core.planning.repair.wants import want_of
from core.planning.rules import ScanRules
from core.planning.snapshot import Snapshot
from tests.core.planning.books import AS_OF, book
from tests.core.planning.repair.cases import expedite, first_case, quote


def _books() -> Snapshot:
    return book(
        items=[("A",)],
        demand=[("SO-1", 1, "A", 40, 6, "", 0, 0, 1, "9")],
        supply=[("PO", "PO-1", "A", 25, 12, "", None, "S1")],
        sources=[("A", "S1", 9, "2.50"), ("A", "S2", 20, "2.00")],
        suppliers=["S9"],
    )


def _desk(books: Snapshot) -> Desk:
    want = want_of(books, net(books, ScanRules()), first_case(books))
    return Desk(snapshot=books, evidence=CaseEvidence(), policy=RepairPolicy(), want=want)


def test_lots_meet_the_minimum_and_the_multiple_and_stay_in_reach() -> None:
    reach = Reach(arrives=AS_OF, most=100, least=30, multiple=20, last_day=AS_OF)

    assert [lot(reach, needed) for needed in (1, 30, 41, 100, 500)] == [40, 40, 60, 100, 100]
    assert lot(Reach(arrives=AS_OF, most=55, multiple=20, last_day=AS_OF), 55) == 40


def test_buying_costs_the_price_difference_and_the_holding_of_what_is_not_needed() -> None:
    idea = buy_idea(_desk(_books()), quote("S1", 5, "3.00", minimum=50))

    assert not isinstance(idea, RejectedIdea)
    assert [(term.name, term.amount) for term in idea.terms(50, needed=40)] == [
        ("price difference of S1", Decimal("50.00")),
        ("holding 10 units bought beyond the need", Decimal("7.50")),
    ]
    assert cost(idea, 40) == Decimal("57.50")
    assert idea.reach == Reach(arrives=AS_OF + 5, most=1000, least=50, multiple=1, last_day=AS_OF + 1)


@pytest.mark.parametrize(
    ("offer", "reason"),
    [
        (quote("S1", 5, "3", currency="USD"), "the price is in USD, the books are in EUR"),
        (quote("S9", 5, "3"), "S9 is not an approved supplier"),
        (quote("S1", 5, "3", available=9, minimum=8, multiple=5), "S1 has 9 and sells no fewer than 10"),
        (quote("S1", 5, "3", valid=-1), "the offer was good until 2024-10-03"),
    ],
)
def test_an_offer_that_cannot_be_taken_is_rejected_with_its_reason(offer: Quote, reason: str) -> None:
    idea = buy_idea(_desk(_books()), offer)

    assert isinstance(idea, RejectedIdea)
    assert (idea.resolution, idea.what, idea.reason) == ("R08", f"buy A from {offer.supplier}", reason)


@pytest.mark.parametrize(
    ("offer", "reason"),
    [
        (expedite("PO-2", 5, "9"), "purchase order line PO-2/1 is no longer open"),
        (expedite("PO-1", 12, "9"), "2024-10-16 is no sooner than 2024-10-16, when the plan counts on it already"),
        (expedite("PO-1", -1, "9"), "the day offered, 2024-10-03, has passed"),
    ],
)
def test_an_expedite_that_gains_nothing_is_rejected_with_its_reason(offer: ExpediteQuote, reason: str) -> None:
    books = _books()

    idea = expedite_idea(_desk(books), net(books, ScanRules()), offer)

    assert isinstance(idea, RejectedIdea)
    assert idea.reason == reason


def test_an_expedite_takes_the_whole_line_for_its_fee() -> None:
    books = _books()

    idea = expedite_idea(_desk(books), net(books, ScanRules()), expedite("PO-1", 5, "120"))

    assert not isinstance(idea, RejectedIdea)
    assert lot(idea.reach, 3) == 25
    assert cost(idea, 3) == cost(idea, 25) == Decimal("120.00")
