"""Each building block comes up where it helps, with its exact cost and effect, and says why where it cannot."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy as np
import pytest

from core.domain.cases import Case, DetectedCase, ExceptionType
from core.domain.evidence import CaseEvidence
from core.domain.ids import ItemCode
from core.domain.options import Option
from core.domain.plans import (
    AcceptPrice,
    AskCredit,
    CancelPurchase,
    CancelWork,
    Make,
    NegotiatePrice,
    Reallocate,
    ReleaseHold,
    ReschedulePurchase,
    RescheduleWork,
    ShipFrom,
    SplitLine,
    SplitPurchase,
    Substitute,
    TopUp,
    UseSafetyStock,
)
from core.domain.quotes import Quote
from core.planning.donors import stock_elsewhere
from core.planning.netting import net
from core.planning.repair import CasePlan, plan_case
from core.planning.repair.terms import NO_TERMS, AskedPrice, CaseTerms, LineTerms, OpenHold
from core.planning.rules import Policy, ScanRules
from core.planning.snapshot import NEVER, ItemAlternates, Snapshot
from tests.core.planning.books import book
from tests.core.planning.repair.cases import case_of, day, first_case, quote

FREE = LineTerms(splittable=True, substitutable=True, movable=True, may_lose=True)


def planned(
    books: Snapshot,
    terms: CaseTerms = NO_TERMS,
    *,
    case: Case | None = None,
    quotes: tuple[Quote, ...] = (),
    rules: ScanRules | None = None,
) -> CasePlan:
    result = net(books, rules or ScanRules())
    case = case or first_case(books, rules)
    evidence = CaseEvidence(stock=stock_elsewhere(books, result, case), quotes=quotes)
    return plan_case(books, result, case, evidence, terms=terms)


def with_code(plan: CasePlan, code: str) -> Option:
    return next(one for one in plan.options if any(action.resolution == code for action in one.actions))


def reasons(plan: CasePlan, code: str) -> list[str]:
    return [one.reason for one in plan.rejected if one.resolution == code]


def pumps(*, issued: bool = False, start: int = 8) -> Snapshot:
    return book(
        items=[("C",), ("P", True, 3, 0, True, "40")],
        demand=[("SO-1", 1, "P", 10, 6, "", 0, 0, 1, "100", 100)],
        stock=[("C", 50)],
        bom=[("P", "C")],
        supply=[("WO", "WO-1", "P", 10, 3 + start, "", start, "", issued)],
    )


def test_r10_makes_what_nobody_ordered_in_good_time() -> None:
    books = replace(pumps(), supply=book(items=[("C",)]).supply)

    option = with_code(planned(books), "R10")

    [make] = option.actions
    assert isinstance(make, Make)
    assert (make.quantity, make.start, make.finish) == (10, day(0), day(3))
    assert (make.value, make.cost, option.total_cost) == (Decimal("400.00"), Decimal(0), Decimal(0))
    assert (option.lines_recovered, option.exposure_after) == (1, Decimal("0.00"))
    assert option.undo == "cancel work order WO-17.1A-1 before its components are issued"


def test_r10_says_which_component_has_no_supply() -> None:
    books = book(
        items=[("C",), ("P", True, 3, 0, True, "40")],
        demand=[("SO-1", 1, "P", 10, 6, "", 0, 0, 1, "100", 100)],
        bom=[("P", "C")],
    )
    case = case_of(replace(first_case(books).detected, item=ItemCode("P"), lacking=10))

    assert reasons(planned(books, case=case), "R10") == ["its component C has no supply that anybody could order"]


def test_r13_brings_a_work_order_forward_that_has_not_begun() -> None:
    plan = planned(pumps())

    option = with_code(plan, "R13")
    [moved] = option.actions
    assert isinstance(moved, RescheduleWork)
    assert (moved.old_start, moved.old_due) == (day(8), day(11))
    assert (moved.new_start, moved.new_due) == (day(0), day(3))
    assert (option.total_cost, option.lines_recovered) == (Decimal(0), 1)


def test_r13_and_r16_leave_alone_what_has_begun() -> None:
    plan = planned(pumps(issued=True))

    assert reasons(plan, "R13") == ["it has begun: its components have left stock already"]
    assert reasons(plan, "R16") == ["its components have left stock already"]


def test_r16_makes_more_on_an_order_that_comes_in_time() -> None:
    books = book(
        items=[("C",), ("P", True, 3, 0, True, "40")],
        demand=[("SO-1", 1, "P", 10, 8, "", 0, 0, 1, "100", 100)],
        stock=[("C", 50)],
        bom=[("P", "C")],
        supply=[("WO", "WO-1", "P", 4, 5, "", 2)],
    )

    option = with_code(planned(books), "R16")

    [more] = option.actions
    assert isinstance(more, TopUp)
    assert (more.quantity, more.old_open, more.value, more.cost) == (6, 4, Decimal("240.00"), Decimal(0))
    assert option.exposure_after == Decimal("0.00")


def test_r06_uses_safety_stock_that_supply_repays() -> None:
    books = book(
        items=[("A", False, 9, 20, False, "3")],
        locations=[("MAIN", "X"), ("RENO", "Y")],
        demand=[("SO-1", 1, "A", 10, 4, "", 0, 0, 1, "50", 100)],
        stock=[("A", 20, "RENO")],
        supply=[("PO", "PO-1", "A", 15, 6, "RENO", None, "S1")],
        lanes=[("RENO", "MAIN", 2, "30", "0.5")],
        sources=[("A", "S1", 9, "3")],
    )

    option = with_code(planned(books), "R06")

    [used] = option.actions
    assert isinstance(used, UseSafetyStock)
    assert (used.quantity, used.repaid_on, option.total_cost) == (10, day(6), Decimal("35.00"))
    assert option.lines_recovered == 1


def test_r09_takes_units_off_the_order_that_comes_too_late() -> None:
    books = book(
        items=[("A", False, 9, 0, False, "3")],
        demand=[("SO-1", 1, "A", 10, 4, "", 0, 0, 1, "50", 100)],
        supply=[("PO", "PO-1", "A", 40, 12, "", None, "S1")],
        sources=[("A", "S1", 12, "3"), ("A", "S2", 3, "3.5")],
    )

    option = with_code(planned(books, quotes=(quote("S2", 3, "3.50"),)), "R09")

    [split] = option.actions
    assert isinstance(split, SplitPurchase)
    assert (split.quantity, split.taken, split.from_order, split.from_open) == (10, 10, "PO-1", 40)
    assert (option.total_cost, option.lines_recovered) == (Decimal("0.50"), 1)


def stock_for_two(strategy: LineTerms) -> CasePlan:
    books = book(
        items=[("A",)],
        demand=[
            ("SO-1", 1, "A", 10, 6, "", 0, 1, 1, "90", 200),
            ("SO-2", 1, "A", 10, 3, "", 0, 0, 5, "10", 10),
        ],
        stock=[("A", 10)],
    )
    terms = CaseTerms(lines={("SO-2", 1): strategy})
    return planned(books, terms, rules=ScanRules(policy=Policy.FIRST_COME))


def test_r01_holds_stock_for_the_line_that_matters_more() -> None:
    plan = stock_for_two(FREE)

    option = with_code(plan, "R01")
    [held] = option.actions
    assert isinstance(held, Reallocate)
    assert (held.quantity, held.from_order, held.to_order) == (10, "SO-2", "SO-1")
    assert (option.total_cost, option.lines_recovered, option.lines_hurt) == (Decimal(0), 1, 1)


def test_r01_respects_the_strategy_of_the_line_that_would_give() -> None:
    plan = stock_for_two(replace(FREE, may_lose=False))

    assert reasons(plan, "R01") == ["SO-2/1: its strategy keeps what it has"]


def two_places() -> Snapshot:
    return book(
        items=[("A", False, 0, 0, False, "3"), ("B", False, 0, 0, False, "4")],
        locations=[("MAIN", "X"), ("RENO", "Y")],
        demand=[("SO-1", 1, "A", 10, 4, "", 0, 0, 1, "50", 100)],
        stock=[("A", 4, "MAIN"), ("A", 12, "RENO"), ("B", 30, "MAIN")],
        supply=[("PO", "PO-1", "A", 6, 9, "MAIN", None, "S1")],
        sources=[("A", "S1", 9, "3")],
    )


def test_r03_ships_the_whole_line_from_a_place_that_has_it() -> None:
    option = with_code(planned(two_places(), CaseTerms(lines={("SO-1", 1): FREE})), "R03")

    [moved] = option.actions
    assert isinstance(moved, ShipFrom)
    assert (moved.old, moved.new, option.total_cost) == ("MAIN", "RENO", Decimal("35.00"))
    assert (option.lines_recovered, option.exposure_after) == (1, Decimal("0.00"))


def test_r05_ships_what_is_there_to_a_customer_who_takes_parts() -> None:
    terms = CaseTerms(lines={("SO-1", 1): replace(FREE, movable=False, substitutable=False)})

    option = with_code(planned(two_places(), terms), "R05")

    [split] = option.actions
    assert isinstance(split, SplitLine)
    assert (split.now_quantity, split.now_on, split.rest_quantity, split.new) == (4, day(4), 6, day(9))
    assert option.total_cost == Decimal("35.00")
    refused = planned(two_places(), CaseTerms(lines={("SO-1", 1): replace(FREE, splittable=False)}))
    assert reasons(refused, "R05") == ["the customer of SO-1/1 takes no part of 4"]


def test_r04_sends_an_alternate_the_customer_agreed_to_at_the_same_price_in_all() -> None:
    one, two = np.array([0], dtype=np.int32), np.array([1], dtype=np.int32)
    alternates = ItemAlternates(
        item=one,
        alternate=two,
        component=np.array([False]),
        ratio=np.array([2_000_000]),
        priority=two,
        valid_from=one,
        valid_to=np.array([NEVER], dtype=np.int32),
        approval=np.array([True]),
    )
    books = replace(two_places(), alternates=alternates)

    option = with_code(planned(books, CaseTerms(lines={("SO-1", 1): FREE})), "R04")

    [other] = option.actions
    assert isinstance(other, Substitute)
    assert (other.alternate, other.new_quantity, other.new_price) == ("B", 20, Decimal("25.0000"))
    assert (option.total_cost, option.tier, option.lines_recovered) == (Decimal("50.00"), 4, 1)


def named(kind: ExceptionType, root: str, *, exposure: str = "400.00", item: str = "") -> Case:
    return case_of(
        DetectedCase(
            type=kind,
            root=root,
            cause="seen",
            title="Something is wrong",
            item=ItemCode(item),
            location="MAIN" if item else "",
            lacking=0,
            needed_by=day(5),
            exposure=Decimal(exposure),
            best_tier=1,
            impacts=(),
            fixes=(),
        )
    )


def surplus() -> Snapshot:
    return book(
        items=[("A", False, 0, 0, False, "3"), ("P", True, 3, 0, False, "9")],
        supply=[("PO", "PO-1", "A", 100, 6, "", None, "S1"), ("WO", "WO-1", "P", 10, 8, "", 5)],
        sources=[("A", "S1", 9, "3")],
    )


def test_r25_and_r13_cancel_or_defer_a_purchase_nobody_needs() -> None:
    case = named(ExceptionType.ORPHAN_SUPPLY, "purchase order PO-1/1", item="A")

    plan = planned(surplus(), case=case)

    cancel, defer = with_code(plan, "R25").actions[0], with_code(plan, "R13").actions[0]
    assert isinstance(cancel, CancelPurchase)
    assert isinstance(defer, ReschedulePurchase)
    assert (cancel.quantity, cancel.fee) == (100, Decimal("30.00"))
    assert (defer.old_due, defer.new_due) == (day(6), day(34))
    assert "cannot be undone" in with_code(plan, "R25").undo


def test_r25_cancels_a_work_order_that_has_not_begun() -> None:
    plan = planned(surplus(), case=named(ExceptionType.ORPHAN_SUPPLY, "work order WO-1", item="P"))

    cancel = with_code(plan, "R25").actions[0]
    assert isinstance(cancel, CancelWork)
    assert (cancel.work_order, cancel.quantity, with_code(plan, "R25").total_cost) == ("WO-1", 10, Decimal(0))


@pytest.mark.parametrize(
    ("kind", "code", "role", "due"),
    [
        (ExceptionType.QUALITY_HOLD, "R17", "quality", day(2)),
        (ExceptionType.MASTER_DATA_GAP, "R21", "customer_service", day(2)),
        (ExceptionType.OVERSELL, "R22", "planner", day(2)),
        (ExceptionType.CREDIT_HOLD, "R26", "finance", day(2)),
        (ExceptionType.RETURN_PENDING, "R27", "quality", day(2)),
        (ExceptionType.MARGIN_FLOOR, "R20", "buyer", day(2)),
        (ExceptionType.CUSTOMER_CHANGE, "R23", "customer_service", day(2)),
    ],
)
def test_what_only_a_person_can_answer_is_asked_of_the_role_by_a_day(
    kind: ExceptionType, code: str, role: str, due: date
) -> None:
    plan = planned(surplus(), case=named(kind, "order SO-9"))

    option = with_code(plan, code)
    [asked] = option.actions
    assert isinstance(asked, AskCredit | NegotiatePrice) or hasattr(asked, "role")
    assert (asked.role.value, asked.due, asked.about) == (role, due, "order SO-9")  # type: ignore[union-attr]
    assert asked.subject.endswith("17.1A")  # type: ignore[union-attr]
    assert (option.total_cost, option.changes) == (Decimal(0), ())
    assert option.objective < plan.options[-1].objective


def test_r20_accepts_a_price_inside_the_band_and_leaves_another_to_the_buyer() -> None:
    case = named(ExceptionType.SUPPLIER_PRICE_CHANGE, "purchase order PO-1/1", item="A")
    asked = AskedPrice(order="PO-1", line=1, quantity=100, old=Decimal(3), new=Decimal("3.05"), within=True)

    inside = planned(surplus(), CaseTerms(prices=(asked,)), case=case)
    outside = planned(surplus(), CaseTerms(prices=(replace(asked, within=False),)), case=case)

    accept = next(a for o in inside.options for a in o.actions if isinstance(a, AcceptPrice))
    assert (accept.charge, accept.commits) == (Decimal("5.00"), Decimal("5.00"))
    assert reasons(outside, "R20") == ["the price is outside the band that may be accepted without talking"]
    assert any(isinstance(a, NegotiatePrice) for o in outside.options for a in o.actions)


def test_r24_releases_the_hold_the_case_is_about() -> None:
    hold = OpenHold(number="H-7", order="SO-9", kind="credit", why="limit reached")  # type: ignore[arg-type]
    plan = planned(surplus(), CaseTerms(holds=(hold,)), case=named(ExceptionType.MISSED_CUT_OFF, "order line SO-9/1"))

    [release] = with_code(plan, "R24").actions
    assert isinstance(release, ReleaseHold)
    assert (release.hold, release.order, release.what) == ("H-7", "SO-9", "credit")
