"""Open cases as one problem: what a customer takes whole, what ships in parts, what other items and prices do."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.ids import ItemCode, SupplierCode
from core.domain.parties import PriceBreak
from core.domain.plans import Buy, SplitLine, Substitute
from core.planning.choosing.choose import choose
from core.planning.choosing.verifying import verify
from core.planning.netting import net
from core.planning.repair.chosen import Together
from core.planning.repair.policy import DEFAULT_POLICY
from core.planning.repair.posing import posed
from core.planning.repair.terms import CaseTerms
from core.planning.repair.together import Ask, CaseOnDesk, changed, plan_cases, posed_case
from core.planning.rules import ScanRules
from core.planning.snapshot import PRICE_SCALE, Snapshot
from tests.core.planning.books import book
from tests.core.planning.oracles.cheapest_mix import cheapest_mix
from tests.core.planning.repair.cases import quote
from tests.core.planning.repair.posed_cases import FREE, on_desk, with_alternates

BREAK = PriceBreak(supplier=SupplierCode("S2"), item=ItemCode("A"), minimum=8, unit_price=Decimal("3.50"))


def late(*, units: int = 10, there: int = 4, other: int = 30, price: str = "50") -> Snapshot:
    """SO-1 wants units of A on day 4; some are there, the rest is due on day 9. B does the same work."""
    books = book(
        items=[("A", False, 0, 0, False, "3"), ("B", False, 0, 0, False, "4")],
        demand=[("SO-1", 1, "A", units, 4, "", 0, 0, 1, price, 100)],
        stock=[("A", there), ("B", other)],
        supply=[("PO", "PO-1", "A", units - there, 9, "", None, "S1")],
        sources=[("A", "S1", 9, "3"), ("A", "S2", 3, "3")],
    )
    return with_alternates(books, ("A", "B", 1_000_000))


def together(books: Snapshot, desk: CaseOnDesk) -> Together:
    result = net(books, ScanRules())
    made = plan_cases(books, result, [desk])
    assert all(changed(books, result, one.actions) == one.changes for case in made.cases for one in case.proposed)
    return made


def terms(**may: bool) -> CaseTerms:
    refused = replace(FREE, splittable=False, substitutable=False, movable=False)
    return CaseTerms(lines={("SO-1", 1): replace(refused, **may)})


def test_what_is_there_ships_now_where_the_customer_takes_parts() -> None:
    made = together(late(price="500"), on_desk(late(price="500"), terms=terms(splittable=True)))

    [action] = made.actions
    assert isinstance(action, SplitLine)
    assert (action.now_quantity, action.rest_quantity) == (4, 6)
    assert (made.cases[0].lacking, made.cases[0].covered) == (6, 0)


def test_another_item_is_sent_to_a_customer_who_agreed() -> None:
    made = together(late(), on_desk(late(), terms=terms(splittable=True, substitutable=True)))

    [action] = made.actions
    assert isinstance(action, Substitute)
    assert (action.alternate, action.new_quantity, made.cases[0].covered) == ("B", 10, 6)
    ways = {one.said: one.marginal for one in made.cases[0].ideas}
    assert ways["ship 4 of SO-1/1 now and the rest later"] > 0


def test_a_line_that_must_be_whole_is_not_covered_in_parts() -> None:
    some = quote("S2", 2, "3", available=4)
    desk = on_desk(late(), quotes=(some,), terms=terms(movable=True))
    assert together(late(), desk).cases[0].covered == 0

    enough = quote("S2", 2, "3", available=6)
    desk = on_desk(late(), quotes=(enough,), terms=terms(movable=True))
    assert together(late(), desk).cases[0].covered == 6


def test_a_line_that_must_be_whole_is_covered_by_two_offers_that_come_in_time() -> None:
    some, rest, late_rest = (quote(name, lead, "3", available=4) for name, lead in (("S2", 2), ("S1", 3), ("S1", 7)))

    both = together(late(), on_desk(late(), quotes=(some, rest), terms=terms(movable=True)))
    one = together(late(), on_desk(late(), quotes=(some, late_rest), terms=terms(movable=True)))

    assert sorted(action.quantity for action in both.actions if isinstance(action, Buy)) == [2, 4]
    assert (both.cases[0].lacking, both.cases[0].covered) == (6, 6)
    assert one.actions == ()
    assert one.cases[0].proposed == ()


@pytest.mark.parametrize(("budget", "bought"), [("3.99", []), ("4", [8]), ("17.99", [8])])
def test_a_budget_counts_the_price_of_the_quantity_bought(budget: str, bought: list[int]) -> None:
    known = CaseTerms(breaks={("S2", "A"): (BREAK,)})
    desk = on_desk(late(), quotes=(quote("S2", 2, "6", multiple=2),), terms=known)

    made = plan_cases(late(), net(late(), ScanRules()), [desk], Ask(budget=Decimal(budget)))

    assert [action.quantity for action in made.actions if isinstance(action, Buy)] == bought


def test_a_price_agreed_for_more_units_makes_it_cheaper_to_buy_more() -> None:
    offer = quote("S2", 2, "6", multiple=2)
    known = CaseTerms(breaks={("S2", "A"): (BREAK,)})

    [dear] = together(late(), on_desk(late(), quotes=(offer,))).actions
    [cheap] = together(late(), on_desk(late(), quotes=(offer,), terms=known)).actions

    assert isinstance(dear, Buy)
    assert isinstance(cheap, Buy)
    assert (dear.quantity, dear.unit_price, dear.cost) == (6, Decimal("6"), Decimal("18.00"))
    assert (cheap.quantity, cheap.unit_price, cheap.cost) == (8, Decimal("3.50"), Decimal("5.75"))


@given(
    units=st.integers(2, 3),
    there=st.integers(0, 3),
    other=st.sampled_from([0, 9]),
    price=st.sampled_from(["3", "5", "9", "80"]),
    lot=st.tuples(st.integers(1, 3), st.integers(1, 2), st.integers(1, 6)),
    minimum=st.integers(2, 12),
    may=st.tuples(st.booleans(), st.booleans()),
    budget=st.sampled_from([None, *map(Decimal, ("0", "1", "2.99", "4", "8", "20"))]),
)
@settings(max_examples=40)
def test_the_choice_costs_what_the_cheapest_of_all_mixes_costs(
    units: int,
    there: int,
    other: int,
    price: str,
    lot: tuple[int, int, int],
    minimum: int,
    may: tuple[bool, bool],
    budget: Decimal | None,
) -> None:
    books = late(units=units, there=min(there, units - 1), other=other)
    offers = (quote("S2", 2, price, minimum=lot[0], multiple=lot[1], available=lot[2]), quote("S1", 6, "4"))
    known = replace(
        terms(splittable=may[0], substitutable=may[1]), breaks={("S2", "A"): (replace(BREAK, minimum=minimum),)}
    )
    # One holding stands for all prices of an offer: exact where there is one price, or holding is free.
    policy = DEFAULT_POLICY if minimum > lot[2] else replace(DEFAULT_POLICY, excess_percent=0)
    desk = on_desk(books, quotes=offers, terms=known)
    case = posed_case(books, net(books, ScanRules()), desk, policy=policy)

    choice = posed([case], policy, budget=budget)
    plan = choose(choice)

    assert verify(choice, plan) == ()
    best = cheapest_mix(case, choice.shortages, ["C1"] * len(choice.shortages), budget=budget)
    assert Decimal(plan.total) / PRICE_SCALE == pytest.approx(best)
