"""Crafting: an option as somebody wants it has the figures the planner would give it, or reasons why it cannot be."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings

from core.domain.cases import Case
from core.domain.crafting import BuyFrom, Changes, Compose, EditOption, MoveStock, PromiseFor, PullIn, TheseActions
from core.domain.evidence import CaseEvidence
from core.domain.ids import LocationCode, OptionId, OrderNo, PurchaseOrderNo, SupplierCode
from core.domain.options import Option
from core.domain.plans import Buy, RePromise, Transfer, Wait, cost_of, plan_of
from core.planning.detection import detect
from core.planning.donors import stock_elsewhere
from core.planning.netting import net
from core.planning.outcome import NetResult
from core.planning.repair import DEFAULT_POLICY, CasePlan, plan_case
from core.planning.repair.composition import UnfitError, Workbench, workbench
from core.planning.repair.crafting import Round, craft
from core.planning.repair.terms import NO_TERMS
from core.planning.robustness.drawing import Chances
from core.planning.rules import ScanRules
from core.planning.snapshot import Snapshot
from tests.core.planning.books import book
from tests.core.planning.repair.cases import case_of, day, expedite, quote
from tests.core.planning.repair.drawn import (
    LINES,
    OFFERS,
    STOCK,
    SUPPLY,
    Lines,
    Offers,
    Supply,
    drawn_books,
    drawn_evidence,
)


def bench_of(books: Snapshot, result: NetResult, case: Case, evidence: CaseEvidence) -> Workbench:
    return workbench(books, result, case, evidence, policy=DEFAULT_POLICY, terms=NO_TERMS)


def beside(plan: CasePlan) -> Round:
    return Round(options=plan.options, chances=Chances())


def figures(option: Option) -> Option:
    """The option without its name and the numbers of what it makes, by which its scenarios are drawn, too."""
    plan = plan_of(case=option.case, option=OptionId(""), actions=(), currency=option.plan.currency)
    return replace(option, id=OptionId(""), letter="", plan=plan, undo="", odds=None)


@settings(max_examples=40, deadline=None)
@given(lines=LINES, supply=SUPPLY, offers=OFFERS, stock=STOCK)
def test_the_planners_own_actions_crafted_have_the_planners_figures(
    lines: Lines, supply: Supply, offers: Offers, stock: tuple[int, int, int]
) -> None:
    books = drawn_books(lines, supply, stock)
    result = net(books, ScanRules())

    for detected in detect(books, result)[:2]:
        case = case_of(detected)
        evidence = drawn_evidence(books, result, case, offers)
        plan = plan_case(books, result, case, evidence)
        bench = bench_of(books, result, case, evidence)
        for option in plan.options:
            again = craft(bench, TheseActions(actions=option.actions), beside(plan))
            assert figures(again) == figures(option)
            assert [cost_of(action) for action in again.actions] == [cost_of(action) for action in option.actions]


def small() -> tuple[CasePlan, Workbench]:
    """Twelve units lack: RENO has nine, S1 sells ten or more in lots of five, S2 comes late; an order is due day 9."""
    books = book(
        items=[("A", False, 20, 0, True, "8")],
        locations=[("MAIN", "X"), ("RENO", "Y")],
        demand=[("SO-1", 1, "A", 8, 3, "MAIN", 0, 1, 1, "20", 80), ("SO-2", 1, "A", 4, 5, "MAIN", 0, 2, 2, "20", 80)],
        stock=[("A", 9, "RENO")],
        supply=[("PO", "PO-1", "A", 12, 9, "MAIN", 0, "S1")],
        lanes=[("RENO", "MAIN", 2, "30", "0.5")],
        sources=[("A", "S1", 4, "8"), ("A", "S2", 9, "7")],
    )
    result = net(books, ScanRules())
    case = case_of(detect(books, result)[0])
    evidence = CaseEvidence(
        stock=stock_elsewhere(books, result, case),
        quotes=(quote("S1", 2, "9", minimum=10, multiple=5, available=50), quote("S2", 30, "7")),
        expedites=(expedite("PO-1", 4, "25", quantity=12),),
    )
    return plan_case(books, result, case, evidence), bench_of(books, result, case, evidence)


def wish(*wishes: MoveStock | BuyFrom | PullIn | PromiseFor) -> Compose:
    return Compose(wishes=wishes)


RENO, S1, S2 = LocationCode("RENO"), SupplierCode("S1"), SupplierCode("S2")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        (wish(), "nothing is wished for"),
        (wish(MoveStock(origin=RENO, quantity=10)), "10 units cannot be had; accepted are 1 to 9"),
        (wish(BuyFrom(supplier=S1, quantity=12)), "12 units cannot be had; accepted are 10 to 50 in lots of 5"),
        (wish(MoveStock(origin=LocationCode("GHENT"))), "no transfer from 'GHENT' is among the evidence"),
        (wish(BuyFrom(supplier=SupplierCode("S9"))), "possible are S1, S2"),
        (wish(PullIn(purchase_order=PurchaseOrderNo("PO-7"), line=1)), "possible are PO-1/1"),
        (wish(MoveStock(origin=RENO, quantity=4), MoveStock(origin=RENO, quantity=5)), "both take the same"),
        (wish(PromiseFor(order=OrderNo("SO-1"), line=1, day=day(4))), "SO-1/1 cannot be promised for"),
        (wish(PromiseFor(order=OrderNo("SO-1"), line=1, day=day(3))), "is promised for 2024-10-07 already"),
        (wish(PromiseFor(order=OrderNo("SO-9"), line=1, day=day(9))), "SO-9/1 is not one that CASE-17 hurts"),
        (TheseActions(actions=()), "a way out has at least one action"),
        (TheseActions(actions=(Wait(until=day(0)),)), "nothing can be left until"),
        (TheseActions(actions=(Wait(until=day(2)), Wait(until=day(3)))), "who waits does nothing else"),
        (EditOption(option=OptionId("CASE-17-1Z"), quantity=1), "'CASE-17-1Z' is no option of this planning round"),
    ],
)
def test_what_cannot_be_is_refused_with_the_reason(changes: Changes, reason: str) -> None:
    plan, bench = small()

    with pytest.raises(UnfitError) as caught:
        craft(bench, changes, beside(plan))

    assert reason in str(caught.value)


def test_money_and_dates_of_an_action_are_the_cores_whatever_it_says() -> None:
    plan, bench = small()
    bought = craft(bench, wish(BuyFrom(supplier=S1)), beside(plan))
    (action,) = (one for one in bought.actions if isinstance(one, Buy))
    assert (action.quantity, action.unit_price, action.arrive_on) == (15, Decimal(9), day(2))

    cheaper = replace(action, unit_price=Decimal("0.01"), cost=Decimal(-100))
    again = craft(bench, TheseActions(actions=(cheaper,)), beside(plan))
    (known,) = (one for one in again.actions if isinstance(one, Buy))
    assert known == replace(action, reference=known.reference)
    sooner = replace(action, arrive_on=day(1))
    with pytest.raises(UnfitError, match="the books and the evidence kept allow no such thing"):
        craft(bench, TheseActions(actions=(sooner,)), beside(plan))


def edited(part: int | None = None, **changes: Any) -> Option:
    plan, bench = small()
    moved = craft(bench, wish(MoveStock(origin=RENO)), beside(plan))
    edit = EditOption(option=moved.id, part=part, **changes)
    return craft(bench, edit, Round(options=(*plan.options, moved), chances=Chances()))


def test_a_part_is_edited_and_the_rest_follows() -> None:
    fewer = edited(quantity=4)
    later = edited(day=day(3))
    other = edited(supplier=S2)

    (moved,) = (one for one in fewer.actions if isinstance(one, Transfer))
    assert (moved.quantity, moved.cost) == (4, Decimal("32.00"))
    (moved,) = (one for one in later.actions if isinstance(one, Transfer))
    assert (moved.ship_on, moved.arrive_on) == (day(1), day(3))
    assert [one.supplier for one in other.actions if isinstance(one, Buy)] == [S2]
    assert {fewer.letter, later.letter, other.letter} == {chr(ord(small()[0].options[-1].letter) + 2)}


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, "none is given"),
        ({"supplier": S1, "origin": RENO}, "from a supplier or from a location, not from both"),
        ({"day": day(1)}, "is the first day"),
        ({"part": 9, "quantity": 1}, "has no part 9; its parts are 1: transfer"),
        ({"quantity": 99}, "accepted are 1 to 9"),
    ],
)
def test_an_edit_that_cannot_be_is_refused(changes: dict[str, Any], reason: str) -> None:
    with pytest.raises(UnfitError) as caught:
        edited(**changes)

    assert reason in str(caught.value)


def test_waiting_is_edited_to_another_day() -> None:
    plan, bench = small()
    wait = plan.options[-1]

    longer = craft(bench, EditOption(option=wait.id, day=day(6)), beside(plan))

    assert (longer.actions, longer.objective, longer.deadline) == ((Wait(until=day(6)),), wait.objective, day(6))
    with pytest.raises(UnfitError, match="waiting has a date and nothing else"):
        craft(bench, EditOption(option=wait.id, quantity=3), beside(plan))


def test_a_date_asked_for_goes_before_the_planners() -> None:
    plan, bench = small()

    option = craft(bench, wish(PromiseFor(order=OrderNo("SO-2"), line=1, day=day(20))), beside(plan))

    assert [(one.order, one.new) for one in option.actions if isinstance(one, RePromise)] == [("SO-2", day(20))]


def test_letters_run_out() -> None:
    plan, bench = small()
    full = Round(options=(replace(plan.options[0], letter="Z"),), chances=Chances())

    with pytest.raises(UnfitError, match="has 26 options; plan the case again"):
        craft(bench, wish(MoveStock(origin=RENO)), full)
